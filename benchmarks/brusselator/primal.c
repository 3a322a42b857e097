/* The Brusselator with diffusion on a periodic square, explicit steps. */
#include <adgen.h>

ADGEN_GRAD(u0, v0, a, b)
double brusselator(int n, int steps, double dt, double diffusion, const double u0[n][n], const double v0[n][n],
                   double a, double b)
{
    double u[n][n], v[n][n], du[n][n], dv[n][n];

    for (int i = 0; i < n; i++)
        for (int j = 0; j < n; j++) {
            u[i][j] = u0[i][j];
            v[i][j] = v0[i][j];
        }
    for (int s = 0; s < steps; s++) {
        for (int i = 0; i < n; i++) {
            int up = i > 0 ? i - 1 : n - 1;
            int down = i < n - 1 ? i + 1 : 0;
            for (int j = 0; j < n; j++) {
                int left = j > 0 ? j - 1 : n - 1;
                int right = j < n - 1 ? j + 1 : 0;
                double reaction = u[i][j] * u[i][j] * v[i][j];
                double lap_u = u[up][j] + u[down][j] + u[i][left] + u[i][right] - 4.0 * u[i][j];
                double lap_v = v[up][j] + v[down][j] + v[i][left] + v[i][right] - 4.0 * v[i][j];
                du[i][j] = a + reaction - (b + 1.0) * u[i][j] + diffusion * lap_u;
                dv[i][j] = b * u[i][j] - reaction + diffusion * lap_v;
            }
        }
        for (int i = 0; i < n; i++)
            for (int j = 0; j < n; j++) {
                u[i][j] += dt * du[i][j];
                v[i][j] += dt * dv[i][j];
            }
    }
    double sum = 0.0;
    for (int i = 0; i < n; i++)
        for (int j = 0; j < n; j++)
            sum += (u[i][j] - a) * (u[i][j] - a) + v[i][j] * v[i][j];
    return sum;
}
