// *p++ to an end pointer.
// test: grad f(n = 4, v[4] ~ -1..1)

#include <adgen.h>

ADGEN_GRAD(v)
double f(int n, const double *v)
{
    double s = 0.5;
    const double *p = v, *end = v + n;
    while (p < end)
        s = s * *p++ + 0.25;
    return s;
}
