/* Potential energy of n bodies, with softened gravity. */
#include <adgen.h>
#include <math.h>

ADGEN_GRAD(position, mass)
double nbody_energy(int n, const double position[n][3], const double mass[n], double softening)
{
    double energy = 0.0;
    for (int i = 0; i < n; i++)
        for (int j = 0; j < i; j++) {
            double square = softening * softening;
            for (int k = 0; k < 3; k++) {
                double d = position[i][k] - position[j][k];
                square += d * d;
            }
            energy -= mass[i] * mass[j] / sqrt(square);
        }
    return energy;
}
