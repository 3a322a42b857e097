// Error functions in long double.
// test: vjp f(x[2] ~ 0.25 0.25, y[2] > 0 0)
// test: vjp f(x[2] ~ -1.5 1.5, y[2] > 0 0)

#include <adgen.h>
#include <math.h>

ADGEN_VJP(x)
void f(const long double *x, long double *y)
{
    y[0] = erfl(x[0]);
    y[1] = erfcl(x[1]);
}
