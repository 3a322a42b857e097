// Both companions of one function.
// test: grad f(x ~ 0.5, y ~ 3)
// test: vjp f(x ~ 0.5, y ~ 3)

#include <adgen.h>

ADGEN_GRAD(x, y)
ADGEN_VJP(x, y)
double f(double x, double y)
{
    return x / y + y * y;
}
