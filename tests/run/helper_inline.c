// static inline helpers, called with expressions and in conditions.
// test: grad f(x ~ 0.5)
// test: grad f(x ~ 1.5)

#include <adgen.h>

static inline double clamp(double x, double low, double high)
{
    if (x < low)
        return low;
    return x > high ? high : x;
}

ADGEN_GRAD(x)
double f(double x)
{
    if (clamp(x, 0, 1) > 0.75)
        return clamp(x * x, 0.0, 4.0) + x;
    return clamp(x * 3, -1, 1) * x;
}
