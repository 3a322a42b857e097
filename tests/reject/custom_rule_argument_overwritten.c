// What the rule reads is overwritten between the call and its reverse.

#include <adgen.h>

double norm_vjp(int n, const double *v, double *v_bar, double ret_bar);

ADGEN_CUSTOM_VJP(norm_vjp)
double norm(int n, const double *v);

ADGEN_GRAD(x)
double f(int n, double *x)
{
    const double s = norm(n, x); // error: written after the call
    x[0] = 0;
    return s * s;
}
