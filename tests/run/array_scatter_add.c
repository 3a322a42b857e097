// Scatter-add through an array of indices.
// test: grad f(n = 4, idx[4] = 2 0 2 1, v[4] ~ -1..1)

#include <adgen.h>

ADGEN_GRAD(v)
double f(int n, const int *idx, const double *v)
{
    double bins[3] = {0, 0, 0};
    for (int i = 0; i < n; i++)
        bins[idx[i]] += v[i] * v[i];
    return bins[0] * bins[1] + bins[2] * bins[2];
}
