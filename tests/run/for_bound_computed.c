// The bound is computed before the loop from integer work.
// test: grad f(n = 11, v[6] ~ -1..1)

#include <adgen.h>

ADGEN_GRAD(v)
double f(int n, const double *v)
{
    int half = n / 2;
    if (half > 6)
        half = 6;
    double s = 0;
    for (int i = 0; i < half; i++)
        s = s * 0.5 + v[i] * v[i];
    return s;
}
