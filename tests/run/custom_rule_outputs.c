// A rule of a function with outputs, one of them read as well, in a loop that fills them anew.
// test: grad f(n = 4, x[4] ~ -1..1, y ~ 0.75)
// also: parts/accumulate.c

#include <adgen.h>

void accumulate_vjp(double a, const double *v, double *sum, double *product, double *a_bar, double *v_bar,
                    double *sum_bar, double *product_bar);

ADGEN_CUSTOM_VJP(accumulate_vjp)
void accumulate(double a, const double *v, double *sum, double *product);

ADGEN_GRAD(x, y)
double f(int n, const double *x, double y)
{
    double total = 0;
    for (int i = 0; i < n; i++) {
        double v[2] = {x[i], y * x[i]}, sum = total, product;
        accumulate(y, v, &sum, &product);
        v[0] = sum * product;
        total = sum + v[0] * product;
    }
    return total;
}
