// Exponentials in long double.
// test: vjp f(x[3] ~ 0.5 0.5 0.01, y[3] > 0 0 0)
// test: vjp f(x[3] ~ -3 -3 -3, y[3] > 0 0 0)

#include <adgen.h>
#include <math.h>

ADGEN_VJP(x)
void f(const long double *x, long double *y)
{
    y[0] = expl(x[0]);
    y[1] = exp2l(x[1]);
    y[2] = expm1l(x[2]);
}
