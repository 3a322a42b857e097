// Conditions that count: before and after the test, with break and with continue.
// test: grad f(n = 5, v[5] ~ 0.5..1.5)

#include <adgen.h>

ADGEN_GRAD(v)
double f(int n, const double *v)
{
    double s = 1;
    int i = n, j = n;
    while (i-- > 0)
        s *= v[i];
    while (--j >= 0) {
        if (j == 3)
            continue;
        s += v[j] * s;
    }
    for (int k = n; k--;) {
        if (k == 1)
            break;
        s = s * v[k] + k;
    }
    return s + i + j;
}
