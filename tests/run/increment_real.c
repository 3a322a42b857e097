// ++ and -- on reals, before and after, with their values used.
// test: grad f(x ~ 1.5, y ~ 0.5)

#include <adgen.h>

ADGEN_GRAD(x, y)
double f(double x, double y)
{
    const double a = x++ * y;
    const double b = ++x * y--;
    const double c = --y * x;
    return a * b + c * x * y;
}
