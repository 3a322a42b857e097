// A work array that is not named: written and read back.
// test: vjp f(n = 3, x[3] ~ 1 2 3, work[3] > 5 5 5, out[1] > 4)
// expect: work[i] = 0

#include <adgen.h>

ADGEN_VJP(x)
void f(int n, const double *x, double *work, double *out)
{
    for (int i = 0; i < n; i++)
        work[i] = x[i] * x[i];
    *out = 0;
    for (int i = 0; i < n; i++)
        *out += work[i] * work[n - 1 - i];
}
