// Leaky ReLU and |x| by comparison, along an array with zeros in it.
// test: grad f(n = 3, v[3] ~ -1 0 2)
// no-fd: a kink

#include <adgen.h>

ADGEN_GRAD(v)
double f(int n, const double *v)
{
    double s = 0;
    for (int i = 0; i < n; i++)
        s += (v[i] > 0 ? v[i] : 0.01 * v[i]) + (v[i] < 0 ? -v[i] : v[i]) * 3;
    return s;
}
