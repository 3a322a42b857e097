// A static helper.
// test: grad f(x ~ 0.5, y ~ 2)

#include <adgen.h>

static double norm(double a, double b)
{
    return a * a + b * b;
}

ADGEN_GRAD(x, y)
double f(double x, double y)
{
    return norm(x, y) * norm(y, x * x);
}
