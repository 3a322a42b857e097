// Newton's iteration to a tolerance.
// test: grad f(x ~ 2)
// tol: 1e-9

#include <adgen.h>

ADGEN_GRAD(x)
double f(double x)
{
    double r = x, last = 0;
    while (r - last > 1e-9 || last - r > 1e-9) {
        last = r;
        r = 0.5 * (r + x / r);
    }
    return r;
}
