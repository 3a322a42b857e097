// The differentiated array is overwritten by the function.
// test: grad f(n = 3, v[3] ~ 1 2 3)

#include <adgen.h>

ADGEN_GRAD(v)
double f(int n, double *v)
{
    double s = 0;
    for (int i = 0; i < n; i++) {
        v[i] = v[i] * v[i];
        s += v[i] * (i + 1);
    }
    return s;
}
