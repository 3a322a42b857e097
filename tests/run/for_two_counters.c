// Two counters that meet, by the comma operator.
// test: grad f(n = 5, v[5] ~ -1..1)

#include <adgen.h>

ADGEN_GRAD(v)
double f(int n, const double *v)
{
    double s = 0;
    for (int i = 0, j = n - 1; i < j; i++, j--)
        s += v[i] * v[j] * (j - i);
    return s;
}
