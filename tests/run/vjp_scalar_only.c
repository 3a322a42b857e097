// Scalars only, with a seed.
// test: vjp f(x ~ 1.5, y ~ -2)
// expect: x += ret_bar * y * y
// expect: y += ret_bar * 2 * x * y

#include <adgen.h>

ADGEN_VJP(x, y)
double f(double x, double y)
{
    return x * y * y;
}
