// Two recursive calls in one expression.
// test: grad f(x ~ 0.75, n = 5)

#include <adgen.h>

static double fibonacci(double x, int n)
{
    if (n < 2)
        return n == 0 ? x : x * x;
    return fibonacci(x, n - 1) + x * fibonacci(x, n - 2);
}

ADGEN_GRAD(x)
double f(double x, int n)
{
    return fibonacci(x, n);
}
