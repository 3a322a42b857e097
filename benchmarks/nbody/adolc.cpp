#include "bench_adolc.h"

extern "C" double nbody_energy_adolc(int count, const double *position_, const double *mass_, double softening,
                                     double *position_bar, double *mass_bar)
{
    const std::size_t n = static_cast<std::size_t>(count);
    bench_tape tape(4 * n);
    const adouble *position = tape.input(position_, position_bar, 3 * n), *mass = tape.input(mass_, mass_bar, n);
    adouble energy = 0.0;
    for (std::size_t i = 0; i < n; i++)
        for (std::size_t j = 0; j < i; j++) {
            adouble square = softening * softening;
            for (std::size_t k = 0; k < 3; k++) {
                const adouble d = position[3 * i + k] - position[3 * j + k];
                square += d * d;
            }
            energy -= mass[i] * mass[j] / sqrt(square);
        }
    return tape.gradient(energy);
}
