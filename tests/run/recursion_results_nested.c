// What a recursive call returns is an argument of the next, and used behind both.
// test: grad f(x ~ 0.75, w ~ 0.8, n = 4)
// test: grad f(x ~ -0.3, w ~ 1.2, n = 0)

#include <adgen.h>
#include <math.h>

static double nested(double x, double w, int n)
{
    if (n == 0)
        return sin(x);
    const double a = nested(x, w, n - 1);
    const double b = nested(a * w, w, n - 1);
    const double c = a > b ? nested(x * b, w, n - 2 > 0 ? n - 2 : 0) : b;
    return w * (a + b) + w * w * (c - 2 * b) + cos(a);
}

ADGEN_GRAD(x, w)
double f(double x, double w, int n)
{
    return nested(x, w, n);
}
