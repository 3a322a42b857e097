// Loops of the reverse sweep that change places, so that the inner one goes along rows: products of matrices with the
// sum inside; not where the inner bounds depend on the outer counter, where one of them is short, or where the adjoint
// that is added to is read.
// test: grad product(n = 9, m = 10, a[90] ~ -1..1, b[90] ~ -1..1)
// test: grad product(n = 1, m = 0, a[1] ~ 1, b[1] ~ 1)
// test: grad transposed(n = 9, a[81] ~ -1..1, x[9] ~ -1..1)
// test: grad triangle(n = 9, a[81] ~ -1..1, b[81] ~ -1..1)
// test: grad columns(n = 9, a[9][3] ~ -1..1)
// test: grad repeated(n = 9, steps = 3, a[81] ~ -0.4..0.4, x[9] ~ -1..1)
#include <adgen.h>
#include <math.h>

ADGEN_GRAD(a, b)
double product(int n, int m, const double *a, const double *b)
{
    double c[n][n], sum = 0.0;
    for (int i = 0; i < n; i++)
        for (int j = 0; j < n; j++) {
            c[i][j] = 0.0;
            for (int k = 0; k < m; k++)
                c[i][j] += a[i * m + k] * b[k * n + j];
        }
    for (int i = 0; i < n; i++)
        for (int j = 0; j < n; j++)
            sum += sin(c[i][j]) * c[j][i];
    return sum;
}

ADGEN_GRAD(a, x)
double transposed(int n, const double *a, const double *x)
{
    double y[n], sum = 0.0;
    for (int j = 0; j < n; j++) {
        y[j] = 0.0;
        for (int i = 0; i < n; i++)
            y[j] += a[i * n + j] * x[i];
    }
    for (int j = 0; j < n; j++)
        sum += y[j] * y[j] * y[j];
    return sum;
}

ADGEN_GRAD(a, b)
double triangle(int n, const double *a, const double *b)
{
    double c[n][n], sum = 0.0;
    for (int i = 0; i < n; i++)
        for (int j = 0; j < n; j++) {
            c[i][j] = 0.0;
            for (int k = 0; k <= j; k++)
                c[i][j] += a[i * n + k] * b[k * n + j];
        }
    for (int i = 0; i < n; i++)
        for (int j = 0; j < n; j++)
            sum += c[i][j] * c[i][j] * (i + 1);
    return sum;
}

ADGEN_GRAD(a)
double columns(int n, const double (*a)[3])
{
    double c[3] = {0.0, 0.0, 0.0};
    for (int k = 0; k < 3; k++)
        for (int i = 0; i < n; i++)
            c[k] += a[i][k] * a[i][k];
    return c[0] * c[1] + exp(c[2]);
}

ADGEN_GRAD(a, x)
double repeated(int n, int steps, const double *a, const double *x)
{
    double y[n], z[n];
    for (int i = 0; i < n; i++)
        y[i] = x[i];
    for (int t = 0; t < steps; t++) {
        for (int j = 0; j < n; j++) {
            z[j] = 0.0;
            for (int i = 0; i < n; i++)
                z[j] += a[i * n + j] * y[i];
        }
        for (int j = 0; j < n; j++)
            y[j] = tanh(z[j]) + y[j] * y[j];
    }
    double sum = 0.0;
    for (int i = 0; i < n; i++)
        sum += y[i] * x[i];
    return sum;
}
