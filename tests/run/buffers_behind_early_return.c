// Buffers of run-time size that are swapped, behind a return, and in a loop.
// test: grad f(n = 4, x[4] ~ -1..1)
// test: grad f(n = 0, x[1] ~ -1..1)

#include <adgen.h>
#include <math.h>

static double smoothed(int n, const double *x)
{
    double a[n], b[n], *p = a, *q = b;
    for (int i = 0; i < n; i++)
        a[i] = x[i];
    for (int t = 0; t < n; t++) {
        for (int i = 0; i < n; i++)
            q[i] = sin(p[i]) + 0.5 * p[(i + 1) % n];
        double *s = p;
        p = q;
        q = s;
    }
    return p[0] * p[n - 1];
}

ADGEN_GRAD(x)
double f(int n, const double *x)
{
    if (n < 1)
        return 0;
    double s = smoothed(n, x);
    for (int k = 1; k < n; k++)
        s += k * smoothed(k, x);
    return s;
}
