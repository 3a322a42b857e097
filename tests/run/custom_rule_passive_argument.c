// A rule that takes adjoints which nobody asks for, and a parameter that is passive.
// test: grad f(x ~ 0.5, c = 2)

#include <adgen.h>

double blend_vjp(const double *v, const double *w, double c, double *v_bar, double *w_bar, double ret_bar);

ADGEN_CUSTOM_VJP(blend_vjp)
double blend(const double *v, const double *w, ADGEN_PASSIVE double c)
{
    return (v[0] * w[0] + v[1] * w[1]) * c;
}

double blend_vjp(const double *v, const double *w, double c, double *v_bar, double *w_bar, double ret_bar)
{
    for (int k = 0; k < 2; k++) {
        v_bar[k] += ret_bar * w[k] * c;
        w_bar[k] += ret_bar * v[k] * c;
    }
    return blend(v, w, c);
}

ADGEN_GRAD(x)
double f(double x, double c)
{
    const double v[2] = {x, x * x}, w[2] = {c, 3};
    if (x > 0)
        return blend(v, w, c) * x;
    return x;
}
