// Logarithms in float.
// test: vjp f(x[4] ~ 0.5 0.5 0.01 0.5, y[4] > 0 0 0 0)
// test: vjp f(x[4] ~ 30 30 3 30, y[4] > 0 0 0 0)

#include <adgen.h>
#include <math.h>

ADGEN_VJP(x)
void f(const float *x, float *y)
{
    y[0] = logf(x[0]);
    y[1] = log10f(x[1]);
    y[2] = log1pf(x[2]);
    y[3] = log2f(x[3]);
}
