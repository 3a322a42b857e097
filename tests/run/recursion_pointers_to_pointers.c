// A recursive function of an array of pointers.
// test: grad f(x[2] ~ 0.5 -1.5)

#include <adgen.h>

static double total(double **rows, int n)
{
    return n == 0 ? 0 : rows[n - 1][0] * (1 + total(rows, n - 1));
}

ADGEN_GRAD(x)
double f(double *x)
{
    double *rows[2] = {x, x + 1};
    return total(rows, 2);
}
