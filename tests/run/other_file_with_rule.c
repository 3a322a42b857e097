// A function of another file, which its own companion differentiates: two outputs, linked.
// test: grad f(x ~ 0.5, y ~ 2)
// also: parts/remote.c

#include <adgen.h>

void remote_vjp(int n, const double *v, double *out, double *v_bar, double *out_bar);

ADGEN_CUSTOM_VJP(remote_vjp)
void remote(int n, const double *v, double *out);

ADGEN_GRAD(x, y)
double f(double x, double y)
{
    double v[2] = {x, x * y}, out[2];
    remote(2, v, out);
    return out[0] * out[1] * y;
}
