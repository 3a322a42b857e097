// calloc starts at zero.
// test: grad f(n = 4, v[4] ~ -1..1)

#include <adgen.h>
#include <stdlib.h>

ADGEN_GRAD(v)
double f(int n, const double *v)
{
    double *w = (double *)calloc((size_t)n, sizeof(double));
    for (int i = 0; i < n; i++)
        w[i % 2] += v[i] * v[i];
    const double s = w[0] * w[1] + w[2];
    free(w);
    return s;
}
