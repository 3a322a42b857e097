// A sum in long double over doubles.
// test: grad f(n = 4, v[4] ~ -1..1)

#include <adgen.h>

ADGEN_GRAD(v)
double f(int n, const double *v)
{
    long double s = 0.0L;
    for (int i = 0; i < n; i++)
        s += (long double)v[i] * v[i] * (i + 1);
    return (double)s;
}
