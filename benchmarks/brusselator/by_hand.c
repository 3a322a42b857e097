/*
 * The adjoint of brusselator by hand. Both fields of each step are written into the history; the reverse step gathers
 * from the neighbours' adjoints (the Laplacian is its own transpose); n is 2 at least. The first and last cell of a
 * row, where the neighbours wrap around, are apart, so that the loop between them has no branch.
 */
#include <stdlib.h>

double brusselator_by_hand(int n, int steps, double dt, double diffusion, const double u0[n][n], const double v0[n][n],
                           double a, double b, double u0_bar[n][n], double v0_bar[n][n], double *a_bar, double *b_bar);

/* The constants of a run, and the sums over all cells and steps that the reverse sweep makes. */
typedef struct {
    double dt, diffusion, a, b, sum_p, sum_b;
} run;

/* One cell, from its values and the sums over its four neighbours. */
static inline double advance_u(const run *r, double u, double v, double around)
{
    return u + r->dt * (r->a + u * u * v - (r->b + 1.0) * u + r->diffusion * (around - 4.0 * u));
}

static inline double advance_v(const run *r, double u, double v, double around)
{
    return v + r->dt * (r->b * u - u * u * v + r->diffusion * (around - 4.0 * v));
}

static inline double pull_u(const run *r, double u, double v, double p, double q, double around)
{
    return p + r->dt * ((p - q) * (2.0 * u * v - r->b) - p + r->diffusion * (around - 4.0 * p));
}

static inline double pull_v(const run *r, double u, double p, double q, double around)
{
    return q + r->dt * ((p - q) * u * u + r->diffusion * (around - 4.0 * q));
}

/* A row of n cells, its neighbours above and below, and where it goes. */
static void advance_row(run r, int n, const double *restrict u_above, const double *restrict u,
                        const double *restrict u_below, const double *restrict v_above, const double *restrict v,
                        const double *restrict v_below, double *restrict next_u, double *restrict next_v)
{
    const int e = n - 1;
    next_u[0] = advance_u(&r, u[0], v[0], u_above[0] + u_below[0] + u[e] + u[1]);
    next_v[0] = advance_v(&r, u[0], v[0], v_above[0] + v_below[0] + v[e] + v[1]);
    for (int j = 1; j < e; j++) {
        next_u[j] = advance_u(&r, u[j], v[j], u_above[j] + u_below[j] + u[j - 1] + u[j + 1]);
        next_v[j] = advance_v(&r, u[j], v[j], v_above[j] + v_below[j] + v[j - 1] + v[j + 1]);
    }
    next_u[e] = advance_u(&r, u[e], v[e], u_above[e] + u_below[e] + u[e - 1] + u[0]);
    next_v[e] = advance_v(&r, u[e], v[e], v_above[e] + v_below[e] + v[e - 1] + v[0]);
}

static void pull_row(run r, int n, const double *restrict u, const double *restrict v, const double *restrict p_above,
                     const double *restrict p, const double *restrict p_below, const double *restrict q_above,
                     const double *restrict q, const double *restrict q_below, double *restrict u_bar,
                     double *restrict v_bar)
{
    const int e = n - 1;
    u_bar[0] = pull_u(&r, u[0], v[0], p[0], q[0], p_above[0] + p_below[0] + p[e] + p[1]);
    v_bar[0] = pull_v(&r, u[0], p[0], q[0], q_above[0] + q_below[0] + q[e] + q[1]);
    for (int j = 1; j < e; j++) {
        u_bar[j] = pull_u(&r, u[j], v[j], p[j], q[j], p_above[j] + p_below[j] + p[j - 1] + p[j + 1]);
        v_bar[j] = pull_v(&r, u[j], p[j], q[j], q_above[j] + q_below[j] + q[j - 1] + q[j + 1]);
    }
    u_bar[e] = pull_u(&r, u[e], v[e], p[e], q[e], p_above[e] + p_below[e] + p[e - 1] + p[0]);
    v_bar[e] = pull_v(&r, u[e], p[e], q[e], q_above[e] + q_below[e] + q[e - 1] + q[0]);
}

/* What a and b get from all cells of a step, summed in lanes, so that it needs no licence to reorder to vectorise. */
static void sum_cells(run *r, int cells, const double *restrict u, const double *restrict p, const double *restrict q)
{
    enum { LANES = 16 };
    double sum_p[LANES] = {0.0}, sum_b[LANES] = {0.0};
    int i = 0;
    for (; i + LANES <= cells; i += LANES)
        for (int l = 0; l < LANES; l++) {
            sum_p[l] += p[i + l];
            sum_b[l] -= (p[i + l] - q[i + l]) * u[i + l];
        }
    for (int l = 0; i < cells; i++, l++) {
        sum_p[l] += p[i];
        sum_b[l] -= (p[i] - q[i]) * u[i];
    }
    for (int l = 0; l < LANES; l++) {
        r->sum_p += sum_p[l];
        r->sum_b += sum_b[l];
    }
}

double brusselator_by_hand(int n, int steps, double dt, double diffusion, const double u0[n][n], const double v0[n][n],
                           double a, double b, double u0_bar[n][n], double v0_bar[n][n], double *a_bar, double *b_bar)
{
    const int field = n * n;
    const size_t F = (size_t)field;
    double *const kept = aligned_alloc(64, ((2 * (size_t)steps + 6) * F * sizeof *kept + 63) / 64 * 64);
    if (!kept)
        abort();
    run r = {dt, diffusion, a, b, 0.0, 0.0};

    for (int i = 0; i < field; i++) {
        kept[i] = u0[i / n][i % n];
        kept[field + i] = v0[i / n][i % n];
    }
    for (int s = 0; s < steps; s++) {
        const double *const u = kept + (size_t)s * 2 * F, *const v = u + field;
        double *const next_u = kept + (size_t)(s + 1) * 2 * F, *const next_v = next_u + field;
        for (int i = 0; i < n; i++) {
            const int at = i * n, above = (i > 0 ? i - 1 : n - 1) * n, below = (i < n - 1 ? i + 1 : 0) * n;
            advance_row(r, n, u + above, u + at, u + below, v + above, v + at, v + below, next_u + at, next_v + at);
        }
    }

    const double *const last = kept + (size_t)steps * 2 * F;
    double *now = kept + ((size_t)steps + 1) * 2 * F, *before = now + 2 * field;
    double sum = 0.0, direct = 0.0;
    for (int i = 0; i < field; i++) {
        const double d = last[i] - a, v = last[field + i];
        sum += d * d + v * v;
        direct -= 2.0 * d;
        now[i] = 2.0 * d;
        now[field + i] = 2.0 * v;
    }
    for (int s = steps - 1; s >= 0; s--) {
        const double *const u = kept + (size_t)s * 2 * F, *const v = u + field;
        const double *const p = now, *const q = now + field;
        double *const u_bar = before, *const v_bar = before + field;
        sum_cells(&r, field, u, p, q);
        for (int i = 0; i < n; i++) {
            const int at = i * n, above = (i > 0 ? i - 1 : n - 1) * n, below = (i < n - 1 ? i + 1 : 0) * n;
            pull_row(r, n, u + at, v + at, p + above, p + at, p + below, q + above, q + at, q + below, u_bar + at,
                     v_bar + at);
        }
        before = now;
        now = u_bar;
    }
    for (int i = 0; i < field; i++) {
        u0_bar[i / n][i % n] += now[i];
        v0_bar[i / n][i % n] += now[field + i];
    }
    *a_bar += dt * r.sum_p + direct;
    *b_bar += dt * r.sum_b;
    free(kept);
    return sum;
}
