// Conditions that change variables, with short-circuit evaluation.
// test: grad f(x ~ 0.5, n = 5)
// test: grad f(x ~ 1.5, n = 5)
// test: grad f(x ~ 1.5, n = 1)

#include <adgen.h>

ADGEN_GRAD(x)
double f(double x, int n)
{
    double y = x;
    if ((n -= 2) > 0 && (y *= x) > 1)
        y += x;
    if ((y = y * y) > 2 || (x += 1) > 2)
        y *= x;
    return y * x + n;
}
