// Two arrays are not in one place.
// test: grad f(n = 3, x[3] ~ -1..1)

#include <adgen.h>

ADGEN_GRAD(x)
double f(int n, const double *x)
{
    double a[3], b[3];
    double *p = n > 2 ? a : b, *q = n > 1 ? b : a;
    for (int i = 0; i < 3; i++) {
        p[i] = x[i];
        q[i] = x[i] * x[i];
    }
    return a == b ? x[0] : p != a ? q[0] : p[0] * q[1];
}
