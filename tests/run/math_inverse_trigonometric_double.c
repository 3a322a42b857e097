// Inverse trigonometric functions in double.
// test: vjp f(x[3] ~ 0.25 0.25 0.25, y[3] > 0 0 0)
// test: vjp f(x[3] ~ -0.5 -0.5 -3, y[3] > 0 0 0)

#include <adgen.h>
#include <math.h>

ADGEN_VJP(x)
void f(const double *x, double *y)
{
    y[0] = asin(x[0]);
    y[1] = acos(x[1]);
    y[2] = atan(x[2]);
}
