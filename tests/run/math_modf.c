// The whole part that modf gives is flat, the rest is not.
// test: grad f(x ~ 2.75)
// expect: x += 2 * (x - 2) + 2

#include <adgen.h>
#include <math.h>

ADGEN_GRAD(x)
double f(double x)
{
    double whole;
    const double part = modf(x, &whole);
    return part * part + whole * x;
}
