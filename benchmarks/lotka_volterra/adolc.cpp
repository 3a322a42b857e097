#include "bench_adolc.h"

static void growth(const adouble *rates, const adouble *z, adouble *out)
{
    out[0] = z[0] * (rates[0] - rates[1] * z[1]);
    out[1] = z[1] * (rates[2] * z[0] - rates[3]);
}

extern "C" double lotka_volterra_adolc(int steps, double dt, const double *rates_, const double *start_,
                                       const double *observed, double *rates_bar, double *start_bar)
{
    bench_tape tape(6);
    const adouble *rates = tape.input(rates_, rates_bar, 4), *start = tape.input(start_, start_bar, 2);
    adouble z[2] = {start[0], start[1]}, k1[2], k2[2], k3[2], k4[2], w[2], misfit = 0.0;
    for (int s = 0; s < steps; s++) {
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
    return tape.gradient(misfit);
}
