// A loop made with goto.
// test: grad f(x ~ 0.5, n = 4)

#include <adgen.h>

ADGEN_GRAD(x)
double f(double x, int n)
{
    double y = x;
    int i = 0;
again:
    y = y * y + x;
    i++;
    if (i < n)
        goto again;
    return y;
}
