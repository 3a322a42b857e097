// An integer output that counts.
// test: grad f(n = 4, v[4] ~ -1 0.5 2 -3, count[1] = 7)

#include <adgen.h>

ADGEN_GRAD(v)
double f(int n, const double *v, int *count)
{
    double s = 1;
    *count = 0;
    for (int i = 0; i < n; i++)
        if (v[i] > 0) {
            s *= v[i];
            ++*count;
        }
    return s * *count;
}
