// A loop on one side of a branch only.
// test: grad f(n = 3, x ~ 0.75, v[3] ~ -1..1)
// test: grad f(n = 3, x ~ -0.75, v[3] ~ -1..1)

#include <adgen.h>

ADGEN_GRAD(x, v)
double f(int n, double x, const double *v)
{
    double s = x;
    if (x > 0)
        for (int i = 0; i < n; i++)
            s = s * v[i] + x;
    else
        s = x * v[0];
    return s * s;
}
