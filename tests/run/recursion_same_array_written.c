// Two arguments of a recursive function are one array, and it is written through one of them.
// test: grad f(x[4] ~ 0.5 -1.5 0.75 2, n = 3)

#include <adgen.h>

static double sweep(const double *x, double *y, int n)
{
    if (n == 0)
        return 0;
    y[1] += x[0] * x[0];
    return y[0] + x[1] * sweep(x + 1, y + 1, n - 1);
}

ADGEN_GRAD(x)
double f(double *x, int n)
{
    return sweep(x, x, n);
}
