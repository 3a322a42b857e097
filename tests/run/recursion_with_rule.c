// A recursive function that calls one with a rule of its own; a constant table as an argument.
// test: grad f(x[3] ~ 0.3 0.5 0.7)

#include <adgen.h>
#include <math.h>

static double wave_vjp(const double *v, double *v_bar, double ret_bar);

ADGEN_CUSTOM_VJP(wave_vjp)
static double wave(const double *v)
{
    return sin(v[0]) * v[1];
}

static double wave_vjp(const double *v, double *v_bar, double ret_bar)
{
    v_bar[0] += ret_bar * cos(v[0]) * v[1];
    v_bar[1] += ret_bar * sin(v[0]);
    return wave(v);
}

static double sum(const double *x, const double *w, int n)
{
    if (n == 0)
        return 1;
    const double v[2] = {x[0] * w[0], x[0]};
    return wave(v) + sum(x + 1, w + 1, n - 1) * x[0];
}

ADGEN_GRAD(x)
double f(const double *x)
{
    static const double w[3] = {1, 2, 3};
    return sum(x, w, 3);
}
