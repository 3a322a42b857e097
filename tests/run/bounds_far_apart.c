// Bounds that say that nothing is to be done, in loops over neighbours: the end before the begin, INT_MAX and INT_MIN.
// test: grad f(lo = 2, hi = 1, x[9] ~ -1..1)
// test: grad f(lo = 2, hi = 2, x[9] ~ -1..1)
// test: grad f(lo = 1, hi = 2, x[9] ~ -1..1)
// test: grad f(lo = 1, hi = 8, x[9] ~ -1..1)
// test: grad f(lo = 0, hi = 0, x[9] ~ -1..1)
// test: grad g(lo = 2147483647, hi = -2147483647, x[9] ~ -1..1)
// test: grad g(lo = 1, hi = 8, x[9] ~ -1..1)
#include <adgen.h>
#include <stddef.h>
ADGEN_GRAD(x)
double f(size_t lo, size_t hi, const double *x)
{
    double s = 0.0, u[9];
    for (int i = 0; i < 9; i++)
        u[i] = 0;
    for (size_t i = lo; i < hi; i++)
        u[i] = x[i] * x[i] - 2 * x[i - 1] + x[i + 1];
    for (int i = 0; i < 9; i++)
        s += u[i] * u[i];
    return s;
}
ADGEN_GRAD(x)
double g(int lo, int hi, const double *x)
{
    double s = 0.0, u[9];
    for (int i = 0; i < 9; i++)
        u[i] = 0;
    for (int i = lo; i < hi; i++)
        u[i] = x[i] * x[i] - 2 * x[i - 1] + x[i + 1];
    for (int i = 0; i < 9; i++)
        s += u[i] * u[i];
    return s;
}
