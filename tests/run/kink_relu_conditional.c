// ReLU at 0, written with ?: and with if.
// test: grad f(x ~ 0)
// expect: x += 1
// no-fd: a kink

#include <adgen.h>

ADGEN_GRAD(x)
double f(double x)
{
    double y = 0;
    if (x > 0)
        y = x;
    return (x > 0 ? x : 0) + y + (x < 0 ? 0 : 1) * x;
}
