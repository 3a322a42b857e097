// Variables for pointers to rows of run-time size: exchanged, moved on, kept, after their extents have changed,
// and where there are no rows.
// test: grad exchanged(n = 4, m = 3, steps = 3, x[4][3] ~ -1..1)
// test: grad exchanged(n = 4, m = 3, steps = 0, x[4][3] ~ -1..1)
// test: grad changed(n = 5, x[30] ~ -1..1)
// test: grad parameters(n = 3, steps = 3, x[3][3] ~ -1..1, work[3][3] ~ -1..1)
// test: grad parameters(n = 3, steps = 2, x[3][3] ~ -1..1, work[3][3] ~ -1..1)
// test: grad conditional(n = 3, m = 2, x[6] ~ -1..1)
// test: grad conditional(n = 3, m = 0, x[1] ~ -1..1)
// test: grad deep(n = 2, m = 3, steps = 3, x[2][3][2] ~ -1..1)
// test: grad unlike(n = 3, m = 4, steps = 3, x[12] ~ -1..1)
// test: grad walked(n = 3, m = 4, x[3][4] ~ -1..1)
// no-dual: arrays of variable length

#include <adgen.h>
#include <math.h>

ADGEN_GRAD(x)
double exchanged(int n, int m, int steps, const double x[n][m])
{
    double a[n][m], b[n][m], s = 0;
    for (int i = 0; i < n; i++)
        for (int j = 0; j < m; j++) {
            a[i][j] = x[i][j] * x[i][j];
            b[i][j] = 0;
        }
    double(*p)[m] = a, (*q)[m] = b;
    for (int k = 0; k < steps; k++) {
        for (int i = 1; i < n - 1; i++)
            for (int j = 1; j < m; j++)
                q[i][j] = p[i][j] * p[i + 1][j] + p[i][j - 1];
        double(*h)[m] = p;
        p = q;
        q = h;
        s += p[1][1];
    }
    for (int i = 0; i < n; i++)
        for (int j = 0; j < m; j++)
            s += p[i][j] * p[i][j] + q[i][0];
    return s;
}

// The extents are those at the declaration.
ADGEN_GRAD(x)
double changed(int n, const double *x)
{
    double a[n][n + 1], b[n][n + 1], s = 1;
    for (int i = 0; i < n; i++)
        for (int j = 0; j <= n; j++) {
            a[i][j] = x[i * (n + 1) + j];
            b[i][j] = a[i][j] * s;
        }
    double(*p)[n + 1] = a, (*q)[n + 1] = b;
    for (int rows = n; n-- > 1;) {
        for (int j = 1; j <= rows; j++)
            q[n][j] += p[n - 1][j] * p[n][j - 1];
        double(*h)[rows + 1] = p;
        p = q;
        q = h;
    }
    return s + sin(p[n + 1][2] * q[n + 1][1]);
}

ADGEN_GRAD(x, work)
double parameters(int n, int steps, double x[n][n], double work[n][n])
{
    double(*now)[n] = x, (*next)[n] = work, s = 0;
    for (int k = 0; k < steps; k++) {
        for (int i = 0; i < n; i++)
            for (int j = 0; j < n; j++)
                next[i][j] = now[i][j] * now[j][i] + 0.5 * now[n - 1 - i][j];
        double(*h)[n] = now;
        now = next;
        next = h;
    }
    for (int i = 0; i < n; i++)
        s += now[i][i] * next[i][0];
    return s;
}

// There may be no rows, and then no array.
static double sum_of(int n, int m, const double *x, double t)
{
    double a[n][m], s = 0, (*p)[m] = a;
    for (int i = 0; i < n * m; i++)
        a[i / m][i % m] = x[i] * t;
    for (int i = 0; i < n; i++) {
        s += (*p)[m - 1] * (*p)[0];
        p++;
    }
    return s;
}

ADGEN_GRAD(x)
double conditional(int n, int m, const double *x)
{
    double s = 1;
    if (m > 0)
        s = sum_of(n, m, x, s);
    if (m > 1)
        s += sum_of(n, m, x, s);
    return s;
}

ADGEN_GRAD(x)
double deep(int n, int m, int steps, const double x[n][m][2])
{
    double a[n][m][2], b[n][m][2], s = 0;
    for (int i = 0; i < n; i++)
        for (int j = 0; j < m; j++)
            for (int k = 0; k < 2; k++) {
                a[i][j][k] = x[i][j][k] * x[i][j][1 - k];
                b[i][j][k] = x[i][j][k] * i;
            }
    double(*p)[m][2] = a, (*q)[m][2] = b;
    for (int t = 0; t < steps; t++) {
        double(*row)[2] = p[n - 1];
        for (int j = 0; j < m; j++, row++)
            s += s * (*row)[0] + q[0][j][1] * row[0][1];
        double(*h)[m][2] = p;
        p = q;
        q = h;
    }
    return s;
}

// Pointers of one type to rows of other extents.
ADGEN_GRAD(x)
double unlike(int n, int m, int steps, const double *x)
{
    double a[n][m], b[m][n], s = 1;
    for (int i = 0; i < n; i++)
        for (int j = 0; j < m; j++)
            a[i][j] = b[j][i] = x[i * m + j];
    for (int k = 0; k < steps; k++) {
        double(*p)[m] = a;
        for (int i = 0; i < n; i++)
            s += s * (*p++)[k];
        double(*q)[n] = b;
        for (int i = 0; i < m; i++)
            s += s * (*q++)[k];
    }
    return s;
}

ADGEN_GRAD(x)
double walked(int n, int m, double x[n][m])
{
    double s = 1, (*p)[m] = x;
    while (p < x + n && s < 100) {
        for (int j = 0; j < m; j++)
            p[0][j] *= s + (double)(p - x);
        s += (*p)[m - 1] * p[0][0];
        p++;
    }
    while (p-- > x)
        s += s * (*p)[1];
    return s;
}
