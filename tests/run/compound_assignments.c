// += -= *= /= on a scalar.
// test: grad f(x ~ 1.5, y ~ 2)

#include <adgen.h>

ADGEN_GRAD(x, y)
double f(double x, double y)
{
    double r = x;
    r += y;
    r -= x * y;
    r *= x - 0.5;
    r /= y + r;
    return r;
}
