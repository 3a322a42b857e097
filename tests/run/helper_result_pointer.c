// A helper that returns two results through pointers.
// test: grad f(x ~ 0.5, y ~ 2)

#include <adgen.h>

static void polar(double x, double y, double *r2, double *ratio)
{
    *r2 = x * x + y * y;
    *ratio = y / x;
}

ADGEN_GRAD(x, y)
double f(double x, double y)
{
    double r, q;
    polar(x, y, &r, &q);
    polar(r, q, &q, &r);
    return r * q;
}
