// A buffer for each step of a loop.
// test: grad f(n = 3, v[3] ~ -1..1)

#include <adgen.h>
#include <stdlib.h>

ADGEN_GRAD(v)
double f(int n, const double *v)
{
    double s = 0.5;
    for (int i = 1; i <= n; i++) {
        double *w = (double *)malloc((size_t)i * sizeof *w);
        for (int j = 0; j < i; j++)
            w[j] = v[j] * s;
        for (int j = 0; j < i; j++)
            s += w[j] * w[i - 1 - j];
        free(w);
    }
    return s;
}
