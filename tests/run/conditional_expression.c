// ?: with both sides active.
// test: grad f(x ~ 1.5, y ~ 0.5)
// test: grad f(x ~ 0.5, y ~ 1.5)

#include <adgen.h>

ADGEN_GRAD(x, y)
double f(double x, double y)
{
    return (x > y ? x * y : y / x) + (x < 1.0 ? 2.0 : x);
}
