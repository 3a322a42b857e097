// A variable that is not differentiated counts as the constant.
// test: grad f(x ~ 1, y = 1)
// expect: x += 0
// no-dual: dual numbers can't tell a passive variable from an active one
// no-fd: a kink

#include <adgen.h>
#include <math.h>

ADGEN_GRAD(x)
double f(double x, double y)
{
    return fmax(x, y) + fmin(y, x);
}
