// Stages of a step are computed again in the reverse sweep, from the state that the step found.
// test: grad f(n = 5, steps = 3, dt = 0.1, c[5] ~ 0.5..1.5, start[5] ~ -1..1)
// test: grad f(n = 1, steps = 2, dt = 0.1, c[1] ~ 0.5..1.5, start[1] ~ -1..1)
// test: grad f(n = 2, steps = 2, dt = 0.1, c[2] ~ 0.5..1.5, start[2] ~ -1..1)
// test: grad f(n = 3, steps = 2, dt = 0.1, c[3] ~ 0.5..1.5, start[3] ~ -1..1)
// test: grad f(n = 4, steps = 2, dt = 0.1, c[4] ~ 0.5..1.5, start[4] ~ -1..1)
// test: grad f(n = 21, steps = 2, dt = 0.1, c[21] ~ 0.5..1.5, start[21] ~ -1..1)
// test: grad f(n = 5, steps = 0, dt = 0.1, c[5] ~ 0.5..1.5, start[5] ~ -1..1)

#include <adgen.h>

static void slope(int n, const double *c, const double *y, double *dy)
{
    double left = 0;
    for (int i = 0; i < n; i++) {
        double next = i + 1 < n ? y[i + 1] : 0;
        double right = c[i] * (next - y[i]);
        dy[i] = right - left - y[i] * y[i] * y[i];
        left = right;
    }
}

ADGEN_GRAD(c, start)
double f(int n, int steps, double dt, const double *c, const double *start)
{
    double y[n], k1[n], k2[n], k3[n], w[n], s = 0;
    for (int i = 0; i < n; i++)
        y[i] = start[i];
    for (int t = 0; t < steps; t++) {
        slope(n, c, y, k1);
        for (int i = 0; i < n; i++)
            w[i] = y[i] + 0.5 * dt * k1[i];
        slope(n, c, w, k2);
        for (int i = 0; i < n; i++)
            w[i] = y[i] - dt * k1[i] + 2 * dt * k2[i];
        slope(n, c, w, k3);
        for (int i = 0; i < n; i++)
            y[i] += dt / 6 * (k1[i] + 4 * k2[i] + k3[i]);
    }
    for (int i = 0; i < n; i++)
        s += y[i] * y[i];
    return s;
}
