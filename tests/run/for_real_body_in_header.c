// The work is in the loop's header.
// test: grad f(n = 4, x ~ 0.75)

#include <adgen.h>

ADGEN_GRAD(x)
double f(int n, double x)
{
    double p = 1;
    int i;
    for (i = 0; i < n; p *= x, i++)
        ;
    return p;
}
