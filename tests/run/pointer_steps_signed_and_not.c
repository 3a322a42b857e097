// Steps of a pointer add up as numbers, whatever their types: p - 3 + 1u is p - 2.
// test: grad f(x[6] ~ -1.5..1.5, n = 1)
// test: grad f(x[6] ~ -1.5..1.5, n = 3)
#include <adgen.h>

ADGEN_GRAD(x)
double f(const double x[6], int n)
{
    const double *end = n > 2 ? x + 5 : x + 4;
    const double *p = end - 3;
    const double *q = p + 1u;
    const double *r = end - 4;
    r++;
    r += 2ul;
    return *q * r[0] + q[1u] * p[0] - r[-1];
}
