// Branches in branches, in a loop.
// test: grad f(n = 6, v[6] ~ -2..2)

#include <adgen.h>

ADGEN_GRAD(v)
double f(int n, const double *v)
{
    double s = 0.5;
    for (int i = 0; i < n; i++) {
        if (v[i] > 0) {
            if (v[i] > 1)
                s += v[i] * v[i];
            else
                s *= 1 + v[i];
        } else if (i % 2)
            s -= v[i] * s;
    }
    return s;
}
