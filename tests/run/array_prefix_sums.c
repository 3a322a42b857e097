// A recurrence along an array.
// test: grad f(n = 5, v[5] ~ -1..1)

#include <adgen.h>

ADGEN_GRAD(v)
double f(int n, const double *v)
{
    double sums[5];
    sums[0] = v[0];
    for (int i = 1; i < n; i++)
        sums[i] = sums[i - 1] + v[i] * v[i];
    double s = 0;
    for (int i = 0; i < n; i++)
        s += sums[i] * sums[i];
    return s;
}
