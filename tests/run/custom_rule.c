// The user's own rule is taken in place of the function's body.
// test: grad f(x ~ 0.5)
// expect: x += 3 * 100 + 100 * 9 * x * x
// no-dual: the rule is wrong on purpose, to be seen
// no-fd: the rule is wrong on purpose, to be seen

#include <adgen.h>

double g_vjp(double x, double *x_bar, double ret_bar);

ADGEN_CUSTOM_VJP(g_vjp)
double g(double x)
{
    return x * x;
}

double g_vjp(double x, double *x_bar, double ret_bar)
{
    *x_bar += 100 * ret_bar;
    return x * x;
}

ADGEN_GRAD(x)
double f(double x)
{
    return 3 * g(x) + g(3 * x * x * x);
}
