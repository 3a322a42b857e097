/*
 * The adjoint of kalman by hand. Kept for each step: x and F P before the update, P itself, the reach S h, the variance
 * and the surprise, so that the reverse sweep has no matrix product of its own to repeat; its four products HB = S_bar
 * F    F_bar += S_bar' (F P) + HB P'    P_bar = F' HB are sums of rows.
 */
#include <math.h>
#include <stdlib.h>

double kalman_by_hand(int n, int steps, const double transition[n][n], const double noise[n][n], const double *look,
                      double deviation, const double *seen, double transition_bar[n][n], double noise_bar[n][n],
                      double *deviation_bar);

double kalman_by_hand(int n, int steps, const double transition[n][n], const double noise[n][n], const double *look,
                      double deviation, const double *seen, double transition_bar[n][n], double noise_bar[n][n],
                      double *deviation_bar)
{
    const size_t N = (size_t)n, square = N * N, step = 2 * square + 2 * N + 2;
    double *const kept = aligned_alloc(64, (((size_t)steps * step + 3 * square + 5 * N) * sizeof *kept + 63) / 64 * 64);
    if (!kept)
        abort();
    double *const spread = kept + (size_t)steps * step, *const p_bar = spread + square,
                  *const half_bar = p_bar + square;
    double *const x = half_bar + square, *const next = x + N, *const x_bar = next + N, *const reach_bar = x_bar + N;
    double *const gain = reach_bar + N;
    double cost = 0.0;

    double *p_now = p_bar; /* P of the first step; not needed as an adjoint yet */
    for (int i = 0; i < n; i++) {
        x[i] = 0.0;
        for (int j = 0; j < n; j++)
            p_now[i * n + j] = i == j ? 1.0 : 0.0;
    }
    for (int t = 0; t < steps; t++) {
        double *const restrict p = kept + (size_t)t * step, *const restrict half = p + square;
        double *const restrict x_was = half + square, *const restrict reach = x_was + N, *const scalars = reach + N;
        for (int i = 0; i < n; i++) {
            double sum = 0.0;
            for (int j = 0; j < n; j++)
                sum += transition[i][j] * x[j];
            next[i] = sum;
        }
        for (int i = 0; i < n; i++) {
            x_was[i] = x[i];
            for (int j = 0; j < n; j++)
                p[i * n + j] = p_now[i * n + j];
        }
        for (int i = 0; i < n; i++) {
            double *const restrict to = half + i * n;
            for (int j = 0; j < n; j++)
                to[j] = 0.0;
            for (int k = 0; k < n; k++) {
                const double f = transition[i][k];
                const double *const restrict from = p + k * n;
                for (int j = 0; j < n; j++)
                    to[j] += f * from[j];
            }
        }
        double variance = deviation * deviation, surprise = seen[t];
        for (int i = 0; i < n; i++) {
            double reached = 0.0;
            for (int j = 0; j < n; j++) {
                double sum = noise[i][j];
                for (int k = 0; k < n; k++)
                    sum += half[i * n + k] * transition[j][k];
                spread[i * n + j] = sum;
                reached += sum * look[j];
            }
            reach[i] = reached;
            variance += look[i] * reached;
            surprise -= look[i] * next[i];
        }
        for (int i = 0; i < n; i++) {
            const double g = reach[i] / variance;
            x[i] = next[i] + g * surprise;
            for (int j = 0; j < n; j++)
                p_now[i * n + j] = spread[i * n + j] - g * reach[j];
        }
        scalars[0] = variance;
        scalars[1] = surprise;
        cost += 0.5 * (log(variance) + surprise * surprise / variance);
    }

    for (int i = 0; i < n; i++) {
        x_bar[i] = 0.0;
        for (int j = 0; j < n; j++)
            p_bar[i * n + j] = 0.0;
    }
    double square_bar = 0.0; /* of deviation squared */
    for (int t = steps - 1; t >= 0; t--) {
        const double *const restrict p = kept + (size_t)t * step, *const restrict half = p + square;
        const double *const restrict x_was = half + square, *const restrict reach = x_was + N,
                                     *const scalars = reach + N;
        const double variance = scalars[0], surprise = scalars[1], by_variance = 1.0 / variance;
        double surprise_bar = surprise * by_variance;
        double variance_bar = 0.5 * by_variance * (1.0 - surprise * surprise_bar);

        /* x = next + gain surprise, P = S - gain reach', gain = reach / variance */
        for (int i = 0; i < n; i++) {
            gain[i] = reach[i] * by_variance;
            reach_bar[i] = 0.0;
        }
        for (int i = 0; i < n; i++) {
            const double *const restrict seed = p_bar + i * n;
            const double g = gain[i];
            double gain_bar = surprise * x_bar[i];
            for (int j = 0; j < n; j++) {
                gain_bar -= seed[j] * reach[j];
                reach_bar[j] -= g * seed[j];
            }
            surprise_bar += g * x_bar[i];
            reach_bar[i] += gain_bar * by_variance;
            variance_bar -= gain_bar * g * by_variance;
        }
        square_bar += variance_bar;
        for (int i = 0; i < n; i++) {
            double *const restrict spread_bar = p_bar + i * n, *const restrict q_bar = noise_bar[i];
            double *const restrict h_bar = half_bar + i * n, *const restrict f_bar = transition_bar[i];
            const double r = reach_bar[i] + variance_bar * look[i];
            const double next_bar = x_bar[i] - surprise_bar * look[i];
            x_bar[i] = next_bar;
            for (int j = 0; j < n; j++) {
                spread_bar[j] += r * look[j];
                q_bar[j] += spread_bar[j];
                f_bar[j] += next_bar * x_was[j];
                h_bar[j] = 0.0;
            }
            for (int j = 0; j < n; j++) {
                const double s = spread_bar[j];
                const double *const restrict f = transition[j], *const restrict h = half + i * n;
                double *const restrict to = transition_bar[j];
                for (int k = 0; k < n; k++) {
                    h_bar[k] += s * f[k];
                    to[k] += s * h[k];
                }
            }
        }
        /* F_bar += HB P' and P_bar = F' HB; x_bar = F' next_bar */
        for (int k = 0; k < n; k++) {
            double *const restrict to = p_bar + k * n;
            const double *const restrict from = p + k * n;
            double sum_x = 0.0;
            for (int j = 0; j < n; j++)
                to[j] = 0.0;
            for (int i = 0; i < n; i++) {
                const double *const restrict h_bar = half_bar + i * n;
                const double f = transition[i][k];
                double sum = 0.0;
                for (int j = 0; j < n; j++) {
                    to[j] += f * h_bar[j];
                    sum += h_bar[j] * from[j];
                }
                transition_bar[i][k] += sum;
                sum_x += f * x_bar[i];
            }
            next[k] = sum_x;
        }
        for (int i = 0; i < n; i++)
            x_bar[i] = next[i];
    }
    *deviation_bar += 2.0 * deviation * square_bar;
    free(kept);
    return cost;
}
