// The distance of two pointers as a number and as a bound.
// test: grad f(n = 4, v[4] ~ -1..1)

#include <adgen.h>

ADGEN_GRAD(v)
double f(int n, const double *v)
{
    const double *end = v + n;
    double s = 0;
    for (const double *p = v; p < end; ++p)
        s += *p * *p * (double)(p - v + 1);
    return s / (double)(end - v);
}
