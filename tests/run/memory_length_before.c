// Arrays behind their length, in one block: pointers to either, of which one is chosen.
// test: grad f(n = 4, k = 1, v[4] ~ 0.5..1)

#include <adgen.h>
#include <stdlib.h>
static double *with_length(int n)
{
    size_t *h = (size_t *)malloc(sizeof(size_t) + (size_t)n * sizeof(double));
    *h = (size_t)n;
    return (double *)(void *)(h + 1);
}
static int length(const double *x)
{
    return (int)((const size_t *)(const void *)x)[-1];
}
static void drop(double *x)
{
    free((size_t *)(void *)x - 1);
}
ADGEN_GRAD(v)
double f(int n, int k, const double *v)
{
    double *x = with_length(n), *y = with_length(n - 1), s = 0;
    for (int i = 0; i < length(x); i++)
        x[i] = v[i] * v[k];
    for (int i = 0; i < length(y); i++)
        y[i] = x[i + 1] * x[i];
    double *z = k ? y : x;
    for (int i = 0; i < length(z); i++)
        s += z[i] * x[i];
    drop(x);
    drop(y);
    return s;
}
