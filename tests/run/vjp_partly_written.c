// An output of which only some elements are overwritten.
// test: vjp f(x ~ 0.5, out[4] > 0.5 0.25 -1 2)
// expect: out[i] = i % 2 ? out_bar[i] : 0

#include <adgen.h>

ADGEN_VJP(x)
void f(double x, double *out)
{
    for (int i = 0; i < 4; i += 2)
        out[i] = x * (i + 1);
}
