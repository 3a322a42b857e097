// All in long double.
// test: grad f(x ~ 1.5, v[3] ~ 0.5 -1 2)

#include <adgen.h>

ADGEN_GRAD(x, v)
long double f(long double x, const long double v[3])
{
    long double s = 0.0L;
    for (int i = 0; i < 3; i++)
        s += v[i] * x * v[i];
    return s / (1.0L + x * x);
}
