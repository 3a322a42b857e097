// Adjoints that a vectorisable loop adds up: too few for two sets of lanes, exactly two, several and a rest;
// from a bound in the middle, unsigned, in float, several sums at a time; sums of sums, whose lanes outlive the
// inner loop, and places that exist only where both loops run.
// test: grad dot(n = 5, x[5] = -1..1, g[5] = -1..1, w ~ 0.7)
// test: grad dot(n = 15, x[15] = -1..1, g[15] = -1..1, w ~ 0.7)
// test: grad dot(n = 16, x[16] = -1..1, g[16] = -1..1, w ~ 0.7)
// test: grad dot(n = 53, x[53] = -1..1, g[53] = -1..1, w ~ 0.7)
// test: grad matrix(n = 18, a[324] ~ -1..1, x[18] ~ -1..1)
// test: grad matrix(n = 0, a[1] ~ 1, x[1] ~ 1)
// test: grad count(n = `(size_t)37`, x[37] ~ -1..1, shift ~ 0.3, scale ~ 1.2)
// test: vjp rows(n = 37, p[37][3] = -1..1, a ~ 0.7, b ~ -0.4, c ~ 1.3, y[37] > -1..1)
// test: vjp narrow(n = 37, x[37] = -1..1, w ~ 0.7, y[37] > -1..1)
// test: grad nested(rows = 3, n = 21, x[63] = -1..1, y[63] = -1..1, a ~ 0.8, b ~ -0.3)
// test: grad nested(rows = 0, n = 21, x[63] = -1..1, y[63] = -1..1, a ~ 0.8, b ~ -0.3)
// test: vjp filter(rows = 3, n = 19, taps = 3, x[57] ~ -1..1, w[3] ~ 0.2 -0.5 0.7, y[57] > -1..1)
// test: vjp filter(rows = 0, n = 19, taps = 3, x[57] ~ -1..1, w[3] ~ 0.2 -0.5 0.7, y[57] > -1..1)
// test: vjp filter(rows = 2, n = 1, taps = 3, x[2] ~ -1..1, w[3] ~ 0.2 -0.5 0.7, y[2] > -1..1)
#include <adgen.h>
#include <math.h>
#include <stddef.h>

ADGEN_GRAD(w)
double dot(int n, const double *x, const double *g, double w)
{
    double y[n], s = 0.0;
    for (int i = 0; i < n; i++)
        y[i] = x[i] * w;
    for (int i = n - 1; i >= 0; i--)
        s = s * 0.9 + y[i] * g[i];
    return s * s;
}

/* x' L x for the lower triangle with its columns one behind the other */
ADGEN_GRAD(a, x)
double matrix(int n, const double *a, const double *x)
{
    double y[n + 1], s = 0.0;
    for (int i = 0; i < n; i++)
        y[i] = 0.0;
    for (int i = 0; i < n; i++)
        for (int j = i; j < n; j++)
            y[j] += a[i * n + j] * x[i];
    for (int i = 0; i < n; i++)
        s += y[i] * y[i];
    return s;
}

ADGEN_GRAD(x, shift, scale)
double count(size_t n, const double *x, double shift, double scale)
{
    double y[n], largest = 0.0;
    for (size_t i = 0; i < n; i++)
        y[i] = (x[i] - shift) * scale;
    for (size_t i = 0; i < n; i++)
        largest = y[i] * y[i] + 0.5 * largest;
    return largest;
}

ADGEN_VJP(w)
void narrow(int n, const float *x, float w, float *y)
{
    for (int i = 0; i < n; i++)
        y[i] = x[i] * w + 1.0f / (w + 2.0f);
}

/* Elements of short rows, three sums. */
ADGEN_VJP(a, b, c)
void rows(int n, const double (*p)[3], double a, double b, double c, double *y)
{
    for (int i = 0; i < n; i++)
        y[i] = a * p[i][0] + b * p[i][1] * c + c * p[i][2];
}

ADGEN_GRAD(a, b)
double nested(int rows, int n, const double *x, const double *y, double a, double b)
{
    double z[rows * n + 1], s = 0.0;
    z[0] = 0.0;
    for (int i = 0; i < rows; i++)
        for (int j = 0; j < n; j++)
            z[i * n + j] = a * x[i * n + j] + b * y[i * n + j];
    for (int i = 0; i < rows * n; i++)
        s = s * 0.5 + z[i] * z[i];
    return s;
}

/* What a tap adds to is there only where its rows and columns are. */
ADGEN_VJP(x, w)
void filter(int rows, int n, int taps, const double *x, const double *w, double *y)
{
    for (int t = 0; t < taps; t++) {
        int last = n - t;
        for (int i = 0; i < rows; i++)
            for (int j = 0; j < last; j++)
                y[i * n + j] += w[t] * x[i * n + j + t];
    }
}
