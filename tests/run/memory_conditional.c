// Allocated where it is asked for only.
// test: grad f(n = 4, k = 0, v[4] ~ -1..1)
// test: grad f(n = 4, k = 1, v[4] ~ -1..1)

#include <adgen.h>
#include <stdlib.h>

ADGEN_GRAD(v)
double f(int n, int k, const double *v)
{
    double *w = NULL, s = 0;
    if (k) {
        w = (double *)malloc((size_t)n * sizeof *w);
        for (int i = 0; i < n; i++)
            w[i] = v[i] * v[i];
    }
    for (int i = 0; i < n; i++)
        s += w ? w[i] * v[n - 1 - i] : v[i];
    free(w);
    return s * s;
}
