// Horner's rule, coefficients and argument active.
// test: grad f(n = 4, c[4] ~ 1 -2 0.5 3, x ~ 0.75)

#include <adgen.h>

ADGEN_GRAD(c, x)
double f(int n, const double *c, double x)
{
    double s = 0;
    for (int i = n; i-- > 0;)
        s = s * x + c[i];
    return s;
}
