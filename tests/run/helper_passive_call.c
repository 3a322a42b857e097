// One helper, called with active and with passive arguments.
// test: grad f(x ~ 0.5)

#include <adgen.h>

static double poly(double a, double b)
{
    return a * a + 3 * b;
}

ADGEN_GRAD(x)
double f(double x)
{
    const double c = poly(2, 1);
    return poly(x, c) * poly(1, x) * c;
}
