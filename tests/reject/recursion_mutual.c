// Two functions that call one another.

#include <adgen.h>

static double odd(double x, int n);

static double even(double x, int n)
{
    return n == 0 ? x : odd(x * x, n - 1); // error?: recursi
}

static double odd(double x, int n)
{
    return n == 0 ? 2 * x : even(x + 1, n - 1); // error?: recursi
}

ADGEN_GRAD(x)
double f(double x)
{
    return even(x, 3);
}
