// A local array with an initialiser, partly filled.
// test: grad f(x ~ 0.5)

#include <adgen.h>

ADGEN_GRAD(x)
double f(double x)
{
    double a[5] = {x, x * x, 2};
    a[3] += a[1] * x;
    a[4] = a[0] * a[3];
    return a[0] + a[1] * a[2] + a[3] + a[4];
}
