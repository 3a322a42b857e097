// ADGEN_PASSIVE on a parameter: an output without a bar.
// test: vjp f(x ~ 0.5, y[1] > 0.25, log[1] = 0)

#include <adgen.h>

ADGEN_VJP(x)
void f(double x, double *y, ADGEN_PASSIVE double *log)
{
    *y = x * x;
    *log = *y + 1;
}
