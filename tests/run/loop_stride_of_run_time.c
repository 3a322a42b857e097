// Loops whose step is known at run time only: up and down, to a bound and past it, not at all, and one inside another.
// test: grad up(n = 10, s = 3, x[10] ~ -1..1)
// test: grad up(n = 9, s = 3, x[9] ~ -1..1)
// test: grad up(n = 1, s = 7, x[1] ~ -1..1)
// test: grad up(n = 0, s = 0, x[1] ~ -1..1)
// test: grad closed(n = 9, s = 4, x[10] ~ -1..1)
// test: grad closed(n = 8, s = 4, x[9] ~ -1..1)
// test: grad down(n = 9, s = 2, x[10] ~ -1..1)
// test: grad down(n = 0, s = 0, x[1] ~ -1..1)
// test: grad by_negative(n = 9, s = -2, x[10] ~ -1..1)
// test: grad back_by_negative(n = 9, s = -2, x[9] ~ -1..1)
// test: grad carried(n = 11, s = 2, x[16] ~ 0.5..1.5)
// test: grad carried(n = -3, s = -2, x[16] ~ 0.5..1.5)
// test: grad wide(n = 11, s = 4, x[11] ~ -1..1)
// test: grad overwritten(n = 9, x[9] ~ 0.5..1.5)
// test: grad unsigned_steps(n = 9, s = 2, x[9] ~ -1..1)
// test: grad unsigned_steps(n = 9, s = 4294967295, x[9] ~ -1..1)
// test: grad whole_blocks(n = 11, size = 4, x[11] ~ 0.5..1.5)
// test: grad whole_blocks(n = 8, size = 4, x[8] ~ 0.5..1.5)
// test: grad whole_blocks(n = 3, size = 4, x[3] ~ 0.5..1.5)
// test: grad compared_wide(n = 9, s = 2, x[9] ~ -1..1)
// test: grad compared_wide(n = 9, s = -1, x[9] ~ -1..1)
// test: grad pairs(n = 12, m = 9, x[12] ~ 0.5..1.5)
// test: grad pairs(n = 7, m = 4, x[12] ~ 0.5..1.5)
// test: grad pairs(n = 7, m = 3, x[12] ~ 0.5..1.5)
// test: grad pairs(n = 1, m = 12, x[12] ~ 0.5..1.5)

#include <adgen.h>
#include <stddef.h>

ADGEN_GRAD(x)
double up(int n, int s, const double *x)
{
    double sum = 0.0;
    for (int i = 0; i < n; i += s)
        sum += x[i] * x[i] * (i + 1);
    return sum;
}

ADGEN_GRAD(x)
double closed(int n, int s, const double *x)
{
    double product = 1.0;
    for (int i = 1; i <= n; i += s)
        product *= 1.0 + 0.1 * x[i];
    return product;
}

ADGEN_GRAD(x)
double down(int n, int s, const double *x)
{
    double product = 1.0;
    for (int i = n; i > 0; i -= s)
        product *= 1.0 + 0.1 * x[i];
    return product;
}

ADGEN_GRAD(x)
double by_negative(int n, int s, const double *x)
{
    double product = 1.0;
    for (int i = n; i >= 0; i += s)
        product *= 1.0 + 0.1 * x[i];
    return product;
}

ADGEN_GRAD(x)
double back_by_negative(int n, int s, const double *x)
{
    double product = 1.0;
    for (int i = 0; i < n; i -= s)
        product *= 1.0 + 0.1 * x[i];
    return product;
}

// What counts is read behind the loop, and the state of the loop depends on itself.
ADGEN_GRAD(x)
double carried(int n, int s, const double *x)
{
    double y = x[0];
    int i = 2;
    while (i < n) {
        y = y * x[i] + 0.5 * y * y;
        i += s;
    }
    return y * x[i];
}

ADGEN_GRAD(x)
double wide(long n, short s, const double *x)
{
    double w[11], sum = 0.0;
    for (long i = 0; i < n; i++)
        w[i] = x[i];
    for (long from = 0; from < n; from += s)
        for (long i = from; i < n && i < from + s; i++)
            w[i] = w[i] * w[from] * 0.7;
    for (long i = 0; i < n; i++)
        sum += w[i] * w[i];
    return sum;
}

// The step changes with the loop around.
ADGEN_GRAD(x)
double overwritten(int n, const double *x)
{
    double w[9], sum = 0.0;
    for (int i = 0; i < n; i++)
        w[i] = x[i];
    for (int step = 1; step < n; step *= 2)
        for (int i = step; i < n; i += step)
            w[i] *= 0.9 * w[i - step];
    for (int i = 0; i < n; i++)
        sum += w[i];
    return sum;
}

// Unsigned, a step may be a negative number in disguise: down from the top, and from 0 past all bounds at once.
ADGEN_GRAD(x)
double unsigned_steps(unsigned n, unsigned s, const double *x)
{
    double product = 1.0;
    for (unsigned i = n - 1; i < n; i += s)
        product *= 1.0 + 0.1 * x[i];
    for (unsigned i = 0; i < n; i += s)
        product *= 1.0 + 0.1 * x[i];
    return product;
}

ADGEN_GRAD(x)
double whole_blocks(size_t n, size_t size, const double *x)
{
    double product = 1.0;
    size_t i = 0;
    for (; i + size <= n; i += size)
        for (size_t j = i; j < i + size; j++)
            product *= 1.0 + 0.1 * x[j] * x[i];
    for (; i < n; i++)
        product *= 1.0 + 0.2 * x[i];
    return product;
}

// Compared with a size_t, a negative counter is behind every bound.
ADGEN_GRAD(x)
double compared_wide(size_t n, int s, const double *x)
{
    double product = 1.0;
    for (int i = 0; i < n; i += s)
        product *= 1.0 + 0.1 * x[i];
    return product;
}

// Steps that the body computes, and a bound that has wrapped around where the loop is not come to.
ADGEN_GRAD(x)
double pairs(int n, size_t m, const double *x)
{
    double w[12] = {0}, sum = 0.0;
    for (int i = 0; i < n; i++)
        w[i] = x[i];
    for (int half = 1; half < n; half *= 2)
        for (int i = 0; i + half < n; i += 2 * half)
            w[i] = 0.9 * w[i] * w[i + half];
    if (m > 4)
        for (size_t i = 0; i < m - 4; i += (size_t)n)
            sum += w[i] * x[i];
    if (m > 3)
        for (size_t i = 0; i <= m - 4; i += (size_t)n)
            sum += w[i] * x[i];
    return sum + w[0];
}
