// Outputs that are written by a chosen pointer only, or by one from a table: they have adjoints all the same.
// test: grad f(x[1] > 0.3, y[1] > 0.7, u[1] ~ 0.5, n = 1)
// test: grad f(x[1] > 0.3, y[1] > 0.7, u[1] ~ 0.5, n = 0)
// test: grad g(x[1] > 0.3, y[1] > 0.7, u[1] ~ 0.5, n = 1)

#include <adgen.h>

ADGEN_GRAD(u)
double f(double *x, double *y, const double *u, int n)
{
    double *p = n ? x : y;
    *p = u[0] * u[0];
    return x[0] * y[0];
}

ADGEN_GRAD(u)
double g(double *x, double *y, const double *u, int n)
{
    double *row[2] = {x, y};
    row[n][0] = u[0] * u[0];
    return x[0] * y[0];
}
