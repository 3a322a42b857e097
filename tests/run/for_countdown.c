// A loop that counts down, by two.
// test: grad f(n = 5, v[6] ~ -1..1)

#include <adgen.h>

ADGEN_GRAD(v)
double f(int n, const double *v)
{
    double s = 1.0;
    for (int i = n; i >= 1; i -= 2)
        s = s * v[i] + v[i - 1];
    return s;
}
