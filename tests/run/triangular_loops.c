// The inner bound is the outer counter.
// test: grad f(n = 4, v[4] ~ -1..1)

#include <adgen.h>

ADGEN_GRAD(v)
double f(int n, const double *v)
{
    double s = 0.25;
    for (int i = 0; i < n; i++)
        for (int j = 0; j <= i; j++)
            s += v[i] * v[j] * s;
    return s;
}
