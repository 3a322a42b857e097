// Arguments and results are converted as C's prototypes say.
// test: grad f(x ~ 0.75, n = 3)

#include <adgen.h>

static float single(float x)
{
    return x * x;
}

static double wide(double x, long n)
{
    return x * n;
}

static long double widest(long double x)
{
    return x * x * x;
}

ADGEN_GRAD(x)
double f(double x, int n)
{
    const double a = single(x) + wide(n, n) * x + wide(single(n), 2);
    return a * (double)widest(x) + wide(x, n);
}
