// The C library's qsort moves active values.

#include <adgen.h>
#include <stdlib.h>

static int order(const void *a, const void *b)
{
    const double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

ADGEN_GRAD(v)
double f(int n, double *v)
{
    qsort(v, (size_t)n, sizeof *v, order); // error: qsort
    return v[0] + 2 * v[n - 1];
}
