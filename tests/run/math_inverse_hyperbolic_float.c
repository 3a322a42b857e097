// Inverse hyperbolic functions in float.
// test: vjp f(x[3] ~ 0.5 1.5 0.5, y[3] > 0 0 0)
// test: vjp f(x[3] ~ -2 4 -0.25, y[3] > 0 0 0)

#include <adgen.h>
#include <math.h>

ADGEN_VJP(x)
void f(const float *x, float *y)
{
    y[0] = asinhf(x[0]);
    y[1] = acoshf(x[1]);
    y[2] = atanhf(x[2]);
}
