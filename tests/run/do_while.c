// do runs at least once.
// test: grad f(n = 3, x ~ 0.75)
// test: grad f(n = 0, x ~ 0.75)

#include <adgen.h>

ADGEN_GRAD(x)
double f(int n, double x)
{
    double y = x;
    int i = 0;
    do {
        y = y * x + 0.5;
        i++;
    } while (i < n);
    return y;
}
