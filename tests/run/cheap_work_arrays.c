// Work arrays whose elements cost little are computed where they are read, if what they come from is still there.
// test: grad plain(n = 5, steps = 2, u[5] ~ -1..1)
// test: grad plain(n = 1, steps = 2, u[1] ~ -1..1)
// test: grad overwritten(n = 5, steps = 2, u[5] ~ -1..1)
// test: grad partly(n = 5, steps = 2, u[5] ~ -1..1)
// test: grad matrix(n = 3, m = 4, steps = 2, u[4] ~ -1..1)
// test: grad single(n = 6, u[6] ~ -1..1)

#include <adgen.h>
#include <stddef.h>

ADGEN_GRAD(u)
double plain(int n, int steps, const double *u)
{
    double v[n], w[n], s = 0;
    for (int i = 0; i < n; i++)
        v[i] = u[i];
    for (int t = 0; t < steps; t++) {
        double flux[n];
        for (int i = 0; i < n; i++)
            flux[i] = 0.5 * v[i] * v[i];
        for (int i = 0; i < n; i++)
            w[i] = v[i] - 0.1 * (flux[i + 1 < n ? i + 1 : 0] - flux[n - 1 - i]);
        for (int i = 0; i < n; i++)
            v[i] = w[i];
    }
    for (int i = 0; i < n; i++)
        s += v[i] * v[i];
    return s;
}

// What the array was filled from is overwritten before, or while, it is read.
ADGEN_GRAD(u)
double overwritten(int n, int steps, const double *u)
{
    double v[n], s = 0;
    for (int i = 0; i < n; i++)
        v[i] = u[i];
    for (int t = 0; t < steps; t++) {
        double a[n], b[n], scale = 0.5 + t;
        for (int i = 0; i < n; i++)
            a[i] = v[i] * scale;
        for (int i = 0; i < n; i++)
            v[i] = a[n - 1 - i] * v[i];
        for (int i = 0; i < n; i++)
            b[i] = v[i] + 1;
        v[0] *= 2;
        for (int i = 0; i < n; i++)
            s += b[i] * b[i] * a[i];
    }
    return s;
}

ADGEN_GRAD(u)
double partly(int n, int steps, const double *u)
{
    double s = 0;
    for (int t = 0; t < steps; t++) {
        double a[n], b[n];
        for (int i = 0; i < n; i++)
            a[i] = u[i] + 1;
        for (int i = 1; i < n; i++)
            a[i] = u[i - 1] * t;
        for (int i = 0; i < n; i++)
            b[i] = u[i] * a[i];
        for (int i = 0; i < n; i++)
            b[i] += b[n - 1 - i];
        for (int i = 0; i < n; i++)
            s += a[i] * a[n - 1 - i] + b[i] * b[i];
    }
    return s;
}

ADGEN_GRAD(u)
double matrix(int n, int m, int steps, const double *u)
{
    double v[n][m], s = 0;
    for (int i = 0; i < n; i++)
        for (int j = 0; j < m; j++)
            v[i][j] = u[j] * (i + 1);
    for (int t = 0; t < steps; t++) {
        double square[n][m];
        for (size_t i = 0; i < (size_t)n; i++)
            for (long j = 0; j < m; j++)
                square[i][j] = v[i][j] * v[i][j];
        for (int i = 0; i < n; i++)
            for (int j = 0; j < m; j++)
                s += square[n - 1 - i][j] * square[i][m - 1 - j];
        for (int i = 0; i < n; i++)
            for (int j = 0; j < m; j++)
                v[i][j] *= 0.5;
    }
    return s;
}

// Elements are rounded to single precision.
ADGEN_GRAD(u)
double single(int n, const double *u)
{
    double s = 0;
    for (int t = 0; t < 2; t++) {
        float a[6];
        for (int i = 0; i < 6; i++)
            a[i] = (float)(u[i] * u[i]);
        for (int i = 0; i < n; i++)
            s += a[i] * a[5 - i];
    }
    return s;
}
