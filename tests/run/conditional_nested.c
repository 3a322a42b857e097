// ?: in ?:, on either side.
// test: grad f(x ~ 0.25)
// test: grad f(x ~ 1.25)
// test: grad f(x ~ -2)

#include <adgen.h>

ADGEN_GRAD(x)
double f(double x)
{
    return x < 0 ? (x < -1 ? x * x : x) : x < 1 ? x * x * x : 3 * x;
}
