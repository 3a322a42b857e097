// Each step copies the buffer of the step before, and gives it back.
// test: grad f(n = 4, v[4] ~ -1..1)

#include <adgen.h>
#include <stdlib.h>
#include <string.h>

ADGEN_GRAD(v)
double f(int n, const double *v)
{
    double *old = NULL, s = 1;
    for (int i = 0; i < n; i++) {
        double *w = (double *)malloc((size_t)(i + 1) * sizeof *w);
        if (old) {
            memcpy(w, old, (size_t)i * sizeof *w);
            free(old);
        }
        w[i] = v[i] * s;
        for (int j = 0; j <= i; j++) {
            w[j] = w[j] * w[i] + 0.5;
            s += w[j];
        }
        old = w;
    }
    s *= old[0];
    free(old);
    return s;
}
