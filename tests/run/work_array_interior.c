// Work arrays of two dimensions that steps fill in part: the part that is read, in other loops of the same bounds, also
// transposed; less than what is read, so that the border keeps what it was given before; rows of different lengths.
// test: grad inside(n = 6, m = 5, steps = 3, x[6][6] ~ -1..1)
// test: grad inside(n = 2, m = 5, steps = 2, x[6][6] ~ -1..1)
// test: grad inside(n = 6, m = 1, steps = 2, x[6][6] ~ -1..1)
// test: grad border(n = 5, steps = 3, x[6][6] ~ -1..1)
// test: grad rows(n = 5, steps = 3, x[6][6] ~ -1..1)
// test: grad diagonal(n = 5, steps = 3, x[6][6] ~ -1..1)

#include <adgen.h>
#include <math.h>

ADGEN_GRAD(x)
double inside(int n, int m, int steps, const double x[6][6])
{
    double u[6][6], next[n][m], s = 0;
    for (int i = 0; i < n; i++)
        for (int j = 0; j < m; j++)
            u[i][j] = x[i][j];
    for (int k = 0; k < steps; k++) {
        for (int i = 1; i < n - 1; i++)
            for (int j = 1; j < m - 1; j++)
                next[i][j] = sin(u[i][j]) * u[i - 1][j] + u[i][j + 1];
        for (int j = 1; j < m - 1; j++)
            for (int i = 1; i < n - 1; i++)
                u[i][j] = next[i][j] * next[i][j];
    }
    for (int i = 0; i < n; i++)
        for (int j = 0; j < m; j++)
            s += u[i][j] * u[i][j] * (i + j);
    return s;
}

ADGEN_GRAD(x)
double border(int n, int steps, const double x[6][6])
{
    double u[6][6], next[6][6], s = 0;
    for (int i = 0; i < n; i++)
        for (int j = 0; j < n; j++)
            u[i][j] = next[i][j] = x[i][j];
    for (int k = 0; k < steps; k++) {
        for (int i = 1; i < n - 1; i++)
            for (int j = 1; j < n - 1; j++)
                next[i][j] = u[i][j] * u[i - 1][j - 1];
        for (int i = 0; i < n - 1; i++)
            for (int j = 1; j < n - 1; j++)
                u[i][j] = next[i][j] * next[i + 1][j];
    }
    for (int i = 0; i < n; i++)
        for (int j = 0; j < n; j++)
            s += u[i][j] * next[i][j];
    return s;
}

ADGEN_GRAD(x)
double rows(int n, int steps, const double x[6][6])
{
    double u[6][6], w[6][6], s = 0;
    for (int i = 0; i < n; i++)
        for (int j = 0; j < n; j++)
            u[i][j] = w[i][j] = x[i][j];
    for (int k = 0; k < steps; k++) {
        for (int i = 0; i < n; i++)
            for (int j = 0; j < i; j++)
                w[i][j] = u[i][j] * u[j][i];
        for (int i = 0; i < n; i++)
            for (int j = 0; j < n; j++)
                u[i][j] += 0.5 * w[i][j] * w[j][i];
    }
    for (int i = 0; i < n; i++)
        for (int j = 0; j < n; j++)
            s += u[i][j] * u[i][j];
    return s;
}

ADGEN_GRAD(x)
double diagonal(int n, int steps, const double x[6][6])
{
    double u[6], w[6][6], s = 0;
    for (int i = 0; i < n; i++) {
        u[i] = x[i][0];
        for (int j = 0; j < n; j++)
            w[i][j] = x[i][j];
    }
    for (int k = 0; k < steps; k++) {
        for (int i = 0; i < n; i++)
            w[i][i] = u[i] * u[(i + 1) % n];
        for (int i = 0; i < n; i++)
            for (int j = 0; j < n; j++)
                u[i] += 0.1 * w[i][j] * w[i][j];
    }
    for (int i = 0; i < n; i++)
        s += u[i] * u[i];
    return s;
}
