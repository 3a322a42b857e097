// A recursive function of an array of pointers.

#include <adgen.h>

static double total(double **rows, int n)
{
    return n == 0 ? 0 : rows[n - 1][0] + total(rows, n - 1);
}

ADGEN_GRAD(x)
double f(double *x)
{
    double *rows[2] = {x, x + 1};
    return total(rows, 2); // error: which is recursive
}
