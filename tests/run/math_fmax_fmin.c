// fmax and fmin away from ties.
// test: grad f(x ~ 2.75, y ~ -1)
// test: grad f(x ~ -2.75, y ~ -1)

#include <adgen.h>
#include <math.h>

ADGEN_GRAD(x, y)
double f(double x, double y)
{
    return fmax(x, y) * x + fmin(x * x, y) * y + fmin(3.0, x) + fmax(y, -2);
}
