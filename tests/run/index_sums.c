// Sums of indices of several types: what wraps around does so in the type in which it is added up.
// test: grad f(a = 4294967290, b = 8, k = 1, v[8] ~ -1..1)
// test: grad f(a = 2, b = 1, k = 3, v[8] ~ -1..1)
// test: grad g(i = 1, j = 3, k = 2, v[8] ~ -1..1)
// test: grad h(a = 4294967290, b = 8, k = 1, v[8] ~ -1..1)
#include <adgen.h>
#include <stddef.h>

ADGEN_GRAD(v)
double f(unsigned int a, unsigned int b, size_t k, const double *v)
{
    const double x = v[k + (a + b)], y = v[k + (k + (a + b)) - k], z = v[k - (k - (a + b))];
    return x * y * z * v[(size_t)1 + (k - 1)];
}

ADGEN_GRAD(v)
double g(int i, int j, int k, const double *v)
{
    const double *p = v + i;
    return p[j - k] * p[k + (j - i)] * v[1 + (i + k)] * -(-p[i + j - (k - i)]);
}

ADGEN_GRAD(v)
double h(unsigned int a, unsigned int b, size_t k, const double *v)
{
    return v[k + (a + b)] * v[k];
}
