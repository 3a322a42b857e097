// Work arrays of an iteration that the reverse sweep asks for: filled once, filled in two strokes, overwritten after use,
// read in a nest, of an inner loop, and within a branch.
// test: grad f(m = 3, n = 4, x[12] ~ -1..1, w[4] ~ 0.5..1.5)
// test: grad f(m = 0, n = 4, x[1] ~ 1, w[4] ~ 0.5..1.5)
// test: grad overwritten(m = 3, n = 4, x[12] ~ -1..1, w[4] ~ 0.5..1.5)
// test: grad inner(m = 3, n = 4, x[12] ~ -1..1, w[4] ~ 0.5..1.5)
// test: grad conditional(m = 3, n = 4, x[12] ~ -1..1, w[4] ~ 0.5..1.5)
// test: grad fixed(m = 3, n = 4, x[12] ~ -1..1, w[4] ~ 0.5..1.5)
#include <adgen.h>
#include <math.h>

static double collect(int n, const double *h, const double *w)
{
    double s = 0.0;
    for (int i = 0; i < n; i++)
        for (int j = i; j < n; j++)
            s += h[i] * h[j] * w[j];
    return s;
}

ADGEN_GRAD(x, w)
double f(int m, int n, const double *x, const double *w)
{
    double product = 1.0;
    for (int s = 0; s < m; s++) {
        double h[n];
        for (int i = 0; i < n; i++)
            h[i] = sin(x[s * n + i]);
        for (int i = 0; i < n; i++)
            h[i] += w[i] * product;
        product *= 1.0 + 0.1 * collect(n, h, w);
    }
    return product;
}

ADGEN_GRAD(x, w)
double overwritten(int m, int n, const double *x, const double *w)
{
    double product = 1.0;
    for (int s = 0; s < m; s++) {
        double h[n];
        for (int i = 0; i < n; i++)
            h[i] = exp(0.1 * x[s * n + i]) * product;
        const double first = collect(n, h, w);
        for (int i = 0; i < n; i++)
            h[i] = h[i] * h[n - 1 - i];
        product = 0.01 * first * collect(n, h, w);
    }
    return product;
}

ADGEN_GRAD(x, w)
double inner(int m, int n, const double *x, const double *w)
{
    double product = 1.0;
    for (int s = 0; s < m; s++)
        for (int t = s; t < m; t++) {
            double h[4], g[n];
            for (int i = 0; i < n; i++) {
                h[i] = x[s * n + i] * product;
                g[i] = h[i] - x[t * n + i];
            }
            product += 0.1 * collect(n, h, w) * collect(n, g, w);
        }
    return product;
}

ADGEN_GRAD(x, w)
double conditional(int m, int n, const double *x, const double *w)
{
    double product = 1.0;
    for (int s = 0; s < m; s++) {
        double h[n];
        for (int i = 0; i < n; i++)
            h[i] = x[s * n + i] * product;
        if (s != 1)
            product += collect(n, h, w);
        else
            product -= h[0] * h[n - 1] * w[s];
    }
    return product;
}

ADGEN_GRAD(x, w)
double fixed(int m, int n, const double *x, const double *w)
{
    double product = 1.0;
    for (int s = 0; s < m; s++) {
        double h[2][3];
        for (int i = 0; i < 2; i++)
            for (int j = 0; j < 3; j++)
                h[i][j] = x[s * n + i] * w[j] * product;
        product += h[0][1] * h[1][2] * h[1][0] + tanh(h[0][0]);
    }
    return product;
}
