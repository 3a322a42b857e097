// The library calls a static function of the file's own.
// test: grad f(n = 4, x[4] ~ -1..1)

#include <adgen.h>
#include <stdlib.h>

static int compare(const void *a, const void *b)
{
    const int *p = (const int *)a, *q = (const int *)b;
    return (*p > *q) - (*p < *q);
}

ADGEN_GRAD(x)
double f(int n, const double *x)
{
    int at[4] = {3, 1, 0, 2}, key = 2;
    qsort(at, 4, sizeof *at, compare);
    const int *found = (const int *)bsearch(&key, at, 4, sizeof *at, compare);
    double s = 0;
    for (int i = 0; i < n; i++)
        s = s * x[at[i]] + x[i];
    return s * x[found - at];
}
