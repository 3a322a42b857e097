// <= as the condition; the bound is an expression of parameters.
// test: grad f(n = 3, k = 1, v[6] ~ -1..1)

#include <adgen.h>

ADGEN_GRAD(v)
double f(int n, int k, const double *v)
{
    double s = 0;
    for (int i = k; i <= n + k; i++)
        s += v[i] * v[i] * v[i - 1];
    return s;
}
