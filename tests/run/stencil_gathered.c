// What a loop adds to neighbours is gathered: three points and five, one array and two, ends that are not in the loop,
// loops that are shorter than the stencil is wide, a start that is not constant, sums and cleared work arrays beside it.
// test: grad three(n = 1, x[1] ~ -1..1, w[3] ~ 0.5..1)
// test: grad three(n = 2, x[2] ~ -1..1, w[3] ~ 0.5..1)
// test: grad three(n = 3, x[3] ~ -1..1, w[3] ~ 0.5..1)
// test: grad three(n = 4, x[4] ~ -1..1, w[3] ~ 0.5..1)
// test: grad three(n = 29, x[29] ~ -1..1, w[3] ~ 0.5..1)
// test: grad five(from = 2, to = 2, x[20] ~ -1..1, y[20] ~ -1..1)
// test: grad five(from = 2, to = 5, x[20] ~ -1..1, y[20] ~ -1..1)
// test: grad five(from = 3, to = 7, x[20] ~ -1..1, y[20] ~ -1..1)
// test: grad five(from = 7, to = 4, x[20] ~ -1..1, y[20] ~ -1..1)
// test: grad five(from = 2, to = 18, x[20] ~ -1..1, y[20] ~ -1..1)
// test: grad one_sided(n = 4, x[8] ~ -1..1)
// test: grad one_sided(n = 8, x[8] ~ -1..1)
// test: grad plane(n = 1, m = 9, steps = 2, x[5][12] ~ -1..1, c[5][12] ~ 0.5..1)
// test: grad plane(n = 4, m = 3, steps = 2, x[5][12] ~ -1..1, c[5][12] ~ 0.5..1)
// test: grad plane(n = 5, m = 12, steps = 3, x[5][12] ~ -1..1, c[5][12] ~ 0.5..1)
// test: grad torus(n = 1, steps = 2, x[6][6] ~ -1..1)
// test: grad torus(n = 2, steps = 2, x[6][6] ~ -1..1)
// test: grad torus(n = 4, steps = 2, x[6][6] ~ -1..1)
// test: grad torus(n = 6, steps = 2, x[6][6] ~ -1..1)
// test: grad unsigned_counter(n = 1, x[12] ~ -1..1)
// test: grad unsigned_counter(n = 3, x[12] ~ -1..1)
// test: grad unsigned_counter(n = 12, x[12] ~ -1..1)

#include <adgen.h>
#include <math.h>
#include <stddef.h>

ADGEN_GRAD(x, w)
double three(int n, const double *x, const double *w)
{
    double s = 0;
    for (int i = 1; i < n - 1; i++) {
        const double y = w[0] * x[i - 1] + w[1] * x[i] * x[i] + w[2] * x[i + 1];
        s += y * y;
    }
    return s;
}

ADGEN_GRAD(x, y)
double five(int from, int to, const double *x, const double *y)
{
    double s = 0;
    for (int i = from; i < to; i++)
        s += (x[i - 2] - 8 * x[i - 1] + 8 * x[i + 1] - x[i + 2]) * (y[i + 1] + y[i]) * exp(x[i]) * y[2 * i % 20];
    for (int i = from; i < to; i++)
        s += (x[i - 2] - 8 * x[i - 1] + 8 * x[i + 1] - x[i + 2]) * (y[i + 1] + y[i]) * x[i];
    return s;
}

ADGEN_GRAD(x)
double one_sided(int n, const double *x)
{
    double s = 0;
    for (int i = 0; i < n - 3; i++)
        s += x[i] * x[i + 1] + x[i + 3];
    return s * s;
}

ADGEN_GRAD(x, c)
double plane(int n, int m, int steps, const double x[5][12], const double c[5][12])
{
    double u[n][m], next[n][m], s = 0;
    for (int i = 0; i < n; i++)
        for (int j = 0; j < m; j++)
            u[i][j] = x[i][j];
    for (int k = 0; k < steps; k++) {
        for (int i = 1; i < n - 1; i++)
            for (int j = 1; j < m - 1; j++)
                next[i][j] = u[i][j] + c[i][j] * (u[i - 1][j] + u[i + 1][j] + u[i][j - 1] * u[i][j + 1] - 4 * u[i][j]);
        for (int i = 1; i < n - 1; i++)
            for (int j = 1; j < m - 1; j++)
                u[i][j] = next[i][j];
    }
    for (int i = 0; i < n; i++)
        for (int j = 0; j < m; j++)
            s += u[i][j] * u[i][j];
    return s;
}

ADGEN_GRAD(x)
double torus(int n, int steps, const double x[6][6])
{
    double u[n][n], du[n][n], s = 0;
    for (int i = 0; i < n; i++)
        for (int j = 0; j < n; j++)
            u[i][j] = x[i][j];
    for (int k = 0; k < steps; k++) {
        for (int i = 0; i < n; i++)
            for (int j = 0; j < n; j++) {
                const int up = i > 0 ? i - 1 : n - 1, down = i < n - 1 ? i + 1 : 0;
                const int left = j > 0 ? j - 1 : n - 1, right = j < n - 1 ? j + 1 : 0;
                du[i][j] = u[up][j] * u[down][j] + u[i][left] * 0.5 - u[i][right] * u[i][j];
            }
        for (int i = 0; i < n; i++)
            for (int j = 0; j < n; j++)
                u[i][j] += 0.1 * du[i][j];
    }
    for (int i = 0; i < n; i++)
        for (int j = 0; j < n; j++)
            s += u[i][j] * u[i][j] * (i + 2 * j);
    return s;
}

ADGEN_GRAD(x)
double unsigned_counter(size_t n, const double *x)
{
    double s = 0;
    for (size_t i = 1; i + 1 < n; i++)
        s += (x[i - 1] - 2 * x[i] + x[i + 1]) * x[i];
    return s;
}
