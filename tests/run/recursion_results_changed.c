// What the calls return is stored where it is overwritten, and what they read changes between them.
// test: vjp f(x[4] ~ 0.75 -0.5 0.3 1.1, y[4] ~ 0 0 0 0, n = 4)

#include <adgen.h>
#include <math.h>

static double last(const double *x, double *y, int n, double scale)
{
    if (n == 0)
        return scale;
    const double a = last(x, y, n - 1, scale * x[n - 1]);
    y[n - 1] = a;
    const double b = last(x, y, n / 2, a);
    y[0] += scale * (a + b);
    y[n - 1] = y[0] * (a - b) * x[n - 1];
    return sin(y[0]) * (b + 2 * a);
}

ADGEN_VJP(x, y)
double f(const double *x, double *y, int n)
{
    return last(x, y, n, 1.5);
}
