// Object-like macros.
// test: grad f(x ~ 0.5)

#include <adgen.h>

#define SCALE 2.5
#define OFFSET (SCALE - 1)

ADGEN_GRAD(x)
double f(double x)
{
    return SCALE * x * x + OFFSET * x;
}
