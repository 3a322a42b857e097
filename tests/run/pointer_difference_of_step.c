// The difference of a pointer and where it started is the index that it was stepped by.
// test: grad f(u[2] ~ 0.5 0.7, y[3] = 1 2 3, n = 3)

#include <adgen.h>

ADGEN_GRAD(u)
double f(const double *u, const double *y, int n)
{
    const double *p = y + 1;
    const double *q = p + n % 2;
    const int m = (int)(q - p);
    return u[m] * u[0] + 0.25 * y[m];
}
