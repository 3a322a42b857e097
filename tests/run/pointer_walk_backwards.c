// *--p from the end.
// test: grad f(n = 4, v[4] ~ -1..1)

#include <adgen.h>

ADGEN_GRAD(v)
double f(int n, const double *v)
{
    double s = 0.5;
    for (const double *p = v + n; p != v;)
        s = s * s + *--p;
    return s;
}
