// The counter is declared before the loop and used after it.
// test: grad f(n = 4, v[5] ~ -1..1)

#include <adgen.h>

ADGEN_GRAD(v)
double f(int n, const double *v)
{
    double s = 0.25;
    int i;
    for (i = 0; i < n; ++i)
        s += v[i] * v[i];
    return s * v[i] * i;
}
