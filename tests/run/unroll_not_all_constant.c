// Short loops over small arrays that stay in memory: an index of run time, an address that goes on, a long loop inside.
// test: grad f(n = 3, k = 1, x[3] ~ -1..1)
// test: grad f(n = 0, k = 2, x[3] ~ -1..1)

#include <adgen.h>
#include <math.h>

static double last(const double *p)
{
    return p[2];
}

ADGEN_GRAD(x)
double f(int n, int k, const double *x)
{
    double at[3], carried[3] = {0.5, 0.25, 0.125}, sums[3] = {0.0};
    for (int i = 0; i < 3; i++)
        at[i] = x[i] * x[2 - i];
    for (int i = 0; i < 3; i++)
        for (int j = 0; j < n; j++)
            sums[i] += sin(x[j] * at[i]);
    for (int j = 0; j < n; j++)
        for (int i = 0; i < 3; i++)
            carried[i] = cos(carried[i] + x[i] * carried[(i + 1) % 3]);
    const double *p = k > 1 ? at : sums;
    return at[k] * last(p) + carried[0] * carried[1] * carried[2];
}
