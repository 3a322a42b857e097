// Inverse hyperbolic functions in double.
// test: vjp f(x[3] ~ 0.5 1.5 0.5, y[3] > 0 0 0)
// test: vjp f(x[3] ~ -2 4 -0.25, y[3] > 0 0 0)

#include <adgen.h>
#include <math.h>

ADGEN_VJP(x)
void f(const double *x, double *y)
{
    y[0] = asinh(x[0]);
    y[1] = acosh(x[1]);
    y[2] = atanh(x[2]);
}
