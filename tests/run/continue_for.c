// continue still takes the for loop's step.
// test: grad f(n = 5, v[5] ~ 0.5 -0.25 1.5 -0.75 2)

#include <adgen.h>

ADGEN_GRAD(v)
double f(int n, const double *v)
{
    double s = 1;
    for (int i = 0; i < n; i++) {
        if (v[i] < 0)
            continue;
        s *= v[i];
        if (s > 1)
            continue;
        s += v[i];
    }
    return s;
}
