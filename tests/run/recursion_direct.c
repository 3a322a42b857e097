// A function that calls itself.
// test: grad f(x ~ 1.25, n = 4)

#include <adgen.h>

static double power(double x, int n)
{
    return n == 0 ? 1 : x * power(x, n - 1);
}

ADGEN_GRAD(x)
double f(double x, int n)
{
    return power(x, n) + power(x * x, 2);
}
