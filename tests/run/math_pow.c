// pow with active base, active exponent, and both.
// test: grad f(x ~ 1.75, y ~ 2.5)

#include <adgen.h>
#include <math.h>

ADGEN_GRAD(x, y)
double f(double x, double y)
{
    return pow(x, 3) + pow(2.0, y) * pow(x, y) + pow(x, -0.5);
}
