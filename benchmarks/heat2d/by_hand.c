/*
 * The adjoint of heat2d by hand. Each step writes the next field straight into the history, so keeping it costs no
 * copy. The reverse step gathers: with g = conductivity u_bar inside and 0 at the edges, u_bar += the Laplacian of g,
 * and conductivity_bar += u_bar times the Laplacian of u. g is made a row ahead of where it is used.
 */
#include <stdlib.h>
#include <string.h>

double heat2d_by_hand(int ny, int nx, int steps, const double start[ny][nx], const double conductivity[ny][nx],
                      const double target[ny][nx], double start_bar[ny][nx], double conductivity_bar[ny][nx]);

/* The inner cells of one row: a step forward ... */
static void advance(int nx, const double *restrict above, const double *restrict at, const double *restrict below,
                    const double *restrict c, double *restrict to)
{
    for (int j = 1; j < nx - 1; j++)
        to[j] = at[j] + c[j] * (above[j] + below[j] + at[j - 1] + at[j + 1] - 4.0 * at[j]);
}

/* ... and the two halves of the step back. */
static void weigh(int nx, const double *restrict above, const double *restrict at, const double *restrict below,
                  const double *restrict c, const double *restrict bar, double *restrict c_bar, double *restrict g)
{
    for (int j = 1; j < nx - 1; j++) {
        c_bar[j] += bar[j] * (above[j] + below[j] + at[j - 1] + at[j + 1] - 4.0 * at[j]);
        g[j] = c[j] * bar[j];
    }
}

static void gather(int nx, const double *restrict above, const double *restrict at, const double *restrict below,
                   double *restrict bar)
{
    for (int j = 1; j < nx - 1; j++)
        bar[j] += above[j] + below[j] + at[j - 1] + at[j + 1] - 4.0 * at[j];
}

double heat2d_by_hand(int ny, int nx, int steps, const double start[ny][nx], const double conductivity[ny][nx],
                      const double target[ny][nx], double start_bar[ny][nx], double conductivity_bar[ny][nx])
{
    const size_t row = (size_t)nx, field = (size_t)ny * row;
    double *const kept = aligned_alloc(64, (((size_t)steps + 3) * field * sizeof *kept + 63) / 64 * 64);
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
            const double *const at = u + i * nx;
            double *const to = next + i * nx;
            to[0] = at[0];
            advance(nx, at - nx, at, at + nx, conductivity[i], to);
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
        /* g is 0 at the edges, so that inside all four neighbours can be read; an edge has one neighbour inside. */
        for (int i = 1; i < ny; i++) {
            const double *const at = u + i * nx, *const g_at = g + (i - 1) * nx;
            double *const bar = u_bar + (i - 1) * nx;
            if (i < ny - 1)
                weigh(nx, at - nx, at, at + nx, conductivity[i], bar + nx, conductivity_bar[i], g + i * nx);
            if (i > 1) {
                bar[0] += g_at[1];
                gather(nx, g_at - nx, g_at, g_at + nx, bar);
                bar[nx - 1] += g_at[nx - 2];
            }
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
