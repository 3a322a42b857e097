// fdim on both sides.
// test: grad f(x ~ 2.75, y ~ -1)
// test: grad f(x ~ -2.75, y ~ -1)

#include <adgen.h>
#include <math.h>

ADGEN_GRAD(x, y)
double f(double x, double y)
{
    return fdim(x, y) * x + fdim(y, x) * y;
}
