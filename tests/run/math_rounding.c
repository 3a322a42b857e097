// floor, ceil, trunc, round, rint and nearbyint are flat.
// test: grad f(x ~ 2.75)
// expect: x += 2 + 3 + 2 + 3 + 3 + 3

#include <adgen.h>
#include <math.h>

ADGEN_GRAD(x)
double f(double x)
{
    return (floor(x) + ceil(x) + trunc(x) + round(x) + rint(x) + nearbyint(x)) * x;
}
