// A copy loop: the output is the input.
// test: vjp f(n = 3, x[3] ~ 1 2 3, y[3] > 5 5 5)
// expect: x[i] += y_bar[i]
// expect: y[i] = 0

#include <adgen.h>

ADGEN_VJP(x)
void f(int n, const double *x, double *y)
{
    for (int i = 0; i < n; i++)
        y[i] = x[i];
}
