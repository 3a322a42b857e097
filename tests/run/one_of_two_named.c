// Only the named parameter has a bar.
// test: grad f(x = 3, y ~ -2)
// expect: y += x * x

#include <adgen.h>

ADGEN_GRAD(y)
double f(double x, double y)
{
    return x * x * y;
}
