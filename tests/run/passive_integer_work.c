// Integer arithmetic that produces indices and weights.
// test: grad f(n = 6, v[6] ~ -1..1)

#include <adgen.h>

ADGEN_GRAD(v)
double f(int n, const double *v)
{
    int perm[6];
    unsigned seed = 12345u;
    for (int i = 0; i < n; i++)
        perm[i] = i;
    for (int i = n - 1; i > 0; i--) {
        seed = seed * 1664525u + 1013904223u;
        const int j = (int)(seed >> 16) % (i + 1);
        const int t = perm[i];
        perm[i] = perm[j];
        perm[j] = t;
    }
    double s = 0.5;
    for (int i = 0; i < n; i++)
        s = s * v[perm[i]] + perm[n - 1 - i];
    return s;
}
