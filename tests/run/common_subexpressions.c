// One value used many times.
// test: grad f(x ~ 1.5)

#include <adgen.h>

ADGEN_GRAD(x)
double f(double x)
{
    const double a = x * x + x;
    const double b = a * a + a;
    const double c = b * b + b + a;
    return c * b * a;
}
