// memset clears active data.
// test: vjp f(n = 3, v[3] ~ 1 2 3, out[3] > 4 5 6)
// expect: out[i] = 0

#include <adgen.h>
#include <string.h>

ADGEN_VJP(v)
void f(int n, const double *v, double *out)
{
    memset(out, 0, (size_t)n * sizeof *out);
    for (int i = 0; i < n; i++)
        out[i] += v[i] * v[i];
}
