// A row of an array of rank two is handed to a function.
// test: grad f(a[2][3] ~ 0.5 1 -1 2 0.25 -0.5)

#include <adgen.h>

static double norm2(int n, const double *v)
{
    double s = 0;
    for (int i = 0; i < n; i++)
        s += v[i] * v[i];
    return s;
}

ADGEN_GRAD(a)
double f(double a[2][3])
{
    return norm2(3, a[0]) * norm2(3, a[1]);
}
