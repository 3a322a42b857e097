// Loops in blocks: && of two bounds, in all orders and directions, and where the second is not to be looked at.
// test: grad tiled(n = 7, size = 3, a[7][7] ~ -1..1, x[7] ~ -1..1)
// test: grad tiled(n = 6, size = 3, a[7][7] ~ -1..1, x[6] ~ -1..1)
// test: grad tiled(n = 1, size = 8, a[7][7] ~ -1..1, x[1] ~ -1..1)
// test: grad tiled(n = 0, size = 0, a[7][7] ~ -1..1, x[1] ~ -1..1)
// test: grad window(n = 9, from = 2, width = 3, x[9] ~ -1..1)
// test: grad window(n = 9, from = 7, width = 5, x[9] ~ -1..1)
// test: grad window(n = 9, from = 2147483000, width = 3000, x[9] ~ -1..1)
// test: grad two_bounds(n = 5, m = 8, x[8] ~ -1..1)
// test: grad two_bounds(n = 8, m = 5, x[8] ~ -1..1)
// test: grad two_bounds(n = 0, m = -1, x[8] ~ -1..1)
// test: grad behind_quotient(n = 9, d = 2, x[9] ~ -1..1)
// test: grad behind_quotient(n = 0, d = 0, x[9] ~ -1..1)
// test: grad mixed(n = 6, m = 4, x[8] ~ -1..1)
// test: grad backwards(n = 8, low = 3, x[8] ~ -1..1)
// test: grad changing(n = 8, x[8] ~ 0.5..1.5)

#include <adgen.h>

ADGEN_GRAD(a, x)
double tiled(int n, int size, const double a[7][7], const double *x)
{
    double y[7] = {0}, sum = 0.0;
    for (int ii = 0; ii < n; ii += size)
        for (int jj = 0; jj < n; jj += size)
            for (int i = ii; i < n && i < ii + size; i++)
                for (int j = jj; j < jj + size && j < n; j++)
                    y[i] += a[i][j] * x[j] * x[j];
    for (int i = 0; i < n; i++)
        sum += y[i] * y[i];
    return sum;
}

ADGEN_GRAD(x)
double window(int n, int from, int width, const double *x)
{
    double product = 1.0;
    for (int i = from; i < n && i < from + width; i++)
        product *= 1.0 + 0.1 * x[i];
    return product;
}

ADGEN_GRAD(x)
double two_bounds(int n, int m, const double *x)
{
    double product = 1.0;
    int i = 0;
    for (; i < n && i < m; i++)
        product *= 1.0 + 0.1 * x[i];
    return product * x[i];
}

ADGEN_GRAD(x)
double behind_quotient(int n, int d, const double *x)
{
    double product = 1.0;
    for (int i = 0; i < n && i < n / d; i++)
        product *= 1.0 + 0.1 * x[i];
    return product;
}

ADGEN_GRAD(x)
double mixed(int n, int m, const double *x)
{
    double product = 1.0;
    for (int i = 0; i < n && i <= m; i++)
        product *= 1.0 + 0.1 * x[i];
    for (int i = 0; i < n && m > i; i++)
        product *= 1.0 + 0.1 * x[i + 1];
    return product;
}

ADGEN_GRAD(x)
double backwards(int n, int low, const double *x)
{
    double product = 1.0;
    for (int i = n - 1; i >= low && i >= 1; i--)
        product *= 1.0 + 0.1 * x[i] * x[i - 1];
    return product;
}

// A bound that the loop itself moves.
ADGEN_GRAD(x)
double changing(int n, const double *x)
{
    double product = x[0];
    int end = 3;
    for (int i = 0; i < n && i < end; i++) {
        product *= x[i];
        if (product < 1.0)
            end++;
    }
    return product;
}
