// The right side of an assignment operator is the variable itself.
// test: grad f(x ~ 1.5)
// expect: x += 8 * x - 4 * x

#include <adgen.h>

ADGEN_GRAD(x)
double f(double x)
{
    double r = x;
    r += r;
    r *= r;
    double q = x;
    q -= 3 * q;
    q *= x;
    return r + q;
}
