// The adjoint of a state goes to that of the next one, and from there back, plus what neighbours add: it stays where it
// is meanwhile. Not where only a part goes back, or another element, or something else comes between.
// test: grad rod(n = 2, steps = 2, x[9] ~ -1..1, c ~ 0.1..0.3)
// test: grad rod(n = 9, steps = 3, x[9] ~ -1..1, c ~ 0.1..0.3)
// test: grad plate(n = 5, m = 6, steps = 3, x[5][6] ~ -1..1, c[5][6] ~ 0.1..0.3)
// test: grad plain(n = 6, steps = 2, x[6] ~ -1..1)
// test: grad turned(n = 4, steps = 3, x[4][4] ~ -1..1)
// test: grad scaled(n = 7, steps = 3, x[7] ~ -1..1)
// test: grad part(n = 8, steps = 3, x[8] ~ -1..1)
// test: grad between(n = 8, steps = 3, x[8] ~ -1..1)
// test: grad overwritten(n = 8, steps = 3, x[8] ~ -1..1)

#include <adgen.h>

ADGEN_GRAD(x, c)
double rod(int n, int steps, const double *x, double c)
{
    double u[n], next[n], s = 0;
    for (int i = 0; i < n; i++)
        u[i] = x[i];
    for (int k = 0; k < steps; k++) {
        for (int i = 1; i < n - 1; i++)
            next[i] = u[i] + c * (u[i - 1] * u[i + 1] - 2 * u[i]);
        for (int i = 1; i < n - 1; i++)
            u[i] = next[i];
    }
    for (int i = 0; i < n; i++)
        s += u[i] * u[i] * (i + 1);
    return s;
}

ADGEN_GRAD(x, c)
double plate(int n, int m, int steps, const double x[5][6], const double c[5][6])
{
    double u[n][m], next[n][m], s = 0;
    for (int i = 0; i < n; i++)
        for (int j = 0; j < m; j++)
            u[i][j] = x[i][j];
    for (int k = 0; k < steps; k++) {
        for (int i = 1; i < n - 1; i++)
            for (int j = 1; j < m - 1; j++)
                next[i][j] = c[i][j] * (u[i - 1][j] + u[i + 1][j] - u[i][j - 1] * u[i][j + 1]) + u[i][j];
        for (int i = 1; i < n - 1; i++)
            for (int j = 1; j < m - 1; j++)
                u[i][j] = next[i][j];
    }
    for (int i = 0; i < n; i++)
        for (int j = 0; j < m; j++)
            s += u[i][j] * u[i][j] * (i + 2 * j);
    return s;
}

// Nothing else is added.
ADGEN_GRAD(x)
double plain(int n, int steps, const double *x)
{
    double u[n], next[n], s = 0;
    for (int i = 0; i < n; i++)
        u[i] = x[i];
    for (int k = 0; k < steps; k++) {
        for (int i = 1; i < n; i++)
            next[i] = u[i];
        s += u[1] * u[2] * k;
        for (int i = 1; i < n; i++)
            u[i] = next[i];
        u[2] *= 0.5;
    }
    for (int i = 0; i < n; i++)
        s += u[i] * u[i];
    return s;
}

// What goes back goes elsewhere.
ADGEN_GRAD(x)
double turned(int n, int steps, const double x[4][4])
{
    double u[n][n], next[n][n], s = 0;
    for (int i = 0; i < n; i++)
        for (int j = 0; j < n; j++)
            u[i][j] = x[i][j];
    for (int k = 0; k < steps; k++) {
        for (int i = 1; i < n; i++)
            for (int j = 1; j < n; j++)
                next[j][i] = u[i][j] + 0.1 * u[i - 1][j] * u[i][j - 1];
        for (int i = 1; i < n; i++)
            for (int j = 1; j < n; j++)
                u[i][j] = next[i][j];
    }
    for (int i = 0; i < n; i++)
        for (int j = 0; j < n; j++)
            s += u[i][j] * u[i][j] * (i + 3 * j);
    return s;
}

ADGEN_GRAD(x)
double scaled(int n, int steps, const double *x)
{
    double u[n], next[n], s = 0;
    for (int i = 0; i < n; i++)
        u[i] = x[i];
    for (int k = 0; k < steps; k++) {
        for (int i = 1; i < n - 1; i++)
            next[i] = u[i - 1] * u[i + 1] - u[i];
        for (int i = 1; i < n - 1; i++)
            u[i] = next[i];
        for (int i = 1; i < n - 1; i++)
            next[i] = u[i - 1] * u[i + 1] + 3 * u[i];
        for (int i = 1; i < n - 1; i++)
            u[i] = 0.2 * next[i];
    }
    for (int i = 0; i < n; i++)
        s += u[i] * u[i];
    return s;
}

// Loops of different lengths.
ADGEN_GRAD(x)
double part(int n, int steps, const double *x)
{
    double u[n], next[n], s = 0;
    for (int i = 0; i < n; i++)
        u[i] = next[i] = x[i];
    for (int k = 0; k < steps; k++) {
        for (int i = 2; i < n - 1; i++)
            next[i] = u[i] + 0.1 * u[i - 1];
        for (int i = 1; i < n - 1; i++)
            u[i] = next[i];
    }
    for (int i = 0; i < n; i++)
        s += u[i] * u[i];
    return s;
}

// The state is read, and written, between.
ADGEN_GRAD(x)
double between(int n, int steps, const double *x)
{
    double u[n], next[n], s = 0;
    for (int i = 0; i < n; i++)
        u[i] = x[i];
    for (int k = 0; k < steps; k++) {
        for (int i = 1; i < n - 1; i++)
            next[i] = u[i] + 0.1 * u[i - 1];
        u[3] *= 0.5;
        for (int i = 1; i < n - 1; i++)
            u[i] = next[i] + 0.2 * u[i + 1];
    }
    for (int i = 0; i < n; i++)
        s += u[i] * u[i];
    return s;
}

// The next state's element changes before it goes on; so do its neighbours.
ADGEN_GRAD(x)
double overwritten(int n, int steps, const double *x)
{
    double u[n], next[n], s = 0;
    for (int i = 0; i < n; i++)
        u[i] = next[i] = x[i];
    for (int k = 0; k < steps; k++) {
        for (int i = 1; i < n - 1; i++)
            next[i] = u[i] + 0.1 * u[i - 1];
        next[3] = next[2] * next[4];
        for (int i = 1; i < n - 1; i++) {
            u[i] = next[i];
            next[i - 1] = 0.5 * u[i];
        }
    }
    for (int i = 0; i < n; i++)
        s += u[i] * u[i] * (i + 1) + next[i] * next[i];
    return s;
}
