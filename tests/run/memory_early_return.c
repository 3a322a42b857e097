// A return out of a loop that allocates.
// test: grad f(n = 3, v[3] ~ -1..1)
// test: grad f(n = 3, v[3] ~ 0.5..1)

#include <adgen.h>
#include <stdlib.h>

ADGEN_GRAD(v)
double f(int n, const double *v)
{
    double s = 0;
    for (int i = 0; i < n; i++) {
        double *w = (double *)malloc(2 * sizeof *w);
        if (!w)
            abort();
        w[0] = v[i] * v[i];
        w[1] = w[0] * v[0];
        if (v[i] < 0) {
            const double r = s + w[1];
            free(w);
            return r;
        }
        s += w[1] * s + w[0];
        free(w);
    }
    return s;
}
