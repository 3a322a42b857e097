// POSIX's Bessel functions.
// test: grad f(x ~ 1.5)
// test: grad f(x ~ 7.25)

#define _XOPEN_SOURCE 700

#include <adgen.h>
#include <math.h>

ADGEN_GRAD(x)
double f(double x)
{
    return j0(x) + 2 * j1(x) + 3 * jn(3, x) + 4 * y0(x) + 5 * y1(x) + 6 * yn(2, x);
}
