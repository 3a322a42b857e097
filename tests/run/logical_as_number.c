// The 0 or 1 of a comparison used as a factor.
// test: grad f(x ~ 0.25, y ~ 3)
// test: grad f(x ~ 4, y ~ 3)
// expect: x += (x > y) * y + (x < y && y > 2)

#include <adgen.h>

ADGEN_GRAD(x, y)
double f(double x, double y)
{
    return (x > y) * x * y + (x < y && y > 2) * x;
}
