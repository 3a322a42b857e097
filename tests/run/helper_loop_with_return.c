// A helper with an early return from its loop, called in a loop.
// test: grad f(n = 4, v[4] ~ 0.25 0.5 0.75 1.5)

#include <adgen.h>

static double first_above(int n, const double *v, double limit)
{
    for (int i = 0; i < n; i++)
        if (v[i] > limit)
            return v[i] * v[i];
    return -limit;
}

ADGEN_GRAD(v)
double f(int n, const double *v)
{
    double s = 0;
    for (int i = 0; i < n; i++)
        s += first_above(n, v, v[i]) * (i + 1);
    return s;
}
