/*
 * The adjoint of burgers by hand. Steps write into the history; the reverse step gathers from the neighbours' adjoints
 * v: u_bar = v + c u (v_right - v_left) + nu (v_right - 2 v + v_left) The Laplacian is its own transpose, so that u
 * times that of v, which is there, gives the viscosity's adjoint.
 */
#include <stdlib.h>

double burgers_by_hand(int n, int steps, double dt, double dx, const double *start, double viscosity,
                       const double *target, double *start_bar, double *viscosity_bar);

static inline double advance(double c, double nu, double left, double at, double right)
{
    return at - c * (0.5 * right * right - 0.5 * left * left) + nu * (right - 2.0 * at + left);
}

double burgers_by_hand(int n, int steps, double dt, double dx, const double *start, double viscosity,
                       const double *target, double *start_bar, double *viscosity_bar)
{
    const size_t N = (size_t)n;
    double *const kept = aligned_alloc(64, (((size_t)steps + 3) * N * sizeof *kept + 63) / 64 * 64);
    if (!kept)
        abort();
    double *v = kept + ((size_t)steps + 1) * N, *u_bar = v + N;
    const double c = dt / (2.0 * dx), nu = viscosity * dt / (dx * dx);

    for (int i = 0; i < n; i++)
        kept[i] = start[i];
    for (int s = 0; s < steps; s++) {
        const double *const restrict u = kept + (size_t)s * N;
        double *const restrict next = kept + (size_t)(s + 1) * N;
        next[0] = advance(c, nu, u[n - 1], u[0], u[1]);
        for (int i = 1; i < n - 1; i++)
            next[i] = advance(c, nu, u[i - 1], u[i], u[i + 1]);
        next[n - 1] = advance(c, nu, u[n - 2], u[n - 1], u[0]);
    }
    const double *const last = kept + (size_t)steps * N;
    double misfit = 0.0;
    for (int i = 0; i < n; i++) {
        const double d = last[i] - target[i];
        misfit += d * d * dx;
        v[i] = 2.0 * d * dx;
    }

    double laplacian_sum = 0.0;
    for (int s = steps - 1; s >= 0; s--) {
        const double *const restrict u = kept + (size_t)s * N;
        const double *const restrict in = v;
        double *const restrict out = u_bar;
        const double first = in[1] - 2.0 * in[0] + in[n - 1], end = in[0] - 2.0 * in[n - 1] + in[n - 2];
        double sum = u[0] * first + u[n - 1] * end;
        out[0] = in[0] + c * u[0] * (in[1] - in[n - 1]) + nu * first;
        for (int i = 1; i < n - 1; i++) {
            const double laplacian = in[i + 1] - 2.0 * in[i] + in[i - 1];
            out[i] = in[i] + c * u[i] * (in[i + 1] - in[i - 1]) + nu * laplacian;
            sum += u[i] * laplacian;
        }
        out[n - 1] = in[n - 1] + c * u[n - 1] * (in[0] - in[n - 2]) + nu * end;
        laplacian_sum += sum;
        u_bar = v;
        v = out;
    }
    for (int i = 0; i < n; i++)
        start_bar[i] += v[i];
    *viscosity_bar += laplacian_sum * dt / (dx * dx);
    free(kept);
    return misfit;
}
