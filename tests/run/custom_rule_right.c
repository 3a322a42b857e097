// A rule for an implicitly defined function: Newton's iteration inside, the implicit function theorem outside.
// test: grad f(x ~ 0.5)

#include <adgen.h>
#include <math.h>

double root_vjp(double a, double *a_bar, double ret_bar);

ADGEN_CUSTOM_VJP(root_vjp)
double root(double a)
{
    double y = a;
    for (int i = 0; i < 40; i++)
        y -= (y + exp(y) - a) / (1 + exp(y));
    return y;
}

double root_vjp(double a, double *a_bar, double ret_bar)
{
    const double y = root(a);
    *a_bar += ret_bar / (1 + exp(y));
    return y;
}

ADGEN_GRAD(x)
double f(double x)
{
    return root(x * x) * x;
}
