// return without a value from a function that writes an output.
// test: vjp f(x ~ 0.5, y[2] > 0.25 0.75)
// test: vjp f(x ~ -0.5, y[2] > 0.25 0.75)

#include <adgen.h>

ADGEN_VJP(x)
void f(double x, double *y)
{
    y[0] = x * x;
    if (x < 0)
        return;
    y[1] = y[0] * x;
}
