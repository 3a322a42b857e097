// At infinity, modf gives 0 with the sign of its argument; a whole number leaves nothing.
// test: grad f(x ~ `INFINITY`)
// test: grad f(x ~ `-INFINITY`)
// test: grad f(x ~ -4.25)
// expect: x += isinf(x) ? 0 : -5
// no-fd: jumps, and infinity

#include <adgen.h>
#include <math.h>

ADGEN_GRAD(x)
double f(double x)
{
    double whole;
    const double part = modf(x, &whole);
    return signbit(part) ? 3 - 5 * part : 3 + 5 * part;
}
