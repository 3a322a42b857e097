/*
 * The adjoint of heat2d by hand. Each step writes the next field straight into the history, so keeping it costs no
 * copy. The reverse step gathers: with g = conductivity u_bar inside and 0 at the edges, u_bar += the Laplacian of g,
 * and conductivity_bar += u_bar times the Laplacian of u. g is made a row ahead of where it is used.
 */
#include <stdlib.h>
#include <string.h>

double heat2d_by_hand(int ny, int nx, int steps, const double start[ny][nx], const double conductivity[ny][nx],
                      const double target[ny][nx], double start_bar[ny][nx], double conductivity_bar[ny][nx]);

double heat2d_by_hand(int ny, int nx, int steps, const double start[ny][nx], const double conductivity[ny][nx],
                      const double target[ny][nx], double start_bar[ny][nx], double conductivity_bar[ny][nx])
{
    const size_t row = (size_t)nx, field = (size_t)ny * row;
    double *const kept = malloc(((size_t)steps + 3) * field * sizeof *kept);
    if (!kept)
        abort();
    double *const u_bar = kept + ((size_t)steps + 1) * field, *const g = u_bar + field;

    memcpy(kept, start, field * sizeof *kept);
    for (int s = 0; s < steps; s++) {
        const double *const u = kept + (size_t)s * field;
        double *const next = kept + (size_t)(s + 1) * field;
        memcpy(next, u, row * sizeof *u);
        memcpy(next + field - row, u + field - row, row * sizeof *u);
        for (int i = 1; i < ny - 1; i++) {
            const double *const restrict at = u + i * nx, *const restrict above = at - nx,
                                         *const restrict below = at + nx;
            const double *const restrict c = conductivity[i];
            double *const restrict to = next + i * nx;
            to[0] = at[0];
            for (int j = 1; j < nx - 1; j++)
                to[j] = at[j] + c[j] * (above[j] + below[j] + at[j - 1] + at[j + 1] - 4.0 * at[j]);
            to[nx - 1] = at[nx - 1];
        }
    }
    const double *const last = kept + (size_t)steps * field, *const wanted = &target[0][0];
    double misfit = 0.0;
    for (size_t i = 0; i < field; i++) {
        const double d = last[i] - wanted[i];
        misfit += d * d;
        u_bar[i] = 2.0 * d;
        g[i] = 0.0;
    }

    for (int s = steps - 1; s >= 0; s--) {
        const double *const u = kept + (size_t)s * field;
        for (int i = 1; i < ny - 1; i++) {
            const double *const restrict at = u + i * nx, *const restrict above = at - nx,
                                         *const restrict below = at + nx;
            const double *const restrict c = conductivity[i], *const restrict bar = u_bar + i * nx;
            double *const restrict c_bar = conductivity_bar[i], *const restrict out = g + i * nx;
            for (int j = 1; j < nx - 1; j++) {
                c_bar[j] += bar[j] * (above[j] + below[j] + at[j - 1] + at[j + 1] - 4.0 * at[j]);
                out[j] = c[j] * bar[j];
            }
        }
        /* g is 0 at the edges, so that inside all four neighbours can be read; an edge has one neighbour inside. */
        for (int i = 1; i < ny - 1; i++) {
            const double *const restrict at = g + i * nx, *const restrict above = at - nx,
                                         *const restrict below = at + nx;
            double *const restrict bar = u_bar + i * nx;
            bar[0] += at[1];
            for (int j = 1; j < nx - 1; j++)
                bar[j] += above[j] + below[j] + at[j - 1] + at[j + 1] - 4.0 * at[j];
            bar[nx - 1] += at[nx - 2];
        }
        for (int j = 1; j < nx - 1; j++) {
            u_bar[j] += g[nx + j];
            u_bar[(ny - 1) * nx + j] += g[(ny - 2) * nx + j];
        }
    }
    for (int i = 0; i < ny; i++)
        for (int j = 0; j < nx; j++)
            start_bar[i][j] += u_bar[i * nx + j];
    free(kept);
    return misfit;
}
