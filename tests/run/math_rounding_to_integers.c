// lrint, llrint, lround, llround, ilogb and logb are flat.
// test: grad f(x ~ 2.75)
// expect: x += 3 + 3 + 3 + 3 + 1 + 1

#include <adgen.h>
#include <math.h>

ADGEN_GRAD(x)
double f(double x)
{
    return (lrint(x) + llrint(x) + lround(x) + llround(x) + ilogb(x) + logb(x)) * x;
}
