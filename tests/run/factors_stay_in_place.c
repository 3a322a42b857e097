// Factorisations in place: what a step reads of the factor is never written again, and is not stored.
// test: grad by_columns(n = 4, k[16] ~ 5 1 0.5 0.2 1 6 -1 0.3 0.5 -1 7 0.1 0.2 0.3 0.1 8, y[4] ~ -1..1, a[4] > -1..1)
// test: grad by_rows(n = 4, k[4][4] ~ 5 1 0.5 0.2 1 6 -1 0.3 0.5 -1 7 0.1 0.2 0.3 0.1 8)
// test: grad one_loop(n = 4, k[16] ~ 5 1 0.5 0.2 1 6 -1 0.3 0.5 -1 7 0.1 0.2 0.3 0.1 8)
// test: grad gauss(n = 4, k[16] ~ 5 1 0.5 0.2 1 6 -1 0.3 0.5 -1 7 0.1 0.2 0.3 0.1 8)
// test: grad gauss(n = 1, k[1] ~ 5)

#include <adgen.h>
#include <math.h>

ADGEN_GRAD(k, y)
double by_columns(int n, double *k, const double *y, double *a)
{
    for (int j = 0; j < n; j++) {
        for (int p = 0; p < j; p++)
            for (int i = j; i < n; i++)
                k[i * n + j] -= k[i * n + p] * k[j * n + p];
        k[j * n + j] = sqrt(k[j * n + j]);
        for (int i = j + 1; i < n; i++)
            k[i * n + j] /= k[j * n + j];
    }
    double sum = 0;
    for (int i = 0; i < n; i++) { /* forward substitution */
        double s = y[i];
        for (int j = 0; j < i; j++)
            s -= k[i * n + j] * a[j];
        a[i] = s / k[i * n + i];
        sum += a[i] * a[i];
    }
    return sum;
}

/* i differs from j where it is not the diagonal, and j is i at most: the diagonal above is done. */
ADGEN_GRAD(k)
double by_rows(int n, double (*k)[4])
{
    for (int i = 0; i < n; i++)
        for (int j = 0; j <= i; j++) {
            double s = k[i][j];
            for (int p = 0; p < j; p++)
                s -= k[i][p] * k[j][p];
            if (i == j)
                k[i][i] = sqrt(s);
            else
                k[i][j] = s / k[j][j];
        }
    return k[n - 1][n - 1] * k[n - 1][0];
}

/* The branch's value is in memory, where the place behind it puts it. */
ADGEN_GRAD(k)
double one_loop(int n, double *k)
{
    for (int j = 0; j < n; j++)
        for (int i = j; i < n; i++) {
            double s = k[i * n + j];
            for (int p = 0; p < j; p++)
                s -= k[i * n + p] * k[j * n + p];
            k[i * n + j] = i == j ? sqrt(s) : s / k[j * n + j];
        }
    return k[n * n - 1] * k[n * n - n];
}

ADGEN_GRAD(k)
double gauss(int n, double *k)
{
    for (int p = 0; p < n; p++)
        for (int i = p + 1; i < n; i++) {
            k[i * n + p] /= k[p * n + p];
            for (int j = p + 1; j < n; j++)
                k[i * n + j] -= k[i * n + p] * k[p * n + j];
        }
    double sum = 0;
    for (int p = 0; p < n; p++)
        sum += log(k[p * n + p]);
    return sum;
}
