// Products of what recursive calls return: the adjoint of one needs the other before its own reverse gives it back.
// test: grad f(x ~ 0.75, w ~ 1.1, n = 5)

#include <adgen.h>
#include <math.h>

static double product(double x, double w, int n)
{
    if (n < 2)
        return n == 0 ? x : w * x;
    const double a = product(x, w, n - 1), b = product(x * 0.9, w, n - 2);
    return w * (a * b) + x / (1 + a * a);
}

static double ratio(double x, double w, int n)
{
    if (n <= 0)
        return x + 2;
    return sqrt(w + ratio(x, w, n - 1) / ratio(x * w, w, n - 2));
}

ADGEN_GRAD(x, w)
double f(double x, double w, int n)
{
    return product(x, w, n) + ratio(x, w, n) * ratio(w, x, n - 1);
}
