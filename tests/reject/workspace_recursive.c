// A function that calls itself keeps values on tapes.
// adgen: --workspace

#include <adgen.h>

static double power(double x, int n)
{
    return n == 0 ? 1 : x * power(x, n - 1);
}

ADGEN_GRAD(x)
double f(double x, int n) // error: recursive
{
    return power(x, n);
}
