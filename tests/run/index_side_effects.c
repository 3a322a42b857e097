// a[i++] += x and its kin: the index is evaluated once.
// test: grad f(x ~ 0.5, v[4] ~ -1..1)

#include <adgen.h>

ADGEN_GRAD(x, v)
double f(double x, const double v[4])
{
    double a[4] = {1, 2, 3, 4};
    int i = 0;
    a[i++] += x * v[0];
    a[i++] *= x;
    a[++i] -= v[3];
    double *p = a;
    *p++ *= v[1];
    *++p = x * v[2];
    (*p)++;
    *p-- /= 2 + x;
    return a[0] * a[1] + a[2] * a[3] + *p * i;
}
