// restrict and const in every place.
// test: vjp f(n = 3, x[3] ~ 1 2 3, y[3] > 1 1 1)

#include <adgen.h>

ADGEN_VJP(x)
void f(const int n, const double *restrict const x, double *restrict y)
{
    for (int i = 0; i < n; i++)
        y[i] += x[i] * x[i];
}
