// A recursive function of integers, and one that is differentiated in one call and not in another.
// test: grad f(x ~ 1.25, n = 3)

#include <adgen.h>

static int factorial(int n)
{
    return n < 2 ? 1 : n * factorial(n - 1);
}

static double power(double x, int n)
{
    return n == 0 ? 1 : x * power(x, n - 1);
}

ADGEN_GRAD(x)
double f(double x, int n)
{
    return power(x, factorial(n)) * x + power(2, n);
}
