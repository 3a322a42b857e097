// Lotka and Volterra by the classical Runge-Kutta method.
// test: grad f(p[4] ~ 1.5 1 0.75 1, y0[2] ~ 1 0.5, steps = 5)

#include <adgen.h>

static void slope(const double *p, const double *y, double *dy)
{
    dy[0] = p[0] * y[0] - p[1] * y[0] * y[1];
    dy[1] = p[2] * y[0] * y[1] - p[3] * y[1];
}

ADGEN_GRAD(p, y0)
double f(const double *p, const double *y0, int steps)
{
    const double h = 0.1;
    double y[2] = {y0[0], y0[1]}, k[4][2], t[2];
    for (int s = 0; s < steps; s++) {
        slope(p, y, k[0]);
        for (int stage = 1; stage < 4; stage++) {
            const double part = stage == 3 ? h : h / 2;
            for (int i = 0; i < 2; i++)
                t[i] = y[i] + part * k[stage - 1][i];
            slope(p, t, k[stage]);
        }
        for (int i = 0; i < 2; i++)
            y[i] += h / 6 * (k[0][i] + 2 * k[1][i] + 2 * k[2][i] + k[3][i]);
    }
    return y[0] * y[1];
}
