// An output that is added to: its bar passes through.
// test: vjp f(n = 3, x[3] ~ 1 2 3, out[3] > 0.5 0.25 -1)
// expect: out[i] = out_bar[i]
// expect: x[i] += 2 * x[i] * out_bar[i]

#include <adgen.h>

ADGEN_VJP(x)
void f(int n, const double *x, double *out)
{
    for (int i = 0; i < n; i++)
        out[i] += x[i] * x[i];
}
