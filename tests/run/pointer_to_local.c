// A local scalar changed through its address.
// test: grad f(x ~ 0.5, y ~ 2)

#include <adgen.h>

ADGEN_GRAD(x, y)
double f(double x, double y)
{
    double a = x;
    double *p = &a;
    *p += y;
    *p *= *p;
    const double b = a * x;
    *p = 3;
    return b + a * y;
}
