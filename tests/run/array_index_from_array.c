// Gather through an array of indices.
// test: grad f(n = 4, idx[4] = 2 0 2 1, v[3] ~ -1..1)

#include <adgen.h>

ADGEN_GRAD(v)
double f(int n, const int *idx, const double *v)
{
    double s = 0.5;
    for (int i = 0; i < n; i++)
        s = s * v[idx[i]] + v[idx[n - 1 - i]];
    return s;
}
