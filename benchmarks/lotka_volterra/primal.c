/* Lotka and Volterra's prey and predators by Runge and Kutta's fourth order, and the misfit to what was observed. */
#include <adgen.h>

static void growth(const double rates[4], const double z[2], double out[2])
{
    out[0] = z[0] * (rates[0] - rates[1] * z[1]);
    out[1] = z[1] * (rates[2] * z[0] - rates[3]);
}

ADGEN_GRAD(rates, start)
double lotka_volterra(int steps, double dt, const double rates[4], const double start[2], const double *observed)
{
    double z[2] = {start[0], start[1]};
    double misfit = 0.0;

    for (int s = 0; s < steps; s++) {
        double k1[2], k2[2], k3[2], k4[2], w[2];
        growth(rates, z, k1);
        for (int i = 0; i < 2; i++)
            w[i] = z[i] + 0.5 * dt * k1[i];
        growth(rates, w, k2);
        for (int i = 0; i < 2; i++)
            w[i] = z[i] + 0.5 * dt * k2[i];
        growth(rates, w, k3);
        for (int i = 0; i < 2; i++)
            w[i] = z[i] + dt * k3[i];
        growth(rates, w, k4);
        for (int i = 0; i < 2; i++) {
            z[i] += dt / 6.0 * (k1[i] + 2.0 * k2[i] + 2.0 * k3[i] + k4[i]);
            misfit += (z[i] - observed[2 * s + i]) * (z[i] - observed[2 * s + i]);
        }
    }
    return misfit;
}
