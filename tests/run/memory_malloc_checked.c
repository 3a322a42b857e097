// malloc whose failure is handled by an early return.
// test: grad f(n = 4, v[4] ~ -1..1)

#include <adgen.h>
#include <stdlib.h>

ADGEN_GRAD(v)
double f(int n, const double *v)
{
    double *w = (double *)malloc((size_t)n * sizeof *w);
    if (!w)
        return -1;
    double s = 1;
    for (int i = 0; i < n; i++) {
        w[i] = s * v[i];
        s += w[i] * w[i / 2];
    }
    free(w);
    return s;
}
