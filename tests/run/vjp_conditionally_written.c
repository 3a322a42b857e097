// Whether an output is overwritten depends on the values.
// test: vjp f(n = 4, x[4] ~ 1 -2 3 -4, out[4] > 0.5 0.25 -1 2)
// expect: out[i] = x[i] > 0 ? 0 : out_bar[i]

#include <adgen.h>

ADGEN_VJP(x)
void f(int n, const double *x, double *out)
{
    for (int i = 0; i < n; i++)
        if (x[i] > 0)
            out[i] = x[i] * x[i];
}
