// &a[i] kept in a variable, read and written.
// test: grad f(v[4] ~ 1 2 3 4, k = 2)

#include <adgen.h>

ADGEN_GRAD(v)
double f(const double v[4], int k)
{
    double a[4];
    for (int i = 0; i < 4; i++)
        a[i] = v[i] * v[i];
    double *p = &a[k];
    *p *= v[0];
    p[1] += *p * p[-1];
    return a[0] + a[1] * a[2] + a[3];
}
