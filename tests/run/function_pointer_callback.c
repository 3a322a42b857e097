// A callback parameter with a bound target.
// test: grad f(x ~ 0.5)

#include <adgen.h>

static double apply(double (*g)(double, double), double x, double y)
{
    return g(x, y) + g(y, x);
}

static double product(double x, double y)
{
    return x * x * y;
}

static double quotient(double x, double y)
{
    return x / y;
}

ADGEN_GRAD(x)
double f(double x)
{
    return apply(product, x, 2) * apply(&quotient, x, x + 1);
}
