/*
 * The adjoint of cholesky_likelihood by hand. With w = A^-1 b the adjoints are b_bar = w and A_bar = (A^-1 - w w') / 2,
 * each off-diagonal element standing for two. The inverse takes as many operations as going back through the
 * factorisation would, but its two loops are sums of rows: L^-1 in the place of L, row by row, then the products of its
 * columns, added straight to A_bar.
 */
#include <math.h>
#include <stdlib.h>

double cholesky_likelihood_by_hand(int n, const double a[n][n], const double b[n], double a_bar[n][n], double b_bar[n]);

double cholesky_likelihood_by_hand(int n, const double a[n][n], const double b[n], double a_bar[n][n], double b_bar[n])
{
    const size_t N = (size_t)n;
    double(*const l)[n] = malloc(N * sizeof *l);
    double *const row = malloc(3 * N * sizeof *row), *const z = row + N, *const w = z + N;
    if (!l || !row)
        abort();

    for (int i = 0; i < n; i++) {
        for (int j = 0; j < i; j++) {
            double sum = a[i][j];
            for (int k = 0; k < j; k++)
                sum -= l[i][k] * l[j][k];
            l[i][j] = sum / l[j][j];
        }
        double sum = a[i][i];
        for (int k = 0; k < i; k++)
            sum -= l[i][k] * l[i][k];
        l[i][i] = sqrt(sum);
    }
    double value = 0.0;
    for (int i = 0; i < n; i++) {
        double sum = b[i];
        for (int k = 0; k < i; k++)
            sum -= l[i][k] * z[k];
        z[i] = sum / l[i][i];
        value += 0.5 * z[i] * z[i] + log(l[i][i]);
    }

    for (int i = 0; i < n; i++) {
        double *const restrict of = l[i], *const restrict sum = row;
        const double by_pivot = 1.0 / of[i];
        for (int j = 0; j < i; j++)
            sum[j] = 0.0;
        for (int k = 0; k < i; k++) {
            const double *const restrict above = l[k];
            const double t = of[k];
            for (int j = 0; j <= k; j++)
                sum[j] += t * above[j];
        }
        for (int j = 0; j < i; j++)
            of[j] = -sum[j] * by_pivot;
        of[i] = by_pivot;
        w[i] = 0.0;
    }
    for (int k = 0; k < n; k++)
        for (int j = 0; j <= k; j++)
            w[j] += l[k][j] * z[k];
    for (int i = 0; i < n; i++) {
        double *const restrict out = a_bar[i];
        const double wi = w[i];
        double diagonal = -wi * wi;
        for (int j = 0; j < i; j++)
            out[j] -= wi * w[j];
        for (int k = i; k < n; k++) {
            const double *const restrict of = l[k];
            const double t = of[i];
            for (int j = 0; j < i; j++)
                out[j] += t * of[j];
            diagonal += t * t;
        }
        out[i] += 0.5 * diagonal;
        b_bar[i] += wi;
    }
    free(l);
    free(row);
    return value;
}
