// The bound of a for loop changes inside it.
// test: grad f(n = 6, v[6] ~ -1..1)

#include <adgen.h>

ADGEN_GRAD(v)
double f(int n, const double *v)
{
    double s = 0.5;
    for (int i = 0; i < n; i++) {
        s = s * v[i] + v[i];
        if (i % 2)
            n--;
    }
    return s * n;
}
