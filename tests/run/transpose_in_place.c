// An in-place transpose, then a use.
// test: vjp f(n = 3, a[9] ~ -1..1)

#include <adgen.h>

ADGEN_VJP(a)
double f(int n, double *a)
{
    for (int i = 0; i < n; i++)
        for (int j = 0; j < i; j++) {
            const double t = a[i * n + j];
            a[i * n + j] = a[j * n + i];
            a[j * n + i] = t;
        }
    return a[1] * a[3] + a[2];
}
