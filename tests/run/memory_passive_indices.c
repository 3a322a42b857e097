// A table of indices on the heap is given back before the reverse sweep needs it.
// test: grad f(n = 4, v[4] ~ -1..1)

#include <adgen.h>
#include <stdlib.h>

ADGEN_GRAD(v)
double f(int n, const double *v)
{
    int *at = (int *)malloc((size_t)n * sizeof *at);
    double *scale = (double *)malloc((size_t)n * sizeof *scale);
    for (int i = 0; i < n; i++) {
        at[i] = (i * 3 + 1) % n;
        scale[i] = i + 0.5;
    }
    double s = 0;
    for (int i = 0; i < n; i++)
        s += scale[i] * v[at[i]] * v[i];
    free(at);
    free(scale);
    return s;
}
