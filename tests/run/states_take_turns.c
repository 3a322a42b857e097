// States that are copied back from a work array: in part, two at a time, read behind the copy, under conditions, and
// where the array cannot take turns with the state, since the part changes or something else is written.
// test: grad inner(n = 5, m = 4, steps = 3, u[20] ~ -1..1, c ~ 0.1..0.3)
// test: grad inner(n = 5, m = 4, steps = 4, u[20] ~ -1..1, c ~ 0.1..0.3)
// test: grad inner(n = 1, m = 1, steps = 2, u[1] ~ -1..1, c ~ 0.1..0.3)
// test: grad inner(n = 3, m = 3, steps = 0, u[9] ~ -1..1, c ~ 0.1..0.3)
// test: grad both(n = 6, u[6] ~ 0.1..1, tolerance = 0.3)
// test: grad shrinking(n = 9, u[9] ~ -1..1)
// test: grad edges(n = 6, steps = 3, u[6] ~ -1..1)
// test: grad edges(n = 6, steps = 2, u[6] ~ -1..1)
// test: grad wider(n = 6, steps = 3, u[6] ~ -1..1)
// test: grad again(n = 5, steps = 3, u[5] ~ -1..1)

#include <adgen.h>

// What is outside of the part is read as well, in the steps and behind them; the state is then written on.
ADGEN_GRAD(u, c)
double inner(int n, int m, int steps, const double *u, double c)
{
    double v[n][m], next[n][m], s = 0;
    for (int i = 0; i < n; i++)
        for (int j = 0; j < m; j++)
            v[i][j] = u[i * m + j];
    for (int t = 0; t < steps; t++) {
        for (int i = 1; i < n - 1; i++)
            for (int j = 1; j < m - 1; j++)
                next[i][j] = v[i][j] + c * (v[i - 1][j] + v[i + 1][j] * v[i][j - 1] - v[i][j + 1]);
        for (int i = 1; i < n - 1; i++)
            for (int j = 1; j < m - 1; j++)
                v[i][j] = next[i][j];
    }
    for (int i = 0; i < n; i++)
        v[i][0] *= v[i][m - 1];
    for (int i = 0; i < n; i++)
        for (int j = 0; j < m; j++)
            s += v[i][j] * v[i][j];
    return s;
}

// Two states, copied by one loop, until a break; the new state is read in the step that copies it.
ADGEN_GRAD(u)
double both(int n, const double *u, double tolerance)
{
    double a[n], b[n], next_a[n], next_b[n], s = 0;
    for (int i = 0; i < n; i++) {
        a[i] = u[i];
        b[i] = 1 - u[i];
    }
    for (int t = 0; t < 20; t++) {
        for (int i = 2; i < n; i++) {
            next_a[i] = 0.5 * a[i] * b[i - 2];
            next_b[i] = 0.5 * (b[i - 1] + a[i] * a[i]);
        }
        double change = 0;
        for (int i = 2; i < n; i++) {
            change += (a[n - 1] - next_a[i]) * (a[n - 1] - next_a[i]);
        }
        for (int i = 2; i < n; i++) {
            a[i] = next_a[i];
            b[i] = next_b[i];
        }
        s += a[n - 1] * b[1] + b[2] * a[0];
        if (change < tolerance)
            break;
    }
    for (int i = 0; i < n; i++)
        s += a[i] * b[n - 1 - i];
    return s;
}

// The part shrinks: what a step leaves out was written by another one.
ADGEN_GRAD(u)
double shrinking(int n, const double *u)
{
    double v[n], s = 0;
    for (int i = 0; i < n; i++)
        v[i] = u[i];
    for (int m = n; m > 1; m--) {
        double next[n];
        for (int i = 0; i < m; i++)
            next[i] = v[i] * v[m - 1 - i] + 0.5 * v[n - 1];
        for (int i = 0; i < m; i++)
            v[i] = next[i];
    }
    for (int i = 0; i < n; i++)
        s += v[i] * (i + 1);
    return s;
}

// The edges of the state are written too.
ADGEN_GRAD(u)
double edges(int n, int steps, const double *u)
{
    double v[n], s = 0;
    for (int i = 0; i < n; i++)
        v[i] = u[i];
    for (int t = 0; t < steps; t++) {
        double next[n];
        v[0] = v[1] * v[n - 1];
        for (int i = 1; i < n - 1; i++)
            next[i] = v[i - 1] * v[i + 1] + 0.5;
        for (int i = 1; i < n - 1; i++)
            v[i] = next[i];
        v[n - 1] = 0.5 * v[n - 2];
    }
    for (int i = 0; i < n; i++)
        s += v[i] * v[i] * (i + 1);
    return s;
}

// More of the work array is written than is copied.
ADGEN_GRAD(u)
double wider(int n, int steps, const double *u)
{
    double v[n], s = 0;
    for (int i = 0; i < n; i++)
        v[i] = u[i];
    for (int t = 0; t < steps; t++) {
        double next[n];
        for (int i = 0; i < n; i++)
            next[i] = v[i] * v[n - 1 - i] + 0.5 * v[0];
        for (int i = 1; i < n; i++)
            v[i] = next[i];
        s += v[0] + next[0];
    }
    for (int i = 0; i < n; i++)
        s += v[i] * v[i];
    return s;
}

// The work array is written again behind the copy; the next one's copy is read there.
ADGEN_GRAD(u)
double again(int n, int steps, const double *u)
{
    double v[n], w[n], s = 0;
    for (int i = 0; i < n; i++)
        v[i] = w[i] = u[i];
    for (int t = 0; t < steps; t++) {
        double next[n], other[n];
        for (int i = 1; i < n; i++)
            next[i] = v[i - 1] * v[i] + 0.5 * w[n - i];
        for (int i = 1; i < n; i++)
            v[i] = next[i];
        for (int i = 1; i < n; i++)
            next[i] *= v[n - i];
        for (int i = 1; i < n; i++)
            other[i] = w[i] * v[i] + next[i] + w[0];
        for (int i = 1; i < n; i++)
            w[i] = other[i];
    }
    for (int i = 0; i < n; i++)
        s += v[i] * w[i];
    return s;
}
