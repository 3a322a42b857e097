// An output set to a constant: its bar becomes zero.
// test: vjp f(x ~ 2, y[2] > 5 5)
// expect: x += 0
// expect: y[i] = 0

#include <adgen.h>

ADGEN_VJP(x)
void f(double x, double *y)
{
    y[0] = 1;
    y[1] = x > 1 ? 2 : 3;
}
