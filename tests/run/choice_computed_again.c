// Bounds and factors that branches choose are chosen again in the reverse sweep.
// test: grad f(n = 7, k = 3, x[7] ~ -1..1, w[3] ~ 0.5..1.5)
// test: grad f(n = 1, k = 3, x[1] ~ -1..1, w[3] ~ 0.5..1.5)

#include <adgen.h>

ADGEN_GRAD(x, w)
double f(int n, int k, const double *x, const double *w)
{
    const int half = k / 2;
    double out[n], s = 0;
    for (int i = 0; i < n; i++)
        out[i] = 0;
    for (int d = 0; d < k; d++) {
        int begin = d < half ? half - d : 0, end = d > half ? n - (d - half) : n;
        double factor = 1;
        if (d != half)
            factor = 0.5 + d * 0.25 * begin;
        for (int i = begin; i < end; i++)
            out[i] += w[d] * factor * x[i + d - half];
    }
    for (int i = 0; i < n; i++)
        s += out[i] * out[i];
    return s;
}
