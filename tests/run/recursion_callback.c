// Recursive functions that hand on the function they integrate, and untyped memory with what it depends on: adaptive
// quadrature, nested in itself, by a struct of both, with one of several functions, by way of each other.
// test: grad plain(center ~ 0.4, width ~ 0.3, a = 0, b ~ 1)
// test: grad of_struct(c[3] ~ 0.5 -0.7 1.3)
// test: grad nested(p[2] ~ 0.7 1.2)
// test: grad chosen(which = 0, c[2] ~ 0.5 0.7, n = 4)
// test: grad chosen(which = 2, c[2] ~ 0.5 0.7, n = 4)
// test: grad mutual(x[5] ~ -1..1, n = 5)
// test: vjp visited(n = 5, x[5] ~ -1..1, scale ~ 0.8)

#include <adgen.h>
#include <math.h>

static double simpson(double (*f)(double, const void *), const void *p, double a, double b, double eps, double whole,
                      int depth)
{
    const double m = 0.5 * (a + b);
    const double left = (m - a) / 6.0 * (f(a, p) + 4.0 * f(0.5 * (a + m), p) + f(m, p));
    const double right = (b - m) / 6.0 * (f(m, p) + 4.0 * f(0.5 * (m + b), p) + f(b, p));
    const double delta = left + right - whole;
    if (depth <= 0 || fabs(delta) <= 15.0 * eps)
        return left + right + delta / 15.0;
    return simpson(f, p, a, m, 0.5 * eps, left, depth - 1) + simpson(f, p, m, b, 0.5 * eps, right, depth - 1);
}

struct bump {
    double center, width;
};

static double bump(double x, const void *p)
{
    const struct bump *b = (const struct bump *)p;
    const double d = (x - b->center) / b->width;
    return exp(-d * d);
}

ADGEN_GRAD(center, width, b)
double plain(double center, double width, double a, double b)
{
    const struct bump s = {center, width};
    return simpson(bump, &s, a, b, 1e-4, 0.0, 10);
}

struct integrand {
    double (*fn)(double, void *);
    void *params;
};

static double trapezoid(const struct integrand *F, double a, double b, int depth)
{
    const double m = 0.5 * (a + b);
    const double one = 0.5 * (b - a) * (F->fn(a, F->params) + F->fn(b, F->params));
    const double two = (b - a) * F->fn(m, F->params);
    if (depth <= 0 || fabs(one - two) < 1e-3)
        return (one + 2.0 * two) / 3.0;
    return trapezoid(F, a, m, depth - 1) + trapezoid(F, m, b, depth - 1);
}

static double wave(double x, void *params)
{
    const double *c = (const double *)params;
    return c[0] + x * (c[1] + x * sin(c[2] * x));
}

ADGEN_GRAD(c)
double of_struct(double c[3])
{
    struct integrand F = {wave, c};
    return trapezoid(&F, 0.0, 1.0, 8);
}

typedef double (*curve)(double, const double *);

static double midpoint(curve f, const double *p, double a, double b, int depth)
{
    const double m = 0.5 * (a + b);
    if (depth == 0)
        return (b - a) * f(m, p);
    return midpoint(f, p, a, m, depth - 1) + midpoint(f, p, m, b, depth - 1);
}

static double inner(double y, const double *p)
{
    return exp(-y * y * p[0]) * p[1];
}

static double outer(double x, const double *p)
{
    const double q[2] = {p[0] * x, p[1] + x};
    return midpoint(inner, q, 0.0, x, 2);
}

ADGEN_GRAD(p)
double nested(const double p[2])
{
    return midpoint(outer, p, 0.0, 1.0, 3) + midpoint(inner, p, 0.0, 0.5, 1);
}

static double first(double x, const double *c)
{
    return sin(x * c[0]);
}

static double second(double x, const double *c)
{
    return x * c[0] * c[1];
}

static double third(double x, const double *c)
{
    return cos(x) + c[1];
}

/* What it hands on changes from call to call. */
static double take_turns(curve f, curve g, const double *c, double x, int n)
{
    if (n == 0)
        return x;
    const double y = f(x, c);
    return n % 3 == 0 ? take_turns(f, g, c, y, n - 1) : take_turns(g, y > 0.4 ? f : third, c, y, n - 1);
}

ADGEN_GRAD(c)
double chosen(int which, const double c[2], int n)
{
    static const curve curves[] = {first, second, third};
    return take_turns(curves[which], second, c, 0.3, n);
}

static double even(double (*f)(double), const double *x, int n);

static double odd(double (*f)(double), const double *x, int n)
{
    return n == 0 ? 1.0 : x[n - 1] - even(f, x, n - 1);
}

static double even(double (*f)(double), const double *x, int n)
{
    return n == 0 ? 0.5 : f(x[n - 1]) * odd(f, x, n - 1);
}

ADGEN_GRAD(x)
double mutual(const double *x, int n)
{
    return odd(sin, x, n) + even(exp, x, n);
}

/* A visitor, which changes what it is given, and may not be there. */
static void visit(double *x, int n, void (*before)(double *, void *), void (*after)(double *, void *), void *user)
{
    if (n == 0)
        return;
    if (before)
        before(&x[n / 2], user);
    visit(x, n / 2, before, after, user);
    if (after)
        after(&x[n / 2], user);
    visit(x + n / 2 + 1, n - n / 2 - 1, before, after, user);
}

static void add(double *x, void *user)
{
    double *sum = (double *)user;
    *sum += *x * *x;
    *x += *sum;
}

ADGEN_VJP(x, scale)
void visited(int n, double *x, double scale)
{
    double sum = scale;
    visit(x, n, 0, add, &sum);
    visit(x, n, add, 0, &sum);
    x[0] *= sum;
}
