// Rows that are summed up four at a time: fewer than four, a multiple, some left over; whose results the next step
// reads, are all added to the same elements, or lie behind what they are made of in the same array. And rows that have
// to wait for one another: by an element that a later one reads or writes, or by what the outer loop carries.
// test: grad chain(steps = 3, n = 3, a[9] ~ -1..1, x[3] ~ -1..1)
// test: grad chain(steps = 3, n = 8, a[64] ~ -0.5..0.5, x[8] ~ -1..1)
// test: grad chain(steps = 2, n = 11, a[121] ~ -0.5..0.5, x[11] ~ -1..1)
// test: grad chain(steps = 2, n = 0, a[1] ~ 1, x[1] ~ 1)
// test: vjp spread(n = 10, m = 5, a[50] ~ -1..1, x[10] ~ -1..1, y[5] > -1..1)
// test: vjp spread(n = 0, m = 5, a[5] ~ -1..1, x[1] ~ -1..1, y[5] > -1..1)
// test: vjp behind(n = 9, a[81] = -1..1, x[18] ~ -1..1)
// test: vjp overlapping(n = 9, a[81] = -1..1, x[17] ~ -1..1)
// test: vjp seidel(n = 9, a[81] = -0.3..0.3, y[9] ~ -1..1)
// test: vjp scattered(n = 9, m = 4, a[36] ~ -1..1, x[4] ~ -1..1, at[9] = 0 1 0 2 2 1 0 1 2, y[3] > -1..1)
// test: vjp window(n = 9, m = 11, x[9] ~ -1..1, w[11] ~ -1..1, y[20] > -1..1)
// test: grad running(n = 9, m = 4, a[36] ~ -1..1, x[4] ~ -1..1)
// test: grad triangle(n = 13, a[169] ~ -1..1, x[13] ~ -1..1)
// test: grad unsigned_counters(n = `(size_t)10`, m = 9, a[90] ~ -1..1, x[9] ~ -1..1)
// test: vjp product(n = 5, k = 9, m = 10, a[45] ~ -1..1, b[90] ~ -1..1, c[50] > -1..1)
#include <adgen.h>
#include <math.h>
#include <stddef.h>

ADGEN_GRAD(a, x)
double chain(int steps, int n, const double *a, const double *x)
{
    double v[n + 1], next[n + 1], sum = 0.0;
    for (int i = 0; i < n; i++)
        v[i] = x[i];
    for (int s = 0; s < steps; s++) {
        for (int i = 0; i < n; i++) {
            next[i] = 0.0;
            for (int j = 0; j < n; j++)
                next[i] += a[i * n + j] * v[j];
        }
        for (int i = 0; i < n; i++)
            v[i] = sin(next[i]);
    }
    for (int i = 0; i < n; i++)
        sum += v[i] * v[i];
    return sum;
}

/* All rows add to y[j]; what the outer loop carries goes on from row to row. */
ADGEN_VJP(a, x)
double spread(int n, int m, const double *a, const double *x, double *y)
{
    double length = 1.0;
    for (int i = 0; i < n; i++) {
        const double s = x[i] * x[i];
        for (int j = 0; j < m; j++)
            y[j] += s * a[i * m + j];
        length = 0.5 * length * x[i] + x[i];
    }
    return length;
}

/* x[n + i] is none of x[0] to x[n - 1] ... */
ADGEN_VJP(x)
void behind(int n, const double *a, double *x)
{
    for (int i = 0; i < n; i++) {
        double s = x[n + i];
        for (int j = 0; j < n; j++)
            s += a[i * n + j] * x[j];
        x[n + i] = s;
    }
}

/* ... but x[n - 1 + i] is one of them. */
ADGEN_VJP(x)
void overlapping(int n, const double *a, double *x)
{
    for (int i = 0; i < n; i++) {
        double s = 0.0;
        for (int j = 0; j < n; j++)
            s += a[i * n + j] * x[j];
        x[n - 1 + i] = s;
    }
}

ADGEN_VJP(y)
void seidel(int n, const double *a, double *y)
{
    for (int i = 0; i < n; i++) {
        double s = 1.0;
        for (int j = 0; j < n; j++)
            s -= a[i * n + j] * y[j];
        y[i] = s;
    }
}

/* Rows may write to the same place. */
ADGEN_VJP(a, x)
void scattered(int n, int m, const double *a, const double *x, const int *at, double *y)
{
    for (int i = 0; i < n; i++) {
        double s = y[at[i]];
        for (int j = 0; j < m; j++)
            s += a[i * m + j] * x[j];
        y[at[i]] = 0.5 * s;
    }
}

/* Rows multiply what others have left, in different iterations. */
ADGEN_VJP(x, w)
void window(int n, int m, const double *x, const double *w, double *y)
{
    for (int i = 0; i < n; i++)
        for (int j = 0; j < m; j++)
            y[i + j] += x[i] * w[j] * y[i];
}

ADGEN_GRAD(a, x)
double running(int n, int m, const double *a, const double *x)
{
    double scale = 1.0;
    for (int i = 0; i < n; i++) {
        double s = 0.3;
        for (int j = 0; j < m; j++)
            s += a[i * m + j] * x[j] * scale;
        scale = cos(s);
    }
    return scale;
}

ADGEN_GRAD(a, x)
double triangle(int n, const double *a, const double *x)
{
    double y[n], sum = 0.0;
    for (int i = 0; i < n; i++) {
        y[i] = 0.0;
        for (int j = 0; j <= i; j++)
            y[i] += a[i * n + j] * x[j];
    }
    for (int i = 0; i < n; i++)
        sum = sum * y[i] + y[i];
    return sum;
}

ADGEN_GRAD(a, x)
double unsigned_counters(size_t n, unsigned m, const float *a, const float *x)
{
    float y[n], sum = 0.0f;
    for (size_t i = 0; i < n; i++) {
        y[i] = 0.25f;
        for (unsigned j = 0; j < m; j++)
            y[i] += a[i * m + j] * x[j];
    }
    for (size_t i = 0; i < n; i++)
        sum = 0.5f * sum * y[i] + y[i];
    return sum;
}

ADGEN_VJP(a, b)
void product(int n, int k, int m, const double *a, const double *b, double *c)
{
    for (int i = 0; i < n; i++)
        for (int j = 0; j < m; j++) {
            c[i * m + j] = 0.0;
            for (int l = 0; l < k; l++)
                c[i * m + j] += a[i * k + l] * b[l * m + j];
        }
}
