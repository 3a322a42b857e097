// A recursive function that is differentiated itself: parameters that it does not write have no adjoint, const or not.
// test: grad f(x[3] ~ 0.5 0.7 -0.3, w[3] = 0.9 1.1 0.4, y[1] > 0.2, n = 3)

#include <adgen.h>

ADGEN_GRAD(x)
double f(double *x, double *w, double *y, int n)
{
    if (n == 0)
        return 0.0;
    y[0] += x[n - 1] * w[0];
    return x[n - 1] * w[n - 1] + f(x, w, y, n - 1);
}
