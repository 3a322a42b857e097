// A loop that is never entered.
// test: grad f(n = 0, x ~ 1.75)
// test: grad f(n = -2, x ~ 1.75)
// expect: x += 3 * x * x

#include <adgen.h>

ADGEN_GRAD(x)
double f(int n, double x)
{
    double y = x;
    for (int i = 0; i < n; i++)
        y = y * y + i;
    return y * x * x;
}
