// A work array that a step reads before it fills it again, or fills in part, keeps what it held.
// test: grad f(n = 5, steps = 4, x[5] ~ 0.5..1.5)
// test: grad f(n = 2, steps = 3, x[2] ~ 0.5..1.5)

#include <adgen.h>

ADGEN_GRAD(x)
double f(int n, int steps, const double *x)
{
    double y[n], w[n], k[n], s = 0;
    for (int i = 0; i < n; i++)
        y[i] = w[i] = x[i];
    for (int t = 0; t < steps; t++) {
        for (int i = 0; i < n; i++)
            k[i] = y[i] * w[i];
        for (int i = 1; i < n; i++)
            w[i] = 0.5 * k[i] * k[i - 1] + 0.1 * w[i] * w[i];
        for (int i = 0; i < n; i++)
            k[i] = w[i] * k[i];
        for (int i = 0; i < n; i++)
            k[i] = 0.3 * w[i] * y[n - 1 - i];
        for (int i = 0; i < n; i++)
            y[i] += 0.1 * k[i] * k[i] - 0.2 * w[i] * y[i];
    }
    for (int i = 0; i < n; i++)
        s += y[i] * w[i];
    return s;
}
