// A variable-length array.
// test: grad f(n = 4, v[4] ~ -1..1)

#include <adgen.h>

ADGEN_GRAD(v)
double f(int n, const double *v)
{
    double a[n];
    for (int i = 0; i < n; i++)
        a[i] = v[i] * v[(i + 1) % n];
    double s = 0;
    for (int i = 0; i < n; i++)
        s += a[i] * a[n - 1 - i];
    return s;
}
