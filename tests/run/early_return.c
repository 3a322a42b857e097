// Early returns, straight-line.
// test: grad f(x ~ -1)
// test: grad f(x ~ 0.5)
// test: grad f(x ~ 2)

#include <adgen.h>

ADGEN_GRAD(x)
double f(double x)
{
    if (x < 0)
        return -x * x;
    x = x * x * x;
    if (x < 1)
        return 2 * x;
    const double y = x + 1;
    return y * y;
}
