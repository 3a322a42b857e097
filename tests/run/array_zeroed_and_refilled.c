// A work array is cleared in each step of a loop.
// test: grad f(n = 3, v[3] ~ -1..1)

#include <adgen.h>

ADGEN_GRAD(v)
double f(int n, const double *v)
{
    double w[3], s = 0.5;
    for (int step = 0; step < 3; step++) {
        for (int i = 0; i < n; i++)
            w[i] = 0;
        for (int i = 0; i < n; i++)
            for (int j = 0; j < n; j++)
                w[i] += v[i] * v[j] * s;
        s += w[step] * w[0];
    }
    return s;
}
