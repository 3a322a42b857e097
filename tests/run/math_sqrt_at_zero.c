// sqrt'(0) is infinite.
// test: grad f(x ~ 0)
// expect: x += INFINITY
// no-fd: the edge of the domain

#include <adgen.h>
#include <math.h>

ADGEN_GRAD(x)
double f(double x)
{
    return sqrt(x);
}
