// A buffer that grows and shrinks, checked.
// test: grad f(n = 4, v[4] ~ -1..1)

#include <adgen.h>
#include <stdlib.h>

ADGEN_GRAD(v)
double f(int n, const double *v)
{
    double *w = (double *)malloc(2 * sizeof *w);
    w[0] = v[0] * v[1];
    w[1] = w[0] * v[2];
    double *grown = (double *)realloc(w, (size_t)n * sizeof *w);
    if (!grown) {
        free(w);
        return 0;
    }
    for (int i = 2; i < n; i++)
        grown[i] = grown[i - 1] * grown[i - 2] + v[i];
    grown = (double *)realloc(grown, 3 * sizeof *grown);
    const double s = grown[0] * grown[2];
    free(grown);
    return s;
}
