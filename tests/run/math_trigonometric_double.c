// Sine, cosine, tangent in double.
// test: vjp f(x[3] ~ 0.5 0.5 0.5, y[3] > 0 0 0)
// test: vjp f(x[3] ~ -2.5 2.5 -2, y[3] > 0 0 0)

#include <adgen.h>
#include <math.h>

ADGEN_VJP(x)
void f(const double *x, double *y)
{
    y[0] = sin(x[0]);
    y[1] = cos(x[1]);
    y[2] = tan(x[2]);
}
