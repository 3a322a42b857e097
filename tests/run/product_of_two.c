// Two parameters, both differentiated.
// test: grad f(x ~ 3, y ~ -2)
// expect: x += y
// expect: y += x

#include <adgen.h>

ADGEN_GRAD(x, y)
double f(double x, double y)
{
    return x * y;
}
