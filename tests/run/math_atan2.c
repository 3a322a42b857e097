// atan2 in the four quadrants.
// test: grad f(y ~ 0.5, x ~ 2)
// test: grad f(y ~ 0.5, x ~ -2)
// test: grad f(y ~ -0.5, x ~ -2)
// test: grad f(y ~ -0.5, x ~ 0)

#include <adgen.h>
#include <math.h>

ADGEN_GRAD(y, x)
double f(double y, double x)
{
    return atan2(y, x) + atan2(1.0, x * x + 1) * atan2(y * y, 2);
}
