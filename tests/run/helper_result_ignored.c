// Calls whose result is thrown away, but not their effect.
// test: grad f(x ~ 0.5)

#include <adgen.h>

static double scale(double *p, double by)
{
    *p *= by;
    return *p;
}

ADGEN_GRAD(x)
double f(double x)
{
    double y = x;
    scale(&y, x);
    (void)scale(&y, 3);
    return y * x;
}
