// A recursive function whose result does not depend on what is differentiated: its derivative is zero.
// test: grad f(x ~ 0.6, y[1] > 0.5)
// test: grad g(x ~ 0.6)
// test: grad h(n = 3, x ~ 0.6)
// no-fd: jumps

#include <adgen.h>
#include <math.h>

static double even(int m, double a, double *y);

static double odd(int m, double a, double *y)
{
    if (m <= 0)
        return 0.5;
    const double t = even(m - 1, a * a, y);
    return t > 0.25 ? 2.0 : 0.5;
}

static double even(int m, double a, double *y)
{
    if (m <= 0)
        return a;
    y[0] += sin(a);
    return a * odd(m - 1, a, y);
}

ADGEN_GRAD(x)
double f(double x, double *y)
{
    return even(3, x, y) + odd(2, x * x, y);
}

static double nothing(int m, double a)
{
    if (m <= 0)
        return 0.25;
    nothing(m - 1, a + 1.0);
    return 0.5;
}

ADGEN_GRAD(x)
double g(double x)
{
    return x * nothing(3, x);
}

ADGEN_GRAD(x)
double h(int n, double x)
{
    return n <= 0 ? 0.25 : 2.0 * h(n - 1, x + 1.0) + 1.0;
}
