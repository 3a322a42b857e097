// A step that doubles the counter.
// test: grad f(n = 9, v[9] ~ -1..1)

#include <adgen.h>

ADGEN_GRAD(v)
double f(int n, const double *v)
{
    double s = 0.5;
    for (int i = 1; i < n; i *= 2)
        s = s * v[i] + v[i] * v[i];
    return s;
}
