// Exponentials in double.
// test: vjp f(x[3] ~ 0.5 0.5 0.01, y[3] > 0 0 0)
// test: vjp f(x[3] ~ -3 -3 -3, y[3] > 0 0 0)

#include <adgen.h>
#include <math.h>

ADGEN_VJP(x)
void f(const double *x, double *y)
{
    y[0] = exp(x[0]);
    y[1] = exp2(x[1]);
    y[2] = expm1(x[2]);
}
