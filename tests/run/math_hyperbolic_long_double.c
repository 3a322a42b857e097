// Hyperbolic functions in long double.
// test: vjp f(x[3] ~ 0.5 0.5 0.5, y[3] > 0 0 0)
// test: vjp f(x[3] ~ -1 -1 -2, y[3] > 0 0 0)

#include <adgen.h>
#include <math.h>

ADGEN_VJP(x)
void f(const long double *x, long double *y)
{
    y[0] = sinhl(x[0]);
    y[1] = coshl(x[1]);
    y[2] = tanhl(x[2]);
}
