// An assignment inside a condition.
// test: grad f(x ~ 1.5)
// test: grad f(x ~ -1.5)

#include <adgen.h>

ADGEN_GRAD(x)
double f(double x)
{
    double y;
    if ((y = x * x * x) > 0.0)
        return y * 2.0;
    return y - x;
}
