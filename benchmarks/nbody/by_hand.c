/* The adjoint of nbody_energy by hand: each pair forward and back at once; what body i receives stays in locals while j
 * goes along. */
#include <math.h>

double nbody_energy_by_hand(int n, const double position[n][3], const double mass[n], double softening,
                            double position_bar[n][3], double mass_bar[n]);

double nbody_energy_by_hand(int n, const double position[n][3], const double mass[n], double softening,
                            double position_bar[n][3], double mass_bar[n])
{
    double energy = 0.0;
    const double softening2 = softening * softening;
    for (int i = 0; i < n; i++) {
        const double x = position[i][0], y = position[i][1], z = position[i][2], m = mass[i];
        double x_bar = 0.0, y_bar = 0.0, z_bar = 0.0, m_bar = 0.0;
        for (int j = 0; j < i; j++) {
            const double dx = x - position[j][0], dy = y - position[j][1], dz = z - position[j][2];
            const double by_square = 1.0 / (softening2 + dx * dx + dy * dy + dz * dz), by_r = sqrt(by_square);
            const double by_m = mass[j] * by_r, pull = m * by_m * by_square;
            energy -= m * by_m;
            m_bar -= by_m;
            mass_bar[j] -= m * by_r;
            x_bar += pull * dx;
            y_bar += pull * dy;
            z_bar += pull * dz;
            position_bar[j][0] -= pull * dx;
            position_bar[j][1] -= pull * dy;
            position_bar[j][2] -= pull * dz;
        }
        position_bar[i][0] += x_bar;
        position_bar[i][1] += y_bar;
        position_bar[i][2] += z_bar;
        mass_bar[i] += m_bar;
    }
    return energy;
}
