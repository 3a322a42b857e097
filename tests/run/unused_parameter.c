// A parameter that the result does not depend on.
// test: grad f(x ~ 0.5, y ~ 2)
// expect: y += 0

#include <adgen.h>

ADGEN_GRAD(x, y)
double f(double x, double y)
{
    (void)y;
    return x * x;
}
