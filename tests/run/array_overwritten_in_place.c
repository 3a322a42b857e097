// Elements are overwritten after they were used, again and again.
// test: grad f(n = 4, v[4] ~ -1..1)

#include <adgen.h>

ADGEN_GRAD(v)
double f(int n, const double *v)
{
    double a[4];
    for (int i = 0; i < n; i++)
        a[i] = v[i];
    for (int step = 0; step < 3; step++)
        for (int i = 1; i < n; i++)
            a[i] = a[i] * a[i - 1] + v[i];
    return a[n - 1];
}
