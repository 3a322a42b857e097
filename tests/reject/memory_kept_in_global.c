// A global keeps what is allocated.
// note:

#include <adgen.h>
#include <stdlib.h>

double *kept;

ADGEN_GRAD(v)
double f(int n, const double *v)
{
    kept = (double *)malloc((size_t)n * sizeof *kept); // error: outlives
    for (int i = 0; i < n; i++)
        kept[i] = v[i] * v[i];
    return kept[0];
}
