// What loops around rings add to neighbours is gathered from neighbours, in each dimension; what changes on the way,
// asks for more than a neighbour, or does not run in each iteration stays where it is.
// test: grad ring(n = 1, steps = 2, x[7] ~ -1..1, c[7] ~ 0.5..1)
// test: grad ring(n = 2, steps = 2, x[7] ~ -1..1, c[7] ~ 0.5..1)
// test: grad ring(n = 7, steps = 3, x[7] ~ -1..1, c[7] ~ 0.5..1)
// test: grad torus(n = 1, m = 2, steps = 2, x[4][12] ~ -1..1)
// test: grad torus(n = 2, m = 1, steps = 2, x[4][12] ~ -1..1)
// test: grad torus(n = 4, m = 12, steps = 3, x[4][12] ~ -1..1)
// test: grad remainders(n = 1, x[9] ~ -1..1, w ~ 0.5..1)
// test: grad remainders(n = 9, x[9] ~ -1..1, w ~ 0.5..1)
// test: grad begins_later(from = 2, n = 3, x[8] ~ -1..1)
// test: grad begins_later(from = 2, n = 8, x[8] ~ -1..1)
// test: grad begins_later(from = 8, n = 3, x[8] ~ -1..1)
// test: grad rows_of_own_length(n = 4, x[4][4] ~ -1..1)
// test: grad in_branches(n = 6, x[6] ~ -1..1)
// test: grad in_order(n = 5, x[5] ~ -1..1)
// test: grad not_a_ring(n = 6, x[6] ~ -1..1)
// test: grad cleared_on_the_way(n = 5, steps = 3, x[5] ~ -1..1)
// test: grad cleared_elsewhere(n = 5, m = 4, steps = 3, x[5] ~ -1..1)

#include <adgen.h>
#include <math.h>

ADGEN_GRAD(x, c)
double ring(int n, int steps, const double *x, const double *c)
{
    double u[n], next[n], s = 0;
    for (int i = 0; i < n; i++)
        u[i] = x[i];
    for (int k = 0; k < steps; k++) {
        for (int i = 0; i < n; i++) {
            const int left = i > 0 ? i - 1 : n - 1, right = i != n - 1 ? i + 1 : 0;
            next[i] = u[i] + c[i] * u[left] * u[i] - c[left] * u[right] * u[right];
        }
        for (int i = 0; i < n; i++)
            u[i] = next[i];
    }
    for (int i = 0; i < n; i++)
        s += u[i] * u[i] * (i + 1);
    return s;
}

ADGEN_GRAD(x)
double torus(int n, int m, int steps, const double x[4][12])
{
    double u[n][m], du[n][m], s = 0;
    for (int i = 0; i < n; i++)
        for (int j = 0; j < m; j++)
            u[i][j] = x[i][j];
    for (int k = 0; k < steps; k++) {
        for (int i = 0; i < n; i++) {
            const int up = i == 0 ? n - 1 : i - 1, down = (i + 1) % n;
            for (int j = 0; j < m; j++) {
                const int left = (j + m - 1) % m, right = j < m - 1 ? j + 1 : 0;
                du[i][j] = u[up][j] + u[down][right] * u[i][j] + u[i][left] * 0.5 - u[i][right];
            }
        }
        for (int i = 0; i < n; i++)
            for (int j = 0; j < m; j++)
                u[i][j] += 0.1 * du[i][j];
    }
    for (int i = 0; i < n; i++)
        for (int j = 0; j < m; j++)
            s += u[i][j] * u[i][j] * (i + 2 * j);
    return s;
}

// Primal and adjoint in one loop; unsigned counters are left alone.
ADGEN_GRAD(x, w)
double remainders(int n, const double *x, double w)
{
    double s = 0;
    for (int i = 0; i < n; i++) {
        const double d = x[(i + 1) % n] - w * x[(n - 1 + i) % n];
        s += d * d * x[i];
    }
    for (unsigned i = 0; i < (unsigned)n; i++)
        s += x[(i + 1) % (unsigned)n] * x[i] * w;
    return s;
}

ADGEN_GRAD(x)
double begins_later(int from, int n, const double *x)
{
    double s = 0;
    for (int i = from; i < n; i++) {
        const int left = i > from ? i - 1 : n - 1, right = i + 1 < n ? i + 1 : from;
        s += x[left] * x[i] * i + x[right] * x[i] * x[i];
    }
    return s;
}

ADGEN_GRAD(x)
double rows_of_own_length(int n, const double x[4][4])
{
    double s = 0;
    for (int i = 0; i < n; i++) {
        const int up = i > 0 ? i - 1 : n - 1;
        for (int j = 0; j <= i; j++)
            s += x[up][j] * x[i][j] * (j + 1);
    }
    return s;
}

ADGEN_GRAD(x)
double in_branches(int n, const double *x)
{
    double s = 0;
    for (int i = 0; i < n; i++) {
        const int left = i > 0 ? i - 1 : n - 1;
        if (x[i] > 0)
            s += x[left] * x[i];
        s += exp(x[left]) * x[i];
    }
    return s;
}

// Each iteration reads what the one before has left.
ADGEN_GRAD(x)
double in_order(int n, const double *x)
{
    double u[n], s = 0;
    for (int i = 0; i < n; i++)
        u[i] = x[i];
    for (int i = 0; i < n; i++) {
        const int left = i > 0 ? i - 1 : n - 1, right = i < n - 1 ? i + 1 : 0;
        u[i] = 0.5 * u[left] * u[right] + u[i];
    }
    for (int i = 0; i < n; i++)
        s += u[i] * u[i];
    return s;
}

ADGEN_GRAD(x)
double not_a_ring(int n, const double *x)
{
    double s = 0;
    for (int i = 0; i < n; i++) {
        const int left = i > 0 ? i - 1 : 0, right = i < n - 1 ? i + 1 : n - 1, far = i > 1 ? i - 1 : n - 1;
        s += x[left] * x[i] + x[right] * x[right] * x[i] + x[far] * x[i];
    }
    return s;
}

// The adjoint of u is moved to next_bar, and cleared; what is added first is stored.
ADGEN_GRAD(x)
double cleared_on_the_way(int n, int steps, const double *x)
{
    double u[n], next[n], s = 0;
    for (int i = 0; i < n; i++)
        u[i] = x[i];
    for (int k = 0; k < steps; k++) {
        for (int i = 0; i < n; i++)
            next[i] = u[n - 1 - i] * u[i];
        for (int i = 0; i < n; i++)
            u[i] = next[i] + 0.1 * next[n - 1 - i];
    }
    for (int i = 0; i < n; i++)
        s += u[i] * u[i];
    return s;
}

// Not all of what is cleared is added to, or something else comes before.
ADGEN_GRAD(x)
double cleared_elsewhere(int n, int m, int steps, const double *x)
{
    double u[n], next[n], s = 0;
    for (int i = 0; i < n; i++)
        u[i] = next[i] = x[i];
    for (int k = 0; k < steps; k++) {
        for (int i = 0; i < m; i++)
            next[i] = u[i] * u[i];
        s += u[0];
        for (int i = 0; i < n; i++)
            u[i] = next[i] * 0.5;
        for (int i = 1; i < m; i++)
            next[i] += u[i - 1] * u[i];
    }
    for (int i = 0; i < n; i++)
        s += u[i] * u[i];
    return s;
}
