// A scalar parameter is assigned to.
// test: grad f(x ~ 0.5, y ~ 2)

#include <adgen.h>

ADGEN_GRAD(x, y)
double f(double x, double y)
{
    x = x * y;
    y = x + y * y;
    x = x * y;
    return x;
}
