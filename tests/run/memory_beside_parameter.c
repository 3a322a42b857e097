// A pointer that leads to a parameter or to memory from the heap: what is given back is the latter for sure.
// test: grad f(n = 3, x[3] ~ 0.5 0.25 -1)
// test: grad f(n = 4, x[4] ~ -0.5 0.25 -1 2)

#include <adgen.h>
#include <math.h>
#include <stdlib.h>

ADGEN_GRAD(x)
double f(int n, const double *x)
{
    double *w = malloc((size_t)n * sizeof *w);
    double s = 0;
    for (int i = 0; i < n; i++)
        w[i] = sin(x[i]);
    const double *p = x[0] > 0 ? x : w;
    for (int i = 0; i < n; i++)
        s += p[i] * p[i] * w[0];
    free(w);
    for (int i = 1; i < n; i++) {
        double v[i];
        v[0] = x[i] * s;
        const double *q = x[i] > 0 ? x : v;
        s += q[0];
    }
    return s;
}
