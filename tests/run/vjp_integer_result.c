// A function that returns an int: no ret_bar.
// test: vjp f(x ~ 1.5, y[1] > 0)
// expect: x += 2 * x * y_bar[0]

#include <adgen.h>

ADGEN_VJP(x)
int f(double x, double *y)
{
    *y = x * x;
    return x > 1;
}
