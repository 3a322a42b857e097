// fabs'(0) = 0.
// test: grad f(x ~ 0)
// expect: x += 2
// no-fd: a kink

#include <adgen.h>
#include <math.h>

ADGEN_GRAD(x)
double f(double x)
{
    return fabs(x) + 2 * x;
}
