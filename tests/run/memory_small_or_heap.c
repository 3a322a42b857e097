// A buffer on the stack where it is small, on the heap where it is not.
// test: grad f(n = 3, v[3] ~ -1..1)
// test: grad f(n = 6, v[6] ~ -1..1)

#include <adgen.h>
#include <stdlib.h>

ADGEN_GRAD(v)
double f(int n, const double *v)
{
    double small[4], *w = small, s = 0;
    if (n > 4)
        w = (double *)malloc((size_t)n * sizeof *w);
    for (int i = 0; i < n; i++)
        w[i] = v[i] * v[i];
    for (int i = 0; i < n; i++)
        s += w[i] * w[n - 1 - i];
    if (w != small)
        free(w);
    return s;
}
