// Arrays from an arena of bytes, which gives reals and integers.
// test: grad f(n = 4, x[4] ~ -1..1)

#include <adgen.h>
#include <stdlib.h>

struct arena {
    char *at;
    size_t used;
};

static double *take_reals(struct arena *a, int n)
{
    double *p = (double *)(a->at + a->used);
    a->used += (size_t)n * sizeof *p;
    return p;
}

static int *take_integers(struct arena *a, int n)
{
    int *p = (int *)(a->at + a->used);
    a->used += (size_t)n * sizeof *p;
    return p;
}

ADGEN_GRAD(x)
double f(int n, const double *x)
{
    struct arena a = {(char *)malloc(100 * sizeof(double)), 0};
    double *p = take_reals(&a, n);
    double *q = take_reals(&a, n);
    int *at = take_integers(&a, n);
    for (int i = 0; i < n; i++)
        at[i] = (3 * i + 1) % n;
    for (int i = 0; i < n; i++)
        p[i] = x[at[i]] * x[i];
    for (int i = 0; i < n; i++)
        q[at[i]] = p[i] * x[0];
    double s = 0;
    for (int i = 0; i < n; i++)
        s += q[i] * p[n - 1 - i];
    free(a.at);
    return s;
}
