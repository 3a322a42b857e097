// Functions that call one another: one needs its result in its reverse anyway, one does not, one returns nothing.
// test: grad f(x ~ 0.75, w[2] ~ 0.5 1.2, n = 6)
// test: grad f(x ~ 0.75, w[2] ~ 0.5 1.2, n = 0)

#include <adgen.h>
#include <math.h>

static double smooth(double x, const double *w, int n);
static void both(double x, const double *w, int n, double *first, double *second);

static double linear(double x, const double *w, int n)
{
    if (n <= 0)
        return w[0] * x;
    double first, second;
    both(x, w, n - 1, &first, &second);
    return w[0] * smooth(x, w, n - 1) + w[1] * first + second;
}

static double smooth(double x, const double *w, int n)
{
    if (n <= 0)
        return x;
    if (x > 0.6)
        return exp(-w[1] * linear(x * 0.9, w, n - 1));
    return 1 / (1 + w[0] * (linear(x, w, n - 2) - smooth(x + 0.2, w, n - 1)));
}

static void both(double x, const double *w, int n, double *first, double *second)
{
    *first = smooth(x, w, n - 1);
    *second = w[1] * (*first + linear(x, w, n - 2));
}

ADGEN_GRAD(x, w)
double f(double x, const double *w, int n)
{
    return linear(x, w, n) * smooth(x, w, n);
}
