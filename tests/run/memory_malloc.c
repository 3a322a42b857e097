// malloc and free inside.
// test: grad f(n = 4, v[4] ~ -1..1)

#include <adgen.h>
#include <stdlib.h>

ADGEN_GRAD(v)
double f(int n, const double *v)
{
    double *w = (double *)malloc((size_t)n * sizeof(double));
    for (int i = 0; i < n; i++)
        w[i] = v[i] * v[i];
    double s = 0;
    for (int i = 0; i < n; i++)
        s += w[i] * w[n - 1 - i];
    free(w);
    return s;
}
