// x - 0.0 is x to the last bit, and need not be computed; x - -0.0 is not, where x is -0.0.
// test: grad f(x = -0.0, y ~ 2)
// test: grad f(x = 0.0, y ~ 2)
// test: grad f(x = 1.5, y ~ -2)

#include <adgen.h>
#include <math.h>

ADGEN_GRAD(y)
double f(double x, double y)
{
    const double same = x - 0.0, other = x - -0.0;
    return y * copysign(1.0, same) + y * y * copysign(2.0, other) + (y - 0.0) * y;
}
