// goto out of two loops.
// test: grad f(n = 3, v[3] ~ 0.5 1.25 0.75)
// test: grad f(n = 3, v[3] ~ 0.5 0.25 0.125)

#include <adgen.h>

ADGEN_GRAD(v)
double f(int n, const double *v)
{
    double s = 0.25;
    int i, j;
    for (i = 0; i < n; i++)
        for (j = 0; j < n; j++) {
            s += v[i] * v[j] * s;
            if (s > 1)
                goto found;
        }
    return s;
found:
    return s * s * v[i];
}
