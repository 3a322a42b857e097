// Logarithms in double.
// test: vjp f(x[4] ~ 0.5 0.5 0.01 0.5, y[4] > 0 0 0 0)
// test: vjp f(x[4] ~ 30 30 3 30, y[4] > 0 0 0 0)

#include <adgen.h>
#include <math.h>

ADGEN_VJP(x)
void f(const double *x, double *y)
{
    y[0] = log(x[0]);
    y[1] = log10(x[1]);
    y[2] = log1p(x[2]);
    y[3] = log2(x[3]);
}
