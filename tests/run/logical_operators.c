// && and || and ! over active comparisons.
// test: grad f(x ~ 0.25, y ~ 3)
// test: grad f(x ~ -0.25, y ~ 3)
// test: grad f(x ~ -0.25, y ~ -3)

#include <adgen.h>

ADGEN_GRAD(x, y)
double f(double x, double y)
{
    double r = x * y;
    if (x > 0 && y > 0)
        r *= x;
    if (x > 0 || !(y > 0))
        r += y * y;
    return r;
}
