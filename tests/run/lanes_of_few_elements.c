// A sum over the elements of an array that has few is not taken apart into lanes, by whatever pointer it is walked:
// compilers see that eight elements at once are not there.
// test: grad f(n = 2, x[2] ~ -1..1, v[2] ~ -1..1)

#include <adgen.h>

ADGEN_GRAD(x, v)
double f(int n, const double *x, const double *v)
{
    double o[2] = {1, 0.5};
    for (int i = 0; i < n; i++) {
        double *p = o + i;
        const double share = x[i] * x[i];
        for (int d = 0; d < n - i; d++)
            p[d] += share * v[d];
    }
    return o[0] * o[1];
}
