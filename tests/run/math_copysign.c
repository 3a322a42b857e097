// copysign by its first argument; the second decides the sign.
// test: grad f(x ~ 2.75, y ~ -1)
// test: grad f(x ~ -2.75, y ~ -1)
// expect: y += 0

#include <adgen.h>
#include <math.h>

ADGEN_GRAD(x, y)
double f(double x, double y)
{
    return copysign(x, y) * x * x;
}
