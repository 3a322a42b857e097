// An optional array: null means none.
// test: grad f(n = 3, v[3] ~ -1..1, w = null)
// test: grad f(n = 3, v[3] ~ -1..1, w[3] = 1 2 3)

#include <adgen.h>

ADGEN_GRAD(v)
double f(int n, const double *v, const double *w)
{
    double s = 0;
    for (int i = 0; i < n; i++)
        s += v[i] * v[i] * (w ? w[i] : 1.0);
    return s;
}
