/*
 * The adjoint of stiff_chain by hand: the state at the start of each step is kept (a row of the history, where the
 * step writes it in the first place) and the stages are replayed. The springs' matrix is its own transpose.
 */
#include <stdlib.h>

double stiff_chain_by_hand(int n, int steps, double dt, const double *stiffness, const double *start,
                           double *stiffness_bar, double *start_bar);

/* k = slope(y). The ends are apart, so that the loop carries nothing from cell to cell. */
static void slope(int n, const double *restrict stiffness, const double *restrict y, double *restrict k)
{
    const int e = n - 1;
    for (int i = 1; i < e; i++)
        k[i] = stiffness[i] * (y[i + 1] - y[i]) - stiffness[i - 1] * (y[i] - y[i - 1]) - y[i] * y[i] * y[i];
    k[0] = (n > 1 ? stiffness[0] * (y[1] - y[0]) : 0.0) - y[0] * y[0] * y[0];
    k[e] = (n > 1 ? -stiffness[e - 1] * (y[e] - y[e - 1]) - y[e] * y[e] * y[e] : k[0]) - stiffness[e] * y[e];
}

/* next = base + step * k */
static void advance(int n, const double *restrict base, double step, const double *restrict k, double *restrict next)
{
    for (int i = 0; i < n; i++)
        next[i] = base[i] + step * k[i];
}

/* y_bar = slope'(y) g and the springs' adjoint; slope' is its own transpose. */
static void pull(int n, const double *restrict stiffness, const double *restrict y, const double *restrict g,
                 double *restrict stiffness_bar, double *restrict y_bar)
{
    const int e = n - 1;
    for (int i = 0; i < e; i++)
        stiffness_bar[i] += (g[i] - g[i + 1]) * (y[i + 1] - y[i]);
    stiffness_bar[e] -= g[e] * y[e];
    for (int i = 1; i < e; i++)
        y_bar[i] = stiffness[i] * (g[i + 1] - g[i]) - stiffness[i - 1] * (g[i] - g[i - 1]) - 3.0 * y[i] * y[i] * g[i];
    y_bar[0] = (n > 1 ? stiffness[0] * (g[1] - g[0]) : 0.0) - 3.0 * y[0] * y[0] * g[0];
    y_bar[e] =
        (n > 1 ? -stiffness[e - 1] * (g[e] - g[e - 1]) - 3.0 * y[e] * y[e] * g[e] : y_bar[0]) - stiffness[e] * g[e];
}

/* sum += y_bar, and g = share * seed + step * y_bar, the seed of the stage before. */
static void pass_on(int n, double share, const double *restrict seed, double step, const double *restrict y_bar,
                    double *restrict sum, double *restrict g)
{
    for (int i = 0; i < n; i++) {
        sum[i] += y_bar[i];
        g[i] = share * seed[i] + step * y_bar[i];
    }
}

double stiff_chain_by_hand(int n, int steps, double dt, const double *stiffness, const double *start,
                           double *stiffness_bar, double *start_bar)
{
    const size_t N = (size_t)n;
    double *const kept = aligned_alloc(64, ((((size_t)steps + 1) * N + 10 * N) * sizeof *kept + 63) / 64 * 64);
    if (!kept)
        abort();
    double *const w2 = kept + ((size_t)steps + 1) * N, *const w3 = w2 + N, *const w4 = w3 + N;
    double *const y_bar = w4 + N, *const seed = y_bar + N, *const g = seed + N;
    double *const stage_bar = g + N, *const k1 = stage_bar + N, *const k2 = k1 + N, *const k3 = k2 + N;

    const double half = 0.5 * dt, sixth = dt / 6.0, third = 2.0 * sixth;

    for (int i = 0; i < n; i++)
        kept[i] = start[i];
    for (int s = 0; s < steps; s++) {
        const double *const y = kept + (size_t)s * N;
        double *const next = kept + (size_t)(s + 1) * N;
        slope(n, stiffness, y, k1);
        advance(n, y, half, k1, w2);
        slope(n, stiffness, w2, k2);
        advance(n, y, half, k2, w3);
        slope(n, stiffness, w3, k3);
        advance(n, y, dt, k3, w4);
        slope(n, stiffness, w4, g);
        for (int i = 0; i < n; i++)
            next[i] = y[i] + sixth * (k1[i] + 2.0 * k2[i] + 2.0 * k3[i] + g[i]);
    }
    const double *const last = kept + (size_t)steps * N;
    double energy = 0.0;
    for (int i = 0; i < n; i++) {
        energy += last[i] * last[i];
        y_bar[i] = 2.0 * last[i];
    }

    for (int s = steps - 1; s >= 0; s--) {
        const double *const y = kept + (size_t)s * N;
        slope(n, stiffness, y, k1);
        advance(n, y, half, k1, w2);
        slope(n, stiffness, w2, k1);
        advance(n, y, half, k1, w3);
        slope(n, stiffness, w3, k1);
        advance(n, y, dt, k1, w4);
        for (int i = 0; i < n; i++) {
            seed[i] = y_bar[i];
            g[i] = sixth * y_bar[i];
        }
        pull(n, stiffness, w4, g, stiffness_bar, stage_bar);
        pass_on(n, third, seed, dt, stage_bar, y_bar, g);
        pull(n, stiffness, w3, g, stiffness_bar, stage_bar);
        pass_on(n, third, seed, half, stage_bar, y_bar, g);
        pull(n, stiffness, w2, g, stiffness_bar, stage_bar);
        pass_on(n, sixth, seed, half, stage_bar, y_bar, g);
        pull(n, stiffness, y, g, stiffness_bar, stage_bar);
        for (int i = 0; i < n; i++)
            y_bar[i] += stage_bar[i];
    }
    for (int i = 0; i < n; i++)
        start_bar[i] += y_bar[i];
    free(kept);
    return energy;
}
