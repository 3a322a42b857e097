// ?: that chooses a pointer.
// test: grad f(x ~ 0.25, y ~ 3, n = 0)
// test: grad f(x ~ 0.25, y ~ 3, n = 1)

#include <adgen.h>

ADGEN_GRAD(x, y)
double f(double x, double y, int n)
{
    const double *p = n ? &x : &y;
    return *p * *p + x;
}
