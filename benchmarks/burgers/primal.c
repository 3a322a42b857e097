/* Burgers' equation with viscosity on a ring, explicit steps in conservative form. */
#include <adgen.h>

ADGEN_GRAD(start, viscosity)
double burgers(int n, int steps, double dt, double dx, const double *start, double viscosity, const double *target)
{
    double u[n], flux[n], next[n];

    for (int i = 0; i < n; i++)
        u[i] = start[i];
    for (int s = 0; s < steps; s++) {
        for (int i = 0; i < n; i++)
            flux[i] = 0.5 * u[i] * u[i];
        for (int i = 0; i < n; i++) {
            int left = i > 0 ? i - 1 : n - 1;
            int right = i < n - 1 ? i + 1 : 0;
            next[i] = u[i] - dt / (2.0 * dx) * (flux[right] - flux[left]) +
                      viscosity * dt / (dx * dx) * (u[right] - 2.0 * u[i] + u[left]);
        }
        for (int i = 0; i < n; i++)
            u[i] = next[i];
    }
    double misfit = 0.0;
    for (int i = 0; i < n; i++)
        misfit += (u[i] - target[i]) * (u[i] - target[i]) * dx;
    return misfit;
}
