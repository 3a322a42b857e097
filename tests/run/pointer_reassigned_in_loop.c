// A pointer follows the largest element so far.
// test: grad f(n = 5, v[5] ~ 0.5 -1 2 0.25 1)

#include <adgen.h>

ADGEN_GRAD(v)
double f(int n, const double *v)
{
    const double *best = v;
    double s = 0;
    for (int i = 1; i < n; i++) {
        if (v[i] > *best)
            best = v + i;
        s += *best * v[i];
    }
    return s * *best;
}
