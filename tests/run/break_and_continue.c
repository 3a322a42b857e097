// break, continue and an early return in one loop.
// test: grad f(n = 5, v[5] ~ 0.5 -1 0.25 0.75 0.5)
// test: grad f(n = 5, v[5] ~ 0.5 3 0.25 0.75 0.5)
// test: grad f(n = 5, v[5] ~ 0.5 1 1.5 9 0.5)

#include <adgen.h>

ADGEN_GRAD(v)
double f(int n, const double *v)
{
    double s = 0.5;
    for (int i = 0; i < n; i++) {
        if (v[i] < 0)
            continue;
        if (v[i] > 2 && v[i] < 4)
            return s * v[i] * v[i];
        s = s * v[i] + v[i];
        if (s > 8)
            break;
    }
    return s * s;
}
