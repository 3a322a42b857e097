// A recursive function whose result comes through a pointer.
// test: grad f(x ~ 0.75, n = 4)

#include <adgen.h>

static void descend(double x, int n, double *sum)
{
    *sum = *sum * x + n;
    if (n > 0)
        descend(x * 0.5, n - 1, sum);
    *sum += x * x;
}

ADGEN_GRAD(x)
double f(double x, int n)
{
    double s = 1;
    descend(x, n, &s);
    return s;
}
