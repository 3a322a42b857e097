/* The heat equation on a rectangle with fixed edges, explicit steps; which start and which conductivity give the
 * target? */
#include <adgen.h>

ADGEN_GRAD(start, conductivity)
double heat2d(int ny, int nx, int steps, const double start[ny][nx], const double conductivity[ny][nx],
              const double target[ny][nx])
{
    double u[ny][nx], next[ny][nx];

    for (int i = 0; i < ny; i++)
        for (int j = 0; j < nx; j++)
            u[i][j] = start[i][j];
    for (int s = 0; s < steps; s++) {
        for (int i = 1; i < ny - 1; i++)
            for (int j = 1; j < nx - 1; j++)
                next[i][j] = u[i][j] + conductivity[i][j] *
                                           (u[i - 1][j] + u[i + 1][j] + u[i][j - 1] + u[i][j + 1] - 4.0 * u[i][j]);
        for (int i = 1; i < ny - 1; i++)
            for (int j = 1; j < nx - 1; j++)
                u[i][j] = next[i][j];
    }
    double misfit = 0.0;
    for (int i = 0; i < ny; i++)
        for (int j = 0; j < nx; j++)
            misfit += (u[i][j] - target[i][j]) * (u[i][j] - target[i][j]);
    return misfit;
}
