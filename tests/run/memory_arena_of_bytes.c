// Arrays from an arena of bytes, which says when it is full.
// test: grad f(n = 5, v[5] ~ 0.5..1)

#include <adgen.h>
#include <stdlib.h>

struct arena {
    char *base;
    size_t used, size;
};

static void *take(struct arena *a, size_t bytes)
{
    void *p = a->base + a->used;
    a->used += (bytes + 15) & ~(size_t)15;
    return a->used <= a->size ? p : NULL;
}

ADGEN_GRAD(v)
double f(int n, const double *v)
{
    struct arena a = {(char *)malloc(4096), 0, 4096};
    double *x = (double *)take(&a, (size_t)n * sizeof(double));
    double *y = (double *)take(&a, (size_t)n * sizeof(double));
    for (int i = 0; i < n; i++)
        x[i] = v[i] * v[i];
    for (int i = 0; i < n; i++)
        y[i] = x[i] * x[n - 1 - i];
    double s = 0;
    for (int i = 0; i < n; i++)
        s += y[i] * x[i];
    free(a.base);
    return s;
}
