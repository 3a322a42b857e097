// Grids of the caller's and on the heap: one copy a step of what a stencil reads, to the first and the last element.
// test: grad ping_pong(steps = 3, n = 4, a[16] ~ -1..1, b[16] > 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0)
// test: grad ping_pong(steps = 3, n = 2, a[4] ~ -1..1, b[4] > 0 0 0 0)
// test: grad ping_pong(steps = 3, n = 0, a[1] ~ 0.5, b[1] > 0)
// test: grad swapped(steps = 3, n = 4, a[16] ~ -1..1)
// test: grad of_short_rows(steps = 2, m = 3, u[3][4] ~ -1..1)
// test: grad mixed(steps = 2, n = 3, u[9] ~ -1..1, w[9] ~ -1..1)
// test: grad rows_in_turn(n = 3, u[9] ~ -1..1, w[9] ~ -1..1)
// test: grad three(steps = 2, n = 3, m = 2, k = 4, u[24] ~ -1..1)
// test: grad leading(steps = 2, n = 3, m = 2, ld = 4, u[12] ~ -1..1)
// test: grad last_row_is_short(steps = 2, n = 4, u[11] ~ -1..1)

#include <adgen.h>
#include <math.h>
#include <stdlib.h>

ADGEN_GRAD(a)
double ping_pong(int steps, int n, double *a, double *b)
{
    for (int t = 0; t < steps; t++) {
        for (int i = 1; i < n - 1; i++)
            for (int j = 1; j < n - 1; j++)
                b[i * n + j] = sin(a[(i - 1) * n + j] * a[(i + 1) * n + j]) + a[i * n + j - 1] * a[i * n + j + 1] -
                               a[i * n + j] * a[i * n + j];
        for (int i = 1; i < n - 1; i++)
            for (int j = 1; j < n - 1; j++)
                a[i * n + j] = b[i * n + j];
    }
    double s = 0;
    for (int i = 0; i < n * n; i++)
        s += a[i] * a[i];
    return s;
}

ADGEN_GRAD(a)
double swapped(int steps, int n, const double *a)
{
    double *now = malloc((size_t)(n * n) * sizeof *now), *next = malloc((size_t)(n * n) * sizeof *next);
    for (int i = 0; i < n * n; i++)
        now[i] = next[i] = a[i];
    for (int t = 0; t < steps; t++) {
        for (int i = 1; i < n - 1; i++)
            for (int j = 1; j < n - 1; j++)
                next[i * n + j] = cos(now[(i - 1) * n + j] * now[(i + 1) * n + j] * now[i * n + j]);
        double *other = now;
        now = next;
        next = other;
    }
    double s = 0;
    for (int i = 0; i < n * n; i++)
        s += now[i] * now[i];
    free(now);
    free(next);
    return s;
}

ADGEN_GRAD(u)
double of_short_rows(int steps, int m, double (*u)[4])
{
    double v[3][4] = {{0}};
    for (int t = 0; t < steps; t++) {
        for (int i = 0; i < m; i++)
            for (int j = 0; j < 4; j++)
                for (int k = 0; k < m; k++)
                    v[i][j] += u[k][j] * u[i][j];
        for (int i = 0; i < m; i++)
            for (int j = 0; j < 4; j++)
                u[i][j] = sin(v[i][j]);
    }
    double s = 0;
    for (int i = 0; i < m; i++)
        s += u[i][0] * u[i][3];
    return s;
}

/* The whole, rows and the diagonal are read; the matrix is squared in place. */
ADGEN_GRAD(u, w)
double mixed(int steps, int n, double *u, const double *w)
{
    double *p = malloc((size_t)(n * n) * sizeof *p);
    for (int t = 0; t < steps; t++) {
        for (int i = 0; i < n; i++)
            for (int j = 0; j < n; j++) {
                p[i * n + j] = w[i * n + j];
                for (int k = 0; k < n; k++)
                    p[i * n + j] += u[i * n + k] * u[k * n + j];
                p[i * n + j] *= u[i * n + i];
            }
        for (int i = 0; i < n; i++)
            for (int j = 0; j < n; j++)
                u[i * n + j] = tanh(p[i * n + j]);
    }
    double s = 0;
    for (int i = 0; i < n * n; i++)
        s += u[i];
    free(p);
    return s;
}

/* Each row is read again and again before it is written; those behind it wait for that. */
ADGEN_GRAD(u, w)
double rows_in_turn(int n, double *u, const double *w)
{
    double *row = malloc((size_t)n * sizeof *row);
    for (int i = 0; i < n; i++) {
        for (int j = 0; j < n; j++) {
            row[j] = 0;
            for (int k = 0; k < n; k++)
                row[j] += w[j * n + k] * u[i * n + k] * u[i * n + k];
        }
        for (int j = 0; j < n; j++)
            u[i * n + j] = sin(row[j]);
        if (i + 1 < n)
            for (int j = 0; j < n; j++)
                u[(i + 1) * n + j] *= u[i * n + j];
    }
    double s = 0;
    for (int i = 0; i < n * n; i++)
        s += u[i] * u[i];
    free(row);
    return s;
}

ADGEN_GRAD(u)
double three(int steps, int n, int m, int k, double *u)
{
    double *sum = malloc((size_t)n * sizeof *sum);
    for (int t = 0; t < steps; t++) {
        for (int a = 0; a < n; a++) {
            sum[a] = 0;
            for (int b = 0; b < m; b++)
                for (int c = 0; c < k; c++)
                    for (int d = 0; d < n; d++)
                        sum[a] += u[(a * m + b) * k + c] * u[(d * m + b) * k + c];
        }
        for (int a = 0; a < n; a++)
            for (int b = 0; b < m; b++)
                for (int c = 0; c < k; c++)
                    u[(a * m + b) * k + c] = cos(sum[a] + u[(a * m + b) * k + c]);
    }
    double s = 0;
    for (int i = 0; i < n * m * k; i++)
        s += u[i];
    free(sum);
    return s;
}

/* Nothing is known of the distance of rows. */
ADGEN_GRAD(u)
double leading(int steps, int n, int m, int ld, double *u)
{
    double sum[3];
    for (int t = 0; t < steps; t++) {
        for (int a = 0; a < n; a++) {
            sum[a] = 0;
            for (int b = 0; b < n; b++)
                for (int c = 0; c < m; c++)
                    sum[a] += u[a * ld + c] * u[b * ld + c];
        }
        for (int a = 0; a < n; a++)
            for (int c = 0; c < m; c++)
                u[a * ld + c] += sin(sum[a]);
    }
    double s = 0;
    for (int a = 0; a < n; a++)
        s += u[a * ld];
    return s;
}

/* There are only as many elements as are read: 2 n + n - 1. */
ADGEN_GRAD(u)
double last_row_is_short(int steps, int n, double *u)
{
    for (int t = 0; t < steps; t++) {
        double sum = 0;
        for (int a = 0; a < n; a++)
            for (int i = 0; i < 3; i++)
                for (int j = 0; j < n - 1; j++)
                    sum += u[i * n + j] * u[i * n + j] * (a + 1);
        for (int i = 0; i < 2 * n + n - 1; i++)
            u[i] = sin(u[i] * sum);
    }
    double s = 0;
    for (int i = 0; i < 2 * n + n - 1; i++)
        s += u[i];
    return s;
}
