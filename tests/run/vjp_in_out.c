// An array that is read and overwritten in place: the bar is seed on entry and adjoint on return.
// test: vjp scale(n = 3, a ~ 1.5, v[3] ~ 1 -2 0.5)
// expect: v[i] = 2 * a * v[i] * v_bar[i]

#include <adgen.h>

ADGEN_VJP(a, v)
void scale(int n, double a, double v[n])
{
    for (int i = 0; i < n; i++)
        v[i] = a * v[i] * v[i];
}
