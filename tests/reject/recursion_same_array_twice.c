// Two arguments are one array: their adjoints would be as well.

#include <adgen.h>

static double dot(const double *x, const double *y, int n)
{
    return n == 0 ? 0 : x[0] * y[0] + dot(x + 1, y + 1, n - 1);
}

ADGEN_GRAD(x)
double f(const double *x, int n)
{
    return dot(x, x, n); // error: same memory as argument 1
}
