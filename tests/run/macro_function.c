// Function-like macros, one of which evaluates its argument twice.
// test: grad f(x ~ 0.5, y ~ 2)

#include <adgen.h>

#define SQUARE(a) ((a) * (a))
#define MIX(a, b, t) ((a) + ((b) - (a)) * (t))

ADGEN_GRAD(x, y)
double f(double x, double y)
{
    return SQUARE(x + y) + MIX(x, SQUARE(y), 0.25);
}
