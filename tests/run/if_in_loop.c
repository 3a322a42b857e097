// A branch on active values inside a loop.
// test: grad f(n = 5, v[5] ~ -1 0.5 -0.25 2 0.75)

#include <adgen.h>

ADGEN_GRAD(v)
double f(int n, const double *v)
{
    double s = 1;
    for (int i = 0; i < n; i++) {
        if (v[i] > 0)
            s *= v[i] + 0.5;
        else
            s += v[i] * v[i];
    }
    return s;
}
