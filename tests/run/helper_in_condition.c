// A helper's result decides a branch and a loop.
// test: grad f(x ~ 0.5)

#include <adgen.h>

static int positive(double x)
{
    return x > 0;
}

static double residual(double x)
{
    return 4 - x * x;
}

ADGEN_GRAD(x)
double f(double x)
{
    double y = x;
    while (positive(residual(y)))
        y *= 1 + x;
    return positive(x) ? y * x : -y;
}
