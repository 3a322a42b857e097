// float arrays with a double accumulator.
// test: grad f(n = 4, v[4] ~ -1..1, w[4] ~ -1..1)

#include <adgen.h>

ADGEN_GRAD(v, w)
double f(int n, const float *v, const float *w)
{
    double s = 0;
    for (int i = 0; i < n; i++)
        s += (double)v[i] * w[i];
    return s * s;
}
