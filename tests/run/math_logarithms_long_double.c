// Logarithms in long double.
// test: vjp f(x[4] ~ 0.5 0.5 0.01 0.5, y[4] > 0 0 0 0)
// test: vjp f(x[4] ~ 30 30 3 30, y[4] > 0 0 0 0)

#include <adgen.h>
#include <math.h>

ADGEN_VJP(x)
void f(const long double *x, long double *y)
{
    y[0] = logl(x[0]);
    y[1] = log10l(x[1]);
    y[2] = log1pl(x[2]);
    y[3] = log2l(x[3]);
}
