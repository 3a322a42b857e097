// Error functions in double.
// test: vjp f(x[2] ~ 0.25 0.25, y[2] > 0 0)
// test: vjp f(x[2] ~ -1.5 1.5, y[2] > 0 0)

#include <adgen.h>
#include <math.h>

ADGEN_VJP(x)
void f(const double *x, double *y)
{
    y[0] = erf(x[0]);
    y[1] = erfc(x[1]);
}
