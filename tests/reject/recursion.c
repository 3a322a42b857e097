// A function that calls itself.

#include <adgen.h>

static double power(double x, int n)
{
    return n == 0 ? 1 : x * power(x, n - 1); // error: recursi
}

ADGEN_GRAD(x)
double f(double x)
{
    return power(x, 3);
}
