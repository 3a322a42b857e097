// != as the condition, and a step by i = i + 1.
// test: grad f(n = 4, v[4] ~ -1..1)

#include <adgen.h>

ADGEN_GRAD(v)
double f(int n, const double *v)
{
    double s = 1;
    for (int i = 0; i != n; i = i + 1)
        s = s / (2 + v[i]);
    return s;
}
