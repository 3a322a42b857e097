// The comma operator: the left side's effect, the right side's value.
// test: grad f(x ~ 1.5)

#include <adgen.h>

ADGEN_GRAD(x)
double f(double x)
{
    double y = 1.0;
    double z = (y += x, y *= y, y - x);
    return z * y;
}
