// A step of an integrator is given the right-hand side.
// test: grad f(x ~ 0.5, p[2] ~ 1 2)

#include <adgen.h>

typedef void rhs(const double *x, double *dx, const double *p);

static void rotation(const double *x, double *dx, const double *p)
{
    dx[0] = -p[0] * x[1];
    dx[1] = p[1] * x[0] * x[0];
}

static void decay(const double *x, double *dx, const double *p)
{
    dx[0] = -p[0] * x[0];
    dx[1] = -p[1] * x[1] * x[0];
}

static void step(rhs *f, double *x, const double *p)
{
    double dx[2];
    f(x, dx, p);
    for (int i = 0; i < 2; i++)
        x[i] += 0.1 * dx[i];
}

static void run(int n, rhs *f, double *x, const double *p)
{
    for (int i = 0; i < n; i++)
        step(i == 1 ? decay : f, x, p);
}

ADGEN_GRAD(x, p)
double f(double x, const double *p)
{
    double y[2] = {x, x * x};
    run(4, rotation, y, p);
    run(2, decay, y, p);
    return y[0] * y[1];
}
