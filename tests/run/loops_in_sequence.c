// Two loops, the second over what the first has made.
// test: grad f(n = 4, v[4] ~ -1..1)

#include <adgen.h>

ADGEN_GRAD(v)
double f(int n, const double *v)
{
    double mean = 0;
    for (int i = 0; i < n; i++)
        mean += v[i];
    mean /= n;
    double variance = 0;
    for (int i = 0; i < n; i++)
        variance += (v[i] - mean) * (v[i] - mean);
    return variance / n;
}
