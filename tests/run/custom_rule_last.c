// A function around one with a rule: the call comes last, so that the rule takes its place and memory of any extent will do.
// test: vjp f(n = 3, x[3] ~ -1..1, y[3] > 0.5 -1 2)
// test: grad h(n = 3, x[3] ~ -1..1, y[3] > 0.5 -1 2, s ~ 0.5)

#include <adgen.h>

double step_vjp(int n, const double *x, double *y, double *x_bar, double *y_bar, double ret_bar);

/* y = x^2 + 3 y, element by element; the sum of all y */
ADGEN_CUSTOM_VJP(step_vjp)
double step(int n, const double *x, double *y)
{
    double sum = 0;
    for (int i = 0; i < n; i++) {
        y[i] = x[i] * x[i] + 3 * y[i] * y[i];
        sum += y[i];
    }
    return sum;
}

double step_vjp(int n, const double *x, double *y, double *x_bar, double *y_bar, double ret_bar)
{
    for (int i = 0; i < n; i++) {
        const double g = y_bar[i] + ret_bar;
        x_bar[i] += 2 * x[i] * g;
        y_bar[i] = 6 * y[i] * g;
    }
    return step(n, x, y);
}

ADGEN_VJP(x)
void f(int n, const double *x, double *y)
{
    if (n < 1)
        return;
    step(n, x, y);
}

ADGEN_GRAD(x, s)
double h(int n, const double *x, double *y, double s)
{
    y[0] *= s;
    y[1] += s * x[2];
    return step(n, x, y);
}
