// A loop that does not run names no element: nothing may be added behind it.
// test: grad f(m = 0, k = 1000000, b[4] ~ -1..1, x ~ 1)
// test: grad f(m = 4, k = 2, b[4] ~ -1..1, x ~ 1)

#include <adgen.h>

ADGEN_GRAD(b, x)
double f(int m, int k, const double *b, double x)
{
    double a[3] = {x, x * x, x * x * x}, s = x;
    for (int j = 0; j < m; j++)
        s += a[k] * b[j] * b[j];
    return s;
}
