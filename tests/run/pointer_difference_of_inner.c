// Pointers into an array of an inner block: how far apart they are, and which is ahead, is known by their indices.
// test: grad f(n = 3, steps = 2, x[9] ~ 1..2)
// test: grad g(steps = 2, x[6] ~ 1..2)

#include <adgen.h>
#include <math.h>

ADGEN_GRAD(x)
double f(int n, int steps, const double *x)
{
    double s = 0;
    while (steps--) {
        double a[9];
        for (int i = 0; i < 9; i++)
            a[i] = x[i] * (i + steps);
        for (int k = 0; k < n - 1; k++)
            for (double *p = a + k * n, *q = a + (k + 1) * n; p < a + (k + 1) * n; p++, q++) {
                const double t = *p;
                *p = *q * s;
                *q = t;
            }
        s += a[8] * a[n];
    }
    return s;
}

ADGEN_GRAD(x)
double g(int steps, const double *x)
{
    double s = 0;
    while (steps--) {
        double a[6];
        for (int i = 0; i < 6; i++)
            a[i] = x[i] * (i + steps);
        const double *best = a;
        for (const double *p = a + 1; p != a + 6; p++)
            if (*p > *best)
                best = p;
        s += best > a + 2 ? *best * a[0] : sin(*best);
        s *= (double)(best - a) + 0.5;
    }
    return s;
}
