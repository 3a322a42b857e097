// States that are written straight into their history: copied from a work array, added to, and what must stay.
// test: grad copied(n = 5, steps = 3, u[5] ~ -1..1, c ~ 0.1..0.3)
// test: grad copied(n = 1, steps = 1, u[1] ~ -1..1, c ~ 0.1..0.3)
// test: grad copied(n = 4, steps = 0, u[4] ~ -1..1, c ~ 0.1..0.3)
// test: grad added(n = 3, m = 4, first = 9, u[4] ~ -1..1, v[4] ~ -1..1)
// test: grad added(n = 3, m = 4, first = 1, u[4] ~ -1..1, v[4] ~ -1..1)
// test: grad kept(n = 5, steps = 3, u[5] ~ -1..1)

#include <adgen.h>

ADGEN_GRAD(u, c)
double copied(int n, int steps, const double *u, double c)
{
    double v[n], next[n], s = 0;
    for (int i = 0; i < n; i++)
        v[i] = u[i];
    for (int t = 0; t < steps; t++) {
        for (int i = n - 1; i >= 0; i--)
            next[i] = v[i] + c * v[i] * v[n - 1 - i];
        for (int i = 0; i < n; i++)
            next[i] *= next[i];
        for (int i = 0; i < n; i++)
            v[i] = next[i];
    }
    for (int i = 0; i < n; i++)
        s += v[i] * v[i];
    return s;
}

// Two arrays of two dimensions, each from both, in steps of -3.
ADGEN_GRAD(u, v)
double added(int n, int m, int first, const double *u, const double *v)
{
    double a[n][m], b[n][m], s = 0;
    for (int i = 0; i < n; i++)
        for (int j = 0; j < m; j++) {
            a[i][j] = u[j] * (i + 1);
            b[i][j] = v[j] - i;
        }
    for (int t = first; t > 0; t -= 3) {
        double da[n][m];
        for (int i = 0; i < n; i++)
            for (int j = 0; j < m; j++)
                da[i][j] = a[i][m - 1 - j] * b[n - 1 - i][j];
        for (int i = 0; i < n; i++)
            for (int j = 0; j < m; j++) {
                b[i][j] += 0.1 * a[i][j] * a[i][j];
                a[i][j] -= 0.01 * da[i][j] * t;
            }
    }
    for (int i = 0; i < n; i++)
        for (int j = 0; j < m; j++)
            s += a[i][j] * b[i][j];
    return s;
}

// The next state is read before the step is over; another is read where neighbours were written already.
ADGEN_GRAD(u)
double kept(int n, int steps, const double *u)
{
    double v[n], w[n], next[n], s = 0;
    for (int i = 0; i < n; i++)
        v[i] = w[i] = u[i];
    for (int t = 0; t < steps; t++) {
        for (int i = 0; i < n; i++)
            next[i] = v[i] * w[n - 1 - i] * 0.5;
        for (int i = 0; i < n; i++)
            v[i] = next[i];
        for (int i = 0; i < n; i++)
            w[i] = w[i] * w[i > 0 ? i - 1 : 0] + next[i] * v[i];
        for (int i = 0; i < n; i++)
            s += w[i] * v[i] * next[i];
    }
    return s;
}
