// log-sum-exp with fmax.
// test: grad f(n = 4, z[4] ~ -2..2)

#include <adgen.h>
#include <math.h>

ADGEN_GRAD(z)
double f(int n, const double *z)
{
    double top = -INFINITY, sum = 0;
    for (int i = 0; i < n; i++)
        top = fmax(top, z[i]);
    for (int i = 0; i < n; i++)
        sum += exp(z[i] - top);
    return top + log(sum);
}
