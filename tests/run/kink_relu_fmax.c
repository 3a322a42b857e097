// ReLU at 0 by fmax, the constant on either side.
// test: grad f(x ~ 0)
// expect: x += 0
// no-fd: a kink

#include <adgen.h>
#include <math.h>

ADGEN_GRAD(x)
double f(double x)
{
    return fmax(0, x) + fmax(x, 0) + fmax(0.0, x * 2);
}
