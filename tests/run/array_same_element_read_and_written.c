// a[i] = g(a[i], a[j]) with overlaps between iterations.
// test: vjp f(n = 5, a[5] ~ -1..1)

#include <adgen.h>

ADGEN_VJP(a)
void f(int n, double *a)
{
    for (int i = 0; i + 1 < n; i++) {
        a[i] = a[i] * a[i + 1];
        a[i + 1] = a[i + 1] + a[i] * a[i];
    }
}
