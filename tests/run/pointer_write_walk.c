// *out++ = ... with an offset of two pointers at different speeds.
// test: vjp f(n = 3, v[6] ~ -1..1, out[3] > 0 0 0)

#include <adgen.h>

ADGEN_VJP(v)
void f(int n, const double *v, double *out)
{
    for (int i = 0; i < n; i++) {
        *out = *v++;
        *out++ *= *v++;
    }
}
