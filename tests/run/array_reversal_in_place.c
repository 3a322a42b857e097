// Elements change places inside an array.
// test: vjp f(n = 5, v[5] ~ 1 2 3 4 5)
// expect: v[i] = v_bar[4 - i]

#include <adgen.h>

ADGEN_VJP(v)
void f(int n, double *v)
{
    for (int i = 0, j = n - 1; i < j; i++, j--) {
        const double t = v[i];
        v[i] = v[j];
        v[j] = t;
    }
}
