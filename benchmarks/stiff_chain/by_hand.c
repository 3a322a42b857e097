/*
 * The adjoint of stiff_chain by hand: the state at the start of each step is kept (a row of the history, where the
 * step writes it in the first place) and the stages are replayed. The springs' matrix is its own transpose.
 */
#include <stdlib.h>

double stiff_chain_by_hand(int n, int steps, double dt, const double *stiffness, const double *start,
                           double *stiffness_bar, double *start_bar);

/* sum += share * slope(y); next = base + step * slope(y). Either may be left out. The ends are apart, so that the loop
 * carries nothing from cell to cell. */
static inline void stage_cell(int i, double left, double right, const double *restrict y, const double *restrict base,
                              double step, double *restrict next, double share, double *restrict sum)
{
    const double k = right - left - y[i] * y[i] * y[i];
    if (next)
        next[i] = base[i] + step * k;
    if (sum)
        sum[i] += share * k;
}

static inline void stage(int n, const double *restrict stiffness, const double *restrict y, const double *restrict base,
                         double step, double *restrict next, double share, double *restrict sum)
{
    const double first = stiffness[0] * ((n > 1 ? y[1] : 0.0) - y[0]);
    stage_cell(0, 0.0, first, y, base, step, next, share, sum);
    for (int i = 1; i < n - 1; i++)
        stage_cell(i, stiffness[i - 1] * (y[i] - y[i - 1]), stiffness[i] * (y[i + 1] - y[i]), y, base, step, next,
                   share, sum);
    if (n > 1)
        stage_cell(n - 1, stiffness[n - 2] * (y[n - 1] - y[n - 2]), stiffness[n - 1] * (0.0 - y[n - 1]), y, base, step,
                   next, share, sum);
}

/* out = share seed + step slope'(y) g, where there is a stage before; sum += slope'(y) g, and the springs' adjoint. */
static inline void pull_cell(int i, double left, double right, const double *restrict y, const double *restrict g,
                             double *restrict sum, double share, double step, const double *restrict seed,
                             double *restrict out)
{
    const double y_bar = right - left - 3.0 * y[i] * y[i] * g[i];
    sum[i] += y_bar;
    if (out)
        out[i] = share * seed[i] + step * y_bar;
}

static inline void pull(int n, const double *restrict stiffness, const double *restrict y, const double *restrict g,
                        double *restrict stiffness_bar, double *restrict sum, double share, double step,
                        const double *restrict seed, double *restrict out)
{
    for (int i = 0; i < n - 1; i++)
        stiffness_bar[i] += (g[i] - g[i + 1]) * (y[i + 1] - y[i]);
    stiffness_bar[n - 1] -= g[n - 1] * y[n - 1];
    const double first = stiffness[0] * ((n > 1 ? g[1] : 0.0) - g[0]);
    pull_cell(0, 0.0, first, y, g, sum, share, step, seed, out);
    for (int i = 1; i < n - 1; i++)
        pull_cell(i, stiffness[i - 1] * (g[i] - g[i - 1]), stiffness[i] * (g[i + 1] - g[i]), y, g, sum, share, step,
                  seed, out);
    if (n > 1)
        pull_cell(n - 1, stiffness[n - 2] * (g[n - 1] - g[n - 2]), stiffness[n - 1] * (0.0 - g[n - 1]), y, g, sum,
                  share, step, seed, out);
}

double stiff_chain_by_hand(int n, int steps, double dt, const double *stiffness, const double *start,
                           double *stiffness_bar, double *start_bar)
{
    const size_t N = (size_t)n;
    double *const kept = aligned_alloc(64, ((((size_t)steps + 1) * N + 7 * N) * sizeof *kept + 63) / 64 * 64);
    if (!kept)
        abort();
    double *const w2 = kept + ((size_t)steps + 1) * N, *const w3 = w2 + N, *const w4 = w3 + N;
    double *const y_bar = w4 + N, *const seed = y_bar + N, *const g = seed + N;
    double *const other = g + N;
    const double half = 0.5 * dt, sixth = dt / 6.0, third = 2.0 * sixth;

    for (int i = 0; i < n; i++)
        kept[i] = start[i];
    for (int s = 0; s < steps; s++) {
        const double *const y = kept + (size_t)s * N;
        double *const next = kept + (size_t)(s + 1) * N;
        for (int i = 0; i < n; i++)
            next[i] = y[i];
        stage(n, stiffness, y, y, half, w2, sixth, next);
        stage(n, stiffness, w2, y, half, w3, third, next);
        stage(n, stiffness, w3, y, dt, w4, third, next);
        stage(n, stiffness, w4, NULL, 0.0, NULL, sixth, next);
    }
    const double *const last = kept + (size_t)steps * N;
    double energy = 0.0;
    for (int i = 0; i < n; i++) {
        energy += last[i] * last[i];
        y_bar[i] = 2.0 * last[i];
    }

    for (int s = steps - 1; s >= 0; s--) {
        const double *const y = kept + (size_t)s * N;
        stage(n, stiffness, y, y, half, w2, 0.0, NULL);
        stage(n, stiffness, w2, y, half, w3, 0.0, NULL);
        stage(n, stiffness, w3, y, dt, w4, 0.0, NULL);
        for (int i = 0; i < n; i++) {
            seed[i] = y_bar[i];
            g[i] = sixth * y_bar[i];
        }
        pull(n, stiffness, w4, g, stiffness_bar, y_bar, third, dt, seed, other);
        pull(n, stiffness, w3, other, stiffness_bar, y_bar, third, half, seed, g);
        pull(n, stiffness, w2, g, stiffness_bar, y_bar, sixth, half, seed, other);
        pull(n, stiffness, y, other, stiffness_bar, y_bar, 0.0, 0.0, NULL, NULL);
    }
    for (int i = 0; i < n; i++)
        start_bar[i] += y_bar[i];
    free(kept);
    return energy;
}
