// ADGEN_PASSIVE on a function: its result is a constant.
// test: grad f(x ~ 1.5)
// expect: x += x * x + 1
// no-dual: dual numbers can't see the annotation
// no-fd: the derivative is not that of the function

#include <adgen.h>

ADGEN_PASSIVE
static double scale_of(double x)
{
    return x * x + 1;
}

ADGEN_GRAD(x)
double f(double x)
{
    return scale_of(x) * x;
}
