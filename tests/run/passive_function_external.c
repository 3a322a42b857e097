// Functions of another file: passive ones, that read what is active by value or through a pointer to const, beside one
// with a rule.
// test: grad f(x ~ 1.3, n = 3)
// also: parts/passive_functions.c

#include <adgen.h>

ADGEN_PASSIVE double rounded(double x);
ADGEN_PASSIVE int count_positive(const double *x, int n);

void cubed_vjp(double x, double *y, double *x_bar, double *y_bar);
ADGEN_CUSTOM_VJP(cubed_vjp) void cubed(double x, double *y);

ADGEN_GRAD(x)
double f(double x, int n)
{
    double y[8], z;
    for (int i = 0; i < n; i++)
        y[i] = x * (i - 1);
    cubed(x, &z);
    return y[n - 1] * rounded(x) + z * count_positive(y, n);
}
