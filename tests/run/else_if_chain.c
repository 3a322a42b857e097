// A chain of else if, with several values changed.
// test: grad f(x ~ 0.75, k = 0)
// test: grad f(x ~ 0.75, k = 1)
// test: grad f(x ~ 0.75, k = 2)
// test: grad f(x ~ 0.75, k = 3)

#include <adgen.h>

ADGEN_GRAD(x)
double f(double x, int k)
{
    double a = 1, b = x;
    if (k == 0)
        a = x * x;
    else if (k == 1)
        b = x * x * x, a = b;
    else if (k == 2)
        b += a * x;
    else
        a = b = 2;
    return a * b + x;
}
