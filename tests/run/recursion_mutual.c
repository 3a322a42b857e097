// Two functions that call one another.
// test: grad f(x ~ 0.75, n = 5)

#include <adgen.h>

static double odd(double x, int n);

static double even(double x, int n)
{
    return n == 0 ? x : odd(x * x, n - 1) + x;
}

static double odd(double x, int n)
{
    return n == 0 ? 2 * x : even(x + 1, n - 1) * x;
}

ADGEN_GRAD(x)
double f(double x, int n)
{
    return even(x, n);
}
