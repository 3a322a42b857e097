// Calls as arguments of calls.
// test: grad f(x ~ 0.5, y ~ 2)

#include <adgen.h>

static double add(double a, double b)
{
    return a + b;
}

static double mul(double a, double b)
{
    return a * b;
}

ADGEN_GRAD(x, y)
double f(double x, double y)
{
    return add(mul(add(x, y), mul(x, x)), mul(y, add(x, mul(x, y))));
}
