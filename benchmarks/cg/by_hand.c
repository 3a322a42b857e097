/*
 * The adjoint of conjugate_gradients by hand, of the iterations as they are (not of the solution that they approach).
 * Kept for each iteration: p, q = A p, the residual after it, and two scalars. x is a sum, so x_bar is the same all the
 * way. The reverse product with A' and the sparse outer product that A_bar gets share their loop over the entries.
 */
#include <stdlib.h>

double conjugate_gradients_by_hand(int n, int iterations, const int *row, const int *column, const double *value,
                                   const double *b, double *value_bar, double *b_bar);

double conjugate_gradients_by_hand(int n, int iterations, const int *row, const int *column, const double *value,
                                   const double *b, double *value_bar, double *b_bar)
{
    const size_t N = (size_t)n, K = (size_t)iterations;
    double *const kept = malloc((3 * N * K + N + 2 * K + 4 * N) * sizeof *kept);
    if (!kept)
        abort();
    /* p, q and the residual of iteration k begin at 3 N k; after the last comes one more p. */
    double *const alphas = kept + 3 * N * K + N, *const squares = alphas + K;
    double *const x = squares + K, *const p_bar = x + N, *const r_bar = p_bar + N, *const q_bar = r_bar + N;

    double first = 0.0;
    for (int i = 0; i < n; i++) {
        x[i] = 0.0;
        kept[i] = b[i];
        first += b[i] * b[i];
    }
    double rr = first;
    const double *before = b;
    for (size_t k = 0; k < K; k++) {
        double *const restrict p = kept + 3 * N * k, *const restrict q = p + N, *const restrict r = q + N;
        double *const restrict p_next = r + N;
        const double *const restrict r_before = before;
        double pq = 0.0, rr_next = 0.0;
        for (int i = 0; i < n; i++) {
            double sum = 0.0;
            for (int e = row[i]; e < row[i + 1]; e++)
                sum += value[e] * p[column[e]];
            q[i] = sum;
        }
        for (int i = 0; i < n; i++)
            pq += p[i] * q[i];
        const double alpha = rr / pq;
        for (int i = 0; i < n; i++) {
            x[i] += alpha * p[i];
            const double residual = r_before[i] - alpha * q[i];
            r[i] = residual;
            rr_next += residual * residual;
        }
        const double beta = rr_next / rr;
        for (int i = 0; i < n; i++)
            p_next[i] = r[i] + beta * p[i];
        alphas[k] = alpha;
        squares[k] = rr_next;
        rr = rr_next;
        before = r;
    }
    double value_of_x = 0.0;
    for (int i = 0; i < n; i++) {
        value_of_x += x[i] * x[i];
        p_bar[i] = r_bar[i] = 0.0;
    }

    double rr_bar = 0.0;
    for (size_t k = K; k-- > 0;) {
        const double *const restrict p = kept + 3 * N * k, *const restrict q = p + N, *const restrict r = q + N;
        const double alpha = alphas[k], rr_next = squares[k], rr_was = k > 0 ? squares[k - 1] : first;
        const double beta = rr_next / rr_was;
        double beta_bar = 0.0, alpha_bar = 0.0;
        for (int i = 0; i < n; i++)
            beta_bar += p_bar[i] * p[i];
        const double twice = 2.0 * (rr_bar + beta_bar / rr_was);
        rr_bar = -beta_bar * beta / rr_was;
        for (int i = 0; i < n; i++) {
            const double t = r_bar[i] + p_bar[i] + twice * r[i];
            r_bar[i] = t;
            alpha_bar += x[i] * p[i] - t * q[i];
        }
        /* alpha = rr / (p.q), and rr = alpha (p.q). */
        const double by_pq = alpha / rr_was, pq_bar = -alpha_bar * alpha * by_pq;
        rr_bar += alpha_bar * by_pq;
        for (int i = 0; i < n; i++) {
            q_bar[i] = pq_bar * p[i] - alpha * r_bar[i];
            p_bar[i] = beta * p_bar[i] + alpha * x[i] + pq_bar * q[i];
        }
        for (int i = 0; i < n; i++) {
            const double t = q_bar[i];
            for (int e = row[i]; e < row[i + 1]; e++) {
                const int j = column[e];
                value_bar[e] += t * p[j];
                p_bar[j] += t * value[e];
            }
        }
    }
    for (int i = 0; i < n; i++)
        b_bar[i] += p_bar[i] + r_bar[i] + 2.0 * rr_bar * b[i];
    free(kept);
    return 0.5 * value_of_x;
}
