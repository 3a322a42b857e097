// Integer division and remainder are not real division.
// test: grad f(x ~ 1.5, n = 7)
// expect: x += 2 * (7 / 2) + (7 % 4) + 1.0L / 7

#include <adgen.h>

ADGEN_GRAD(x)
double f(double x, int n)
{
    return 2 * x * (n / 2) + n % 4 * x + x / n + 1 / 2 * x;
}
