// An unsigned counter that runs to zero.
// test: grad f(n = 4, v[4] ~ 1 2 3 4)

#include <adgen.h>

ADGEN_GRAD(v)
double f(unsigned n, const double *v)
{
    double s = 1;
    while (n-- > 0)
        s = s * 0.5 + v[n] * v[n];
    return s;
}
