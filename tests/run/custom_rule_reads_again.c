// A rule writes to nothing but what it is given: what the caller's arrays hold is read again, not kept.
// test: grad f(n = 3, x[3] ~ -1..1, w[3] ~ -1..1)
// also: parts/blend.c

#include <adgen.h>

double blend_vjp(double a, double b, double *a_bar, double *b_bar, double ret_bar);

ADGEN_CUSTOM_VJP(blend_vjp)
double blend(double a, double b);

ADGEN_GRAD(x, w)
double f(int n, const double *x, const double *w)
{
    double sum = 0;
    for (int i = 0; i < n; i++)
        sum += blend(x[i], w[i]) * blend(w[i], 0.5);
    return sum;
}
