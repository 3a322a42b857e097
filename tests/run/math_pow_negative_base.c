// pow of a negative base with an integer exponent.
// test: grad f(x ~ -1.75)
// expect: x += 3 * x * x - 2 / (x * x * x)

#include <adgen.h>
#include <math.h>

ADGEN_GRAD(x)
double f(double x)
{
    return pow(x, 3) + pow(x, -2.0);
}
