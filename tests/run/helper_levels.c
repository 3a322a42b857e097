// Helpers four levels deep.
// test: grad f(x ~ 0.5)

#include <adgen.h>

static double a(double x)
{
    return x * x + 0.5;
}

static inline double b(double x)
{
    return a(x) * a(x + 1);
}

static double c(double x, double y)
{
    return b(x) - a(y);
}

double d(double x)
{
    return c(x, c(x, 2 * x));
}

ADGEN_GRAD(x)
double f(double x)
{
    return d(x) * a(x);
}
