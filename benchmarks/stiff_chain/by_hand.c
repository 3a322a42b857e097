/*
 * The adjoint of stiff_chain by hand: the state at the start of each step is kept (a row of the history, where the
 * step writes it in the first place) and the stages are replayed. The springs' matrix is its own transpose.
 */
#include <stdlib.h>

double stiff_chain_by_hand(int n, int steps, double dt, const double *stiffness, const double *start,
                           double *stiffness_bar, double *start_bar);

/* sum += share * slope(y); next = base + step * slope(y). Either may be left out. */
static inline void stage(int n, const double *restrict stiffness, const double *restrict y, const double *restrict base,
                         double step, double *restrict next, double share, double *restrict sum)
{
    double left = 0.0;
    for (int i = 0; i < n; i++) {
        const double right = stiffness[i] * ((i + 1 < n ? y[i + 1] : 0.0) - y[i]);
        const double k = right - left - y[i] * y[i] * y[i];
        left = right;
        if (next)
            next[i] = base[i] + step * k;
        if (sum)
            sum[i] += share * k;
    }
}

/* y_bar = slope'(y) g, sum += y_bar, stiffness_bar likewise; then g becomes the seed of the stage before. */
static inline void pull(int n, const double *restrict stiffness, const double *restrict y, double *restrict g,
                        double *restrict stiffness_bar, double *restrict sum, double share, double step,
                        const double *restrict seed)
{
    double left = 0.0;
    for (int i = 0; i < n; i++) {
        const double beyond = i + 1 < n ? g[i + 1] : 0.0, ahead = i + 1 < n ? y[i + 1] : 0.0;
        const double jump = g[i] - beyond;
        const double right = -stiffness[i] * jump;
        stiffness_bar[i] += jump * (ahead - y[i]);
        const double y_bar = right - left - 3.0 * y[i] * y[i] * g[i];
        left = right;
        sum[i] += y_bar;
        if (seed)
            g[i] = share * seed[i] + step * y_bar;
    }
}

double stiff_chain_by_hand(int n, int steps, double dt, const double *stiffness, const double *start,
                           double *stiffness_bar, double *start_bar)
{
    const size_t N = (size_t)n;
    double *const kept = malloc((((size_t)steps + 1) * N + 6 * N) * sizeof *kept);
    if (!kept)
        abort();
    double *const w2 = kept + ((size_t)steps + 1) * N, *const w3 = w2 + N, *const w4 = w3 + N;
    double *const y_bar = w4 + N, *const seed = y_bar + N, *const g = seed + N;
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
        pull(n, stiffness, w4, g, stiffness_bar, y_bar, third, dt, seed);
        pull(n, stiffness, w3, g, stiffness_bar, y_bar, third, half, seed);
        pull(n, stiffness, w2, g, stiffness_bar, y_bar, sixth, half, seed);
        pull(n, stiffness, y, g, stiffness_bar, y_bar, 0.0, 0.0, NULL);
    }
    for (int i = 0; i < n; i++)
        start_bar[i] += y_bar[i];
    free(kept);
    return energy;
}
