// Reverse loops that add to neighbours of an element, in one dimension and in two, with steps and gaps.
// test: grad f(n = 7, x[7] ~ -1..1, w[3] ~ 0.5..1)
// test: grad f(n = 2, x[2] ~ -1..1, w[3] ~ 0.5..1)
// test: grad g(n = 5, x[5][5] ~ -1..1)
// test: grad h(n = 9, x[9] ~ -1..1, y[9] ~ -1..1)

#include <adgen.h>
#include <math.h>

ADGEN_GRAD(x, w)
double f(int n, const double *x, const double *w)
{
    double y[n], z[n], s = 0;
    for (int i = 0; i < n; i++)
        y[i] = z[i] = 0;
    for (int i = 1; i < n - 1; i++)
        y[i] = w[0] * x[i - 1] + w[1] * x[i] * x[i] + w[2] * x[i + 1];
    for (int i = 2; i < n; i += 2)
        z[i] = y[i] * y[i - 1] + x[i - 2] * y[i - 2];
    for (int i = 0; i < n; i++)
        s += z[i] * z[i] + y[i];
    return s;
}

ADGEN_GRAD(x)
double g(int n, const double x[5][5])
{
    double y[n][n], s = 0;
    for (int i = 0; i < n; i++)
        for (int j = 0; j < n; j++)
            y[i][j] = 0;
    for (int i = 1; i < n - 1; i++)
        for (int j = 1; j < n - 1; j++)
            y[i][j] = x[i][j] * x[i][j - 1] + x[i][j + 1] + x[i - 1][j + 1] - x[i + 1][j - 1] * x[i][j];
    for (int i = 0; i < n; i++)
        for (int j = 0; j < n; j++)
            s += y[i][j] * y[i][j];
    return s;
}

ADGEN_GRAD(x, y)
double h(int n, double *x, const double *y)
{
    double s = 0;
    for (int i = 2; i < n; i++)
        x[i] = x[i - 1] * y[i - 2] + y[i - 1] + exp(y[i]);
    for (int i = 0; i + 1 < n; i++)
        s += x[i] * x[i + 1] * sin(y[i] * y[i + 1]);
    return s;
}
