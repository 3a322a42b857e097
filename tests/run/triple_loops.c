// Three loops deep, with a carried product.
// test: grad f(n = 2, v[2] ~ -1..1)

#include <adgen.h>

ADGEN_GRAD(v)
double f(int n, const double *v)
{
    double p = 1;
    for (int i = 0; i < n; i++)
        for (int j = 0; j < n; j++)
            for (int k = 0; k < n; k++)
                p *= 1 + 0.25 * v[i] * v[j] * v[k];
    return p;
}
