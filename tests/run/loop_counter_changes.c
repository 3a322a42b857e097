// The counter of a for loop changes inside it.
// test: grad f(n = 7, v[7] ~ -1..1)

#include <adgen.h>

ADGEN_GRAD(v)
double f(int n, const double *v)
{
    double s = 0.5;
    for (int i = 0; i < n; i++) {
        s = s * s + v[i];
        if (v[i] > 0)
            i++;
    }
    return s;
}
