// _Generic over an active value.
// test: grad f(x ~ -0.5, n = -3)
// expect: x += -6 * x
// no-dual: not C++

#include <adgen.h>

#define MAGNITUDE(x) _Generic((x), int : whole, default : magnitude)(x)

static double magnitude(double x)
{
    return x > 0 ? x : -x;
}

static int whole(int n)
{
    return n > 0 ? n : -n;
}

ADGEN_GRAD(x)
double f(double x, int n)
{
    return MAGNITUDE(x) * MAGNITUDE(n) * x;
}
