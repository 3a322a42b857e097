// && and || as statements.
// test: grad f(x ~ 0.5)
// test: grad f(x ~ -0.5)

#include <adgen.h>

ADGEN_GRAD(x)
double f(double x)
{
    double y = x;
    x > 0 && (y = x * x * x, 1);
    x > 0 || (y *= 3, 0);
    return y * x;
}
