// size_t, long and short counters and offsets.
// test: grad f(n = 4, v[8] ~ -1..1)

#include <adgen.h>
#include <stddef.h>

ADGEN_GRAD(v)
double f(size_t n, const double *v)
{
    double s = 0;
    for (size_t i = 0; i < n; i++)
        s += v[2 * i] * v[2 * i + 1];
    for (long k = (long)n - 1; k >= 0; k -= 2)
        s *= 1 + 0.1 * v[k];
    for (short k = 0; k < 3; k++)
        s += v[k] * k;
    return s;
}
