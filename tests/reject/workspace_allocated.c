// What the program allocates has an adjoint that would be allocated as well.
// adgen: --workspace

#include <adgen.h>
#include <stdlib.h>

ADGEN_GRAD(v)
double f(int n, const double *v)
{
    double *w = malloc((size_t)n * sizeof *w); // error: the adjoint of what is allocated here
    for (int i = 0; i < n; i++)
        w[i] = v[i] * v[i];
    double s = 0;
    for (int i = 0; i < n; i++)
        s += w[i] * w[n - 1 - i];
    // note: take this storage as a parameter
    free(w);
    return s;
}
