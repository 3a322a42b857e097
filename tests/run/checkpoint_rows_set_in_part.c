// A checkpoint keeps all of an array, of which steps set and read only some rows: gcc sees nothing uninitialized.
// test: grad f(x[4] ~ -1..1)

#include <adgen.h>
#include <math.h>

ADGEN_GRAD(x)
double f(const double x[4])
{
    double position[5][2], force[5][2];
    for (int i = 0; i < 2; i++)
        for (int d = 0; d < 2; d++) {
            position[i][d] = sin(x[2 * i + d]);
            force[i][d] = 0;
        }
    for (int step = 0; step < 4; step++) {
        ADGEN_CHECKPOINT(4);
        for (int i = 0; i < 2; i++)
            for (int j = 0; j < i; j++) {
                const double u = position[j][0] - position[i][0], v = position[j][1] - position[i][1];
                const double by = 0.5 / sqrt(0.5 + u * u + v * v);
                force[i][0] += by * u;
                force[i][1] += by * v;
                force[j][0] -= by * u;
                force[j][1] -= by * v;
            }
        for (int i = 0; i < 2; i++)
            for (int d = 0; d < 2; d++)
                position[i][d] += 0.1 * force[i][d];
    }
    return position[0][0] * position[0][1] + position[1][0] * position[1][1];
}
