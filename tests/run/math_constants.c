// M_PI, INFINITY, NAN and the limits as constants.
// test: grad f(x ~ 1.5)

#define _XOPEN_SOURCE 700

#include <adgen.h>
#include <float.h>
#include <math.h>

ADGEN_GRAD(x)
double f(double x)
{
    double best = -INFINITY;
    if (x > best && x < HUGE_VAL && x < DBL_MAX)
        best = x;
    return M_PI * best * best + DBL_EPSILON * x + (x > FLT_MAX ? NAN : M_SQRT2 * x);
}
