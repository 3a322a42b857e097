// Chains of elementwise loops through work arrays: their reverse loops can run as one, except where an element passes to
// a neighbour, or where an array is used again.
// test: grad f(n = 7, x[7] ~ -1..1, w[7] ~ 0.5..1.5)
// test: grad f(n = 1, x[1] ~ -1..1, w[1] ~ 0.5..1.5)
// test: grad shifted(n = 7, x[7] ~ -1..1, w[7] ~ 0.5..1.5)
// test: grad used_again(n = 7, x[7] ~ -1..1, w[7] ~ 0.5..1.5)
// test: grad sums_between(n = 7, x[7] ~ -1..1, w[7] ~ 0.5..1.5)
// test: grad by_twos(n = 7, x[7] ~ -1..1, w[7] ~ 0.5..1.5)
#include <adgen.h>
#include <math.h>

ADGEN_GRAD(x, w)
double f(int n, const double *x, const double *w)
{
    double h[n], g[n], s = 0.0;
    for (int i = 0; i < n; i++)
        h[i] = x[i] * x[i] - w[i];
    for (int i = 0; i < n; i++)
        g[i] = sin(h[i]) * w[i];
    for (int i = 0; i < n; i++)
        s += g[i] * g[i] * x[i];
    return s;
}

ADGEN_GRAD(x, w)
double shifted(int n, const double *x, const double *w)
{
    double h[n], g[n], s = 0.0;
    for (int i = 0; i < n; i++)
        h[i] = x[i] * w[i];
    for (int i = 0; i < n; i++)
        g[i] = h[i] * h[i > 0 ? i - 1 : n - 1];
    for (int i = 0; i < n; i++)
        s += g[i] * g[n - 1 - i];
    return s;
}

ADGEN_GRAD(x, w)
double used_again(int n, const double *x, const double *w)
{
    double h[n], s = 0.0;
    for (int i = 0; i < n; i++)
        h[i] = exp(x[i]) * w[i];
    for (int i = 0; i < n; i++)
        s += h[i] * x[i];
    for (int i = 0; i < n; i++)
        h[i] = h[i] * s;
    for (int i = 0; i < n; i++)
        s += h[i] * w[i];
    return s * s;
}

ADGEN_GRAD(x, w)
double sums_between(int n, const double *x, const double *w)
{
    double h[n], mean = 0.0, s = 0.0;
    for (int i = 0; i < n; i++)
        h[i] = x[i] * x[i];
    for (int i = 0; i < n; i++)
        mean += h[i];
    mean /= n;
    for (int i = 0; i < n; i++)
        h[i] = (h[i] - mean) * w[i];
    for (int i = 0; i < n; i++)
        s += h[i] * h[i];
    return s;
}

ADGEN_GRAD(x, w)
double by_twos(int n, const double *x, const double *w)
{
    double h[n], s = 0.0;
    for (int i = 0; i < n; i++)
        h[i] = x[i];
    for (int i = 0; i < n; i += 2)
        h[i] = h[i] * w[i];
    for (int i = n - 1; i >= 0; i--)
        s += h[i] * h[i] * (i + 1);
    return s;
}
