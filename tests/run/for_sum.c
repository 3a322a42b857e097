// A counted loop that sums.
// test: grad f(n = 4, v[4] ~ -2..2)
// test: grad f(n = 0, v[1] ~ 1)
// expect: v[i] += i < n ? 2 * v[i] : 0

#include <adgen.h>

ADGEN_GRAD(v)
double f(int n, const double v[n])
{
    double s = 0.0;
    for (int i = 0; i < n; i++)
        s += v[i] * v[i];
    return s;
}
