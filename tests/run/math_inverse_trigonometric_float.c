// Inverse trigonometric functions in float.
// test: vjp f(x[3] ~ 0.25 0.25 0.25, y[3] > 0 0 0)
// test: vjp f(x[3] ~ -0.5 -0.5 -3, y[3] > 0 0 0)

#include <adgen.h>
#include <math.h>

ADGEN_VJP(x)
void f(const float *x, float *y)
{
    y[0] = asinf(x[0]);
    y[1] = acosf(x[1]);
    y[2] = atanf(x[2]);
}
