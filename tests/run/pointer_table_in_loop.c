// What a table of pointers, made anew in each iteration, leads to is not the iteration's own.
// test: grad f(x[1] > 0.3, u[3] ~ 0.5 0.7 -0.4)
// test: grad g(x[1] ~ 0.3, y[1] ~ 0.6, n = 4)

#include <adgen.h>

ADGEN_GRAD(u)
double f(double *x, double *u)
{
    for (int k = 1; k < 5; k++) {
        double *row[2] = {u, x};
        row[(k * 3 + 1) % 2][0] = u[2 * k % 3];
    }
    return 0.5;
}

ADGEN_GRAD(x, y)
double g(double *x, double *y, int n)
{
    for (int k = 0; k < n; k++) {
        double *p = k % 3 ? x : y;
        p[0] = p[0] * x[0] + 0.5 * y[0];
    }
    return x[0] + y[0];
}
