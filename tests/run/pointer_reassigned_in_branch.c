// A pointer that points here or there.
// test: grad f(n = 3, a[3] ~ 1 2 3, b[3] ~ 4 5 6, k = 0)
// test: grad f(n = 3, a[3] ~ 1 2 3, b[3] ~ 4 5 6, k = 1)

#include <adgen.h>

ADGEN_GRAD(a, b)
double f(int n, const double *a, const double *b, int k)
{
    const double *p = a;
    if (k)
        p = b;
    double s = 0;
    for (int i = 0; i < n; i++)
        s += p[i] * a[i];
    return s;
}
