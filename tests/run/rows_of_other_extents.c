// Casts between pointers to rows of run-time size: where the extents are others, the rows begin elsewhere.
// test: grad f(n = 4, m = 3, k = 2, x[12] ~ -1..1)
// test: grad g(n = 4, m = 3, x[4][3] ~ -1..1)
// test: grad h(n = 2, x[2][6] ~ -1..1)
// no-dual: arrays of variable length

#include <adgen.h>
#include <math.h>

ADGEN_GRAD(x)
double f(int n, int m, int k, const double *x)
{
    double a[n][m], s = 1;
    for (int i = 0; i < n; i++)
        for (int j = 0; j < m; j++)
            a[i][j] = x[i * m + j] * x[i * m + j];
    double(*p)[k] = (double(*)[k])a;
    for (int i = 0; i < n * m / k; i++) {
        s += s * p[i][0] * p[i][k - 1];
        p[i][0] = sin(s);
    }
    return s + a[n - 1][0] * a[1][m - 1];
}

static double total(int n, int m, const double a[n][m])
{
    double s = 0;
    for (int i = 0; i < n; i++)
        for (int j = 0; j < m; j++)
            s += a[i][j] * a[i][j] * (i + 2 * j);
    return s;
}

ADGEN_GRAD(x)
double g(int n, int m, const double x[n][m])
{
    return total(m, n, (const double(*)[n])x) + total(n, m, (const double(*)[m])x);
}

ADGEN_GRAD(x)
double h(int n, const double x[n][3 * n])
{
    const double(*p)[n][n] = (const double(*)[n][n])x;
    double s = 1;
    for (int i = 0; i < 3; i++)
        s += s * p[i][n - 1][0] * p[i][0][n - 1];
    return s;
}
