/* A chain of cells joined by stiff springs, the last to a wall, each with a cubic sink; many small steps of Runge and
 * Kutta's fourth order. */
#include <adgen.h>

static void slope(int n, const double *stiffness, const double *y, double *dy)
{
    double left = 0.0;
    for (int i = 0; i < n; i++) {
        double next = i + 1 < n ? y[i + 1] : 0.0;
        double right = stiffness[i] * (next - y[i]);
        dy[i] = right - left - y[i] * y[i] * y[i];
        left = right;
    }
}

ADGEN_GRAD(stiffness, start)
double stiff_chain(int n, int steps, double dt, const double *stiffness, const double *start)
{
    double y[n], k1[n], k2[n], k3[n], k4[n], w[n];

    for (int i = 0; i < n; i++)
        y[i] = start[i];
    for (int s = 0; s < steps; s++) {
        slope(n, stiffness, y, k1);
        for (int i = 0; i < n; i++)
            w[i] = y[i] + 0.5 * dt * k1[i];
        slope(n, stiffness, w, k2);
        for (int i = 0; i < n; i++)
            w[i] = y[i] + 0.5 * dt * k2[i];
        slope(n, stiffness, w, k3);
        for (int i = 0; i < n; i++)
            w[i] = y[i] + dt * k3[i];
        slope(n, stiffness, w, k4);
        for (int i = 0; i < n; i++)
            y[i] += dt / 6.0 * (k1[i] + 2.0 * k2[i] + 2.0 * k3[i] + k4[i]);
    }
    double energy = 0.0;
    for (int i = 0; i < n; i++)
        energy += y[i] * y[i];
    return energy;
}
