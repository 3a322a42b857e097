// Sine, cosine, tangent in long double.
// test: vjp f(x[3] ~ 0.5 0.5 0.5, y[3] > 0 0 0)
// test: vjp f(x[3] ~ -2.5 2.5 -2, y[3] > 0 0 0)

#include <adgen.h>
#include <math.h>

ADGEN_VJP(x)
void f(const long double *x, long double *y)
{
    y[0] = sinl(x[0]);
    y[1] = cosl(x[1]);
    y[2] = tanl(x[2]);
}
