// A helper allocates, another frees.
// test: grad f(n = 3, v[3] ~ -1..1)

#include <adgen.h>
#include <stdlib.h>

static double *squares(int n, const double *v)
{
    double *w = (double *)malloc((size_t)n * sizeof *w);
    for (int i = 0; i < n; i++)
        w[i] = v[i] * v[i];
    return w;
}

static void release(double *w)
{
    free(w);
}

ADGEN_GRAD(v)
double f(int n, const double *v)
{
    double *a = squares(n, v), *b = squares(n, a);
    const double s = a[0] * b[1] + b[2];
    release(a);
    release(b);
    return s;
}
