/* The adjoint of lotka_volterra by hand: the state at the start of each step is kept, and the stages are replayed. */
#include <stdlib.h>

double lotka_volterra_by_hand(int steps, double dt, const double rates[4], const double start[2],
                              const double *observed, double rates_bar[4], double start_bar[2]);

/* What the sweeps share: the rates and their adjoints, in registers once all is inlined. */
typedef struct {
    double a, b, c, d, a_bar, b_bar, c_bar, d_bar;
} model;

static inline double prey(const model *m, double x, double y)
{
    return x * (m->a - m->b * y);
}

static inline double predators(const model *m, double x, double y)
{
    return y * (m->c * x - m->d);
}

/* Adds the adjoint of one evaluation of the field at (x, y) with seeds p and q. */
static inline void pull(model *m, double x, double y, double p, double q, double *x_bar, double *y_bar)
{
    const double xy = x * y;
    m->a_bar += p * x;
    m->b_bar -= p * xy;
    m->c_bar += q * xy;
    m->d_bar -= q * y;
    *x_bar = p * (m->a - m->b * y) + q * m->c * y;
    *y_bar = q * (m->c * x - m->d) - p * m->b * x;
}

double lotka_volterra_by_hand(int steps, double dt, const double rates[4], const double start[2],
                              const double *observed, double rates_bar[4], double start_bar[2])
{
    const double half = 0.5 * dt, sixth = dt / 6.0;
    double *const kept = malloc(2 * (size_t)steps * sizeof *kept + 1);
    if (!kept)
        abort();
    model m = {rates[0], rates[1], rates[2], rates[3], 0.0, 0.0, 0.0, 0.0};
    double x = start[0], y = start[1], misfit = 0.0;

    for (int s = 0; s < steps; s++) {
        kept[2 * s] = x;
        kept[2 * s + 1] = y;
        const double x1 = prey(&m, x, y), y1 = predators(&m, x, y);
        const double u2 = x + half * x1, v2 = y + half * y1, x2 = prey(&m, u2, v2), y2 = predators(&m, u2, v2);
        const double u3 = x + half * x2, v3 = y + half * y2, x3 = prey(&m, u3, v3), y3 = predators(&m, u3, v3);
        const double u4 = x + dt * x3, v4 = y + dt * y3, x4 = prey(&m, u4, v4), y4 = predators(&m, u4, v4);
        x += sixth * (x1 + 2.0 * x2 + 2.0 * x3 + x4);
        y += sixth * (y1 + 2.0 * y2 + 2.0 * y3 + y4);
        const double p = x - observed[2 * s], q = y - observed[2 * s + 1];
        misfit += p * p + q * q;
    }

    double x_bar = 0.0, y_bar = 0.0;
    for (int s = steps - 1; s >= 0; s--) {
        x_bar += 2.0 * (x - observed[2 * s]);
        y_bar += 2.0 * (y - observed[2 * s + 1]);
        x = kept[2 * s];
        y = kept[2 * s + 1];
        const double u2 = x + half * prey(&m, x, y), v2 = y + half * predators(&m, x, y);
        const double u3 = x + half * prey(&m, u2, v2), v3 = y + half * predators(&m, u2, v2);
        const double u4 = x + dt * prey(&m, u3, v3), v4 = y + dt * predators(&m, u3, v3);
        const double once_x = sixth * x_bar, once_y = sixth * y_bar;
        double u_bar, v_bar;
        pull(&m, u4, v4, once_x, once_y, &u_bar, &v_bar);
        x_bar += u_bar;
        y_bar += v_bar;
        pull(&m, u3, v3, 2.0 * once_x + dt * u_bar, 2.0 * once_y + dt * v_bar, &u_bar, &v_bar);
        x_bar += u_bar;
        y_bar += v_bar;
        pull(&m, u2, v2, 2.0 * once_x + half * u_bar, 2.0 * once_y + half * v_bar, &u_bar, &v_bar);
        x_bar += u_bar;
        y_bar += v_bar;
        pull(&m, x, y, once_x + half * u_bar, once_y + half * v_bar, &u_bar, &v_bar);
        x_bar += u_bar;
        y_bar += v_bar;
    }
    free(kept);
    rates_bar[0] += m.a_bar;
    rates_bar[1] += m.b_bar;
    rates_bar[2] += m.c_bar;
    rates_bar[3] += m.d_bar;
    start_bar[0] += x_bar;
    start_bar[1] += y_bar;
    return misfit;
}
