// Recursive functions that only read: what they read can be read again.
// test: grad f(n = 5, x[5] ~ 0.5..1.5, w[3] ~ -1..1)
// test: grad f(n = 1, x[5] ~ 0.5..1.5, w[3] ~ -1..1)

#include <adgen.h>
#include <math.h>

static double tree(const double *x, const double *w, int n)
{
    if (n < 2)
        return sin(x[0] * w[0]);
    const int half = n / 2;
    double s = 0.0;
    for (int i = 0; i < n; i++)
        s += w[1] * x[i] * x[i];
    return tree(x, w, half) * tree(x + half, w, n - half) + s * w[2];
}

ADGEN_GRAD(x, w)
double f(int n, const double *x, const double *w)
{
    return tree(x, w, n) + tree(x + 1, w, n - 1);
}
