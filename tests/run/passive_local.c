// ADGEN_PASSIVE on a local variable stops differentiation there.
// test: grad f(x ~ 1.5)
// expect: x += x * x
// no-dual: dual numbers can't see the annotation
// no-fd: the derivative is not that of the function

#include <adgen.h>

ADGEN_GRAD(x)
double f(double x)
{
    ADGEN_PASSIVE double frozen = x * x;
    return frozen * x;
}
