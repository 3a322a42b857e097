// The condition has a side effect.
// test: grad f(n = 4, v[4] ~ -1..1)

#include <adgen.h>

ADGEN_GRAD(v)
double f(int n, const double *v)
{
    double s = 0.5;
    int i = 0;
    while (i++ < n)
        s = s * v[i - 1] + v[i - 1];
    return s;
}
