// Sine, cosine, tangent in float.
// test: vjp f(x[3] ~ 0.5 0.5 0.5, y[3] > 0 0 0)
// test: vjp f(x[3] ~ -2.5 2.5 -2, y[3] > 0 0 0)

#include <adgen.h>
#include <math.h>

ADGEN_VJP(x)
void f(const float *x, float *y)
{
    y[0] = sinf(x[0]);
    y[1] = cosf(x[1]);
    y[2] = tanf(x[2]);
}
