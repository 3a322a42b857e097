/*
 * The adjoint of brusselator by hand. Both fields of each step are written into the history; the reverse step gathers
 * from the neighbours' adjoints (the Laplacian is its own transpose). The first and last column of a row, where the
 * neighbours wrap around, are apart, so that the loop between them has no branch.
 */
#include <stdlib.h>

double brusselator_by_hand(int n, int steps, double dt, double diffusion, const double u0[n][n], const double v0[n][n],
                           double a, double b, double u0_bar[n][n], double v0_bar[n][n], double *a_bar, double *b_bar);

/* The constants of a run, and the sums over all cells and steps that the reverse sweep makes. */
typedef struct {
    double dt, diffusion, a, b, sum_p, sum_b;
} run;

static inline void advance_cell(const run *r, const double *restrict u, const double *restrict v, int above, int below,
                                int at, int left, int right, double *restrict next_u, double *restrict next_v)
{
    const double reaction = u[at] * u[at] * v[at];
    const double lap_u = u[above] + u[below] + u[left] + u[right] - 4.0 * u[at];
    const double lap_v = v[above] + v[below] + v[left] + v[right] - 4.0 * v[at];
    next_u[at] = u[at] + r->dt * (r->a + reaction - (r->b + 1.0) * u[at] + r->diffusion * lap_u);
    next_v[at] = v[at] + r->dt * (r->b * u[at] - reaction + r->diffusion * lap_v);
}

static inline void pull_cell(const run *r, const double *restrict u, const double *restrict v, const double *restrict p,
                             const double *restrict q, int above, int below, int at, int left, int right,
                             double *restrict u_bar, double *restrict v_bar)
{
    const double lap_p = p[above] + p[below] + p[left] + p[right] - 4.0 * p[at];
    const double lap_q = q[above] + q[below] + q[left] + q[right] - 4.0 * q[at];
    const double apart = p[at] - q[at], pull_u = 2.0 * u[at] * v[at] - r->b;
    u_bar[at] = p[at] + r->dt * (apart * pull_u - p[at] + r->diffusion * lap_p);
    v_bar[at] = q[at] + r->dt * (apart * u[at] * u[at] + r->diffusion * lap_q);
}

/* The inner cells of a row, whose neighbours don't wrap around. */
static void advance_row(const run *r, int n, const double *restrict u, const double *restrict v, int above, int below,
                        int at, double *restrict next_u, double *restrict next_v)
{
    const run constants = *r;
    for (int j = 1; j < n - 1; j++)
        advance_cell(&constants, u, v, above + j, below + j, at + j, at + j - 1, at + j + 1, next_u, next_v);
}

/* Likewise, but the two sums over the row are made in loops of their own, in lanes, so that the others vectorise. */
static void pull_row(run *r, int n, const double *restrict u, const double *restrict v, const double *restrict p,
                     const double *restrict q, int above, int below, int at, double *restrict u_bar,
                     double *restrict v_bar)
{
    enum { LANES = 16 };
    const run constants = *r;
    double sum_p[LANES] = {0.0}, sum_b[LANES] = {0.0};
    int j = 1;
    for (int i = 1; i < n - 1; i++)
        pull_cell(&constants, u, v, p, q, above + i, below + i, at + i, at + i - 1, at + i + 1, u_bar, v_bar);
    for (; j + LANES <= n - 1; j += LANES)
        for (int l = 0; l < LANES; l++) {
            sum_p[l] += p[at + j + l];
            sum_b[l] -= (p[at + j + l] - q[at + j + l]) * u[at + j + l];
        }
    for (int l = 0; j < n - 1; j++, l++) {
        sum_p[l] += p[at + j];
        sum_b[l] -= (p[at + j] - q[at + j]) * u[at + j];
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
    double *const kept = malloc((2 * (size_t)steps + 6) * F * sizeof *kept);
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
            const int at = i * n, above = (i > 0 ? i - 1 : n - 1) * n, below = (i < n - 1 ? i + 1 : 0) * n, e = n - 1;
            advance_cell(&r, u, v, above, below, at, at + e, at + 1, next_u, next_v);
            advance_row(&r, n, u, v, above, below, at, next_u, next_v);
            advance_cell(&r, u, v, above + e, below + e, at + e, at + e - 1, at, next_u, next_v);
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
        for (int i = 0; i < n; i++) {
            const int at = i * n, above = (i > 0 ? i - 1 : n - 1) * n, below = (i < n - 1 ? i + 1 : 0) * n, e = n - 1;
            pull_cell(&r, u, v, p, q, above, below, at, at + e, at + 1, u_bar, v_bar);
            pull_row(&r, n, u, v, p, q, above, below, at, u_bar, v_bar);
            r.sum_p += p[at] + p[at + e];
            r.sum_b -= (p[at] - q[at]) * u[at] + (p[at + e] - q[at + e]) * u[at + e];
            pull_cell(&r, u, v, p, q, above + e, below + e, at + e, at + e - 1, at, u_bar, v_bar);
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
