// One array as two arguments that are only read: their adjoints are one as well.
// test: grad f(x[5] ~ -1..1, n = 5)

#include <adgen.h>

static double dot(const double *x, const double *y, int n)
{
    if (n == 1)
        return x[0] * y[0];
    const int half = n / 2;
    return dot(x, y, half) + dot(x + half, y + half, n - half) * x[0];
}

ADGEN_GRAD(x)
double f(const double *x, int n)
{
    return dot(x, x, n) + dot(x, x + 1, n - 1);
}
