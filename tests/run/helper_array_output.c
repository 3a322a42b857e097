// A helper that fills an array, another that changes it in place.
// test: grad f(n = 3, v[3] ~ -1..1)

#include <adgen.h>

static void square_all(int n, const double *in, double *out)
{
    for (int i = 0; i < n; i++)
        out[i] = in[i] * in[i];
}

static void difference(int n, double *a)
{
    for (int i = 0; i + 1 < n; i++)
        a[i] = a[i + 1] - a[i];
}

ADGEN_GRAD(v)
double f(int n, const double *v)
{
    double a[3], b[3];
    square_all(n, v, a);
    difference(n, a);
    square_all(n, a, b);
    return b[0] + a[1] * b[2];
}
