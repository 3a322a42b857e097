// An output that is written through a pointer that walks in a while loop has an adjoint, too.
// test: vjp f(v[4] ~ 0.5 1.25 2 -1, out[3] > 0 0 0)
// expect: out[i] = 0

#include <adgen.h>

ADGEN_VJP(v)
void f(const double *v, double *out)
{
    while (*v > 0.0) {
        *out = *v * *v;
        out++;
        v++;
    }
}
