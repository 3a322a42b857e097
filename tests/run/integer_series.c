// Integers that a loop steps by what its counter says: the reverse sweep finds them by their closed forms.
// test: grad triangle(n = 5, a[15] ~ -1..1, x[5] ~ -1..1)
// test: grad triangle(n = 0, a[1] ~ 1, x[1] ~ 1)
// test: grad upper(n = 5, a[10] ~ -1..1, x[5] ~ -1..1)
// test: grad by_threes(n = 11, a[100] ~ -1..1, x[11] ~ -1..1)
// test: grad downwards(n = 5, a[40] ~ -1..1, x[5] ~ -1..1)
// test: grad unsigned_step(n = 5, a[40] ~ -1..1, x[5] ~ -1..1)
// test: grad not_a_series(n = 5, a[40] ~ -1..1, x[5] ~ -1..1)

#include <adgen.h>

/* A packed lower triangle, row by row: x' A x, and state that keeps the sweeps apart. */
ADGEN_GRAD(a, x)
double triangle(int n, const double *a, const double *x)
{
    double s = 1.0;
    int row = 0;
    for (int i = 0; i < n; i++) {
        for (int j = 0; j <= i; j++)
            s += s * a[row + j] * x[i] * x[j];
        row += i + 1;
    }
    return s;
}

ADGEN_GRAD(a, x)
double upper(int n, const double *a, const double *x)
{
    double s = 1.0;
    int at = 0;
    for (int i = 0; i < n; i++)
        for (int j = i + 1; j < n; j++)
            s += s * a[at++] * x[i] * x[j];
    return s;
}

ADGEN_GRAD(a, x)
double by_threes(int n, const double *a, const double *x)
{
    double s = 1.0;
    int at = 2;
    for (int i = 1; i < n; i += 3) {
        s += 0.1 * s * s * a[at] * x[i];
        at += 2 * n - i;
    }
    return s;
}

ADGEN_GRAD(a, x)
double downwards(int n, const double *a, const double *x)
{
    double s = 1.0;
    long at = 20;
    for (int i = n - 1; i >= 0; i--) {
        s += 0.1 * s * s * a[at] * x[i];
        at -= i - 2;
    }
    return s;
}

ADGEN_GRAD(a, x)
double unsigned_step(int n, const double *a, const double *x)
{
    double s = 1.0;
    unsigned at = 39;
    for (unsigned i = 0; i < (unsigned)n; i++) {
        s += 0.1 * s * s * a[at] * x[i];
        at -= 2 * i + 1;
    }
    return s;
}

ADGEN_GRAD(a, x)
double not_a_series(int n, const double *a, const double *x)
{
    double s = 1.0;
    int at = 1;
    for (int i = 0; i < n; i++) {
        s += 0.1 * s * s * a[at] * x[i];
        at += at < 20 ? at : -1;
    }
    return s;
}
