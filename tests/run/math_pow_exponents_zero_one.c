// pow with exponents 0, 1 and 2 at base 0.
// test: grad f(x ~ 0)
// expect: x += 1
// no-fd: the base is at the edge of the domain

#include <adgen.h>
#include <math.h>

ADGEN_GRAD(x)
double f(double x)
{
    return pow(x, 0) + pow(x, 1) + pow(x, 2);
}
