// Sign and step by comparisons of active values, as integers.
// test: grad f(n = 4, v[4] ~ 0.5 -1 2 -0.25)

#include <adgen.h>

ADGEN_GRAD(v)
double f(int n, const double *v)
{
    double s = 0;
    int positive = 0;
    for (int i = 0; i < n; i++) {
        const int sign = (v[i] > 0) - (v[i] < 0);
        positive += v[i] > 0;
        s += sign * v[i] * v[i] * (1 << positive);
    }
    return s / (positive + !positive);
}
