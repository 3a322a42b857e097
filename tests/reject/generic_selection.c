// _Generic over an active value.

#include <adgen.h>

#define MAGNITUDE(x) _Generic((x), float : magnitudef, double : magnitude)(x)

static double magnitude(double x)
{
    return x > 0 ? x : -x;
}

static float magnitudef(float x)
{
    return x > 0 ? x : -x;
}

ADGEN_GRAD(x)
double f(double x)
{
    return MAGNITUDE(x) * magnitudef(1); // error: _Generic
}
