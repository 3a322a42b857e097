// A recursive function that writes what the pointers in a struct lead to.
// test: grad f(x ~ 0.75, y ~ 2, n = 3)

#include <adgen.h>

struct view {
    double *a;
    int n;
};

static double fill(const struct view *v, double x, int n)
{
    if (n == 0)
        return x;
    v->a[n % v->n] = v->a[(n + 1) % v->n] * x + n;
    return fill(v, x * v->a[0], n - 1) + v->a[1];
}

ADGEN_GRAD(x, y)
double f(double x, double y, int n)
{
    double a[2] = {x, y};
    const struct view v = {a, 2};
    const double before = a[0] * a[1];
    const double s = fill(&v, y, n);
    return s * before + a[0] * a[1];
}
