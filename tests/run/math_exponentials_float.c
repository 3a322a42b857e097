// Exponentials in float.
// test: vjp f(x[3] ~ 0.5 0.5 0.01, y[3] > 0 0 0)
// test: vjp f(x[3] ~ -3 -3 -3, y[3] > 0 0 0)

#include <adgen.h>
#include <math.h>

ADGEN_VJP(x)
void f(const float *x, float *y)
{
    y[0] = expf(x[0]);
    y[1] = exp2f(x[1]);
    y[2] = expm1f(x[2]);
}
