// fabs and hypot on both sides.
// test: grad f(x ~ 3, y ~ -4)
// expect: x += x / 5 + y
// expect: y += y / 5 - 5 + x + 2 * y + 10

#include <adgen.h>
#include <math.h>

ADGEN_GRAD(x, y)
double f(double x, double y)
{
    return hypot(x, y) + fabs(y) * fabs(-5.0) + x * y + y * y + 10 * y;
}
