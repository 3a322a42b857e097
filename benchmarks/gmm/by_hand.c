/*
 * The adjoint of gmm_objective by hand. One pass over the points: the adjoint of the log-likelihood is 1 before the
 * pass begins, so each point's reverse sweep follows its forward sweep, and only the k scaled vectors of one point are
 * kept. With w the responsibilities and q = Q (x - mu):
 *     Q_bar  -= w q (x - mu)'        alpha_bar, sum_q_bar += w        mu_bar += Q' (w q)
 * Q' doesn't depend on the point, so the w q are summed first and Q' is applied once for each component.
 */
#include <math.h>
#include <stdlib.h>

double gmm_objective_by_hand(int d, int k, int n, const double alphas[k], const double means[k][d],
                             const double icf[k][d * (d + 1) / 2], const double x[n][d], double gamma, int m,
                             double alphas_bar[k], double means_bar[k][d], double icf_bar[k][d * (d + 1) / 2]);

static double softmax(int n, const double x[n], double share[n])
{
    double largest = x[0];
    for (int i = 1; i < n; i++)
        if (x[i] > largest)
            largest = x[i];
    double sum = 0.0;
    for (int i = 0; i < n; i++)
        sum += share[i] = exp(x[i] - largest);
    const double scale = 1.0 / sum;
    for (int i = 0; i < n; i++)
        share[i] *= scale;
    return largest + log(sum);
}

double gmm_objective_by_hand(int d, int k, int n, const double alphas[k], const double means[k][d],
                             const double icf[k][d * (d + 1) / 2], const double x[n][d], double gamma, int m,
                             double alphas_bar[k], double means_bar[k][d], double icf_bar[k][d * (d + 1) / 2])
{
    const size_t K = (size_t)k, D = (size_t)d;
    const int icf_size = d * (d + 1) / 2;
    double *const work = malloc((4 * K * D + 4 * K + D) * sizeof *work);
    if (!work)
        abort();
    double *const diagonal = work, *const diagonal_bar = diagonal + K * D, *const pulled = diagonal_bar + K * D;
    double *const scaled_all = pulled + K * D, *const sum_q = scaled_all + K * D;
    double *const term = sum_q + K, *const share = term + K, *const weight = share + K, *const centered = weight + K;

    for (int c = 0; c < k; c++) {
        sum_q[c] = weight[c] = 0.0;
        for (int i = 0; i < d; i++) {
            sum_q[c] += icf[c][i];
            diagonal[c * d + i] = exp(icf[c][i]);
            diagonal_bar[c * d + i] = pulled[c * d + i] = 0.0;
        }
    }

    double likelihood = 0.0;
    for (int p = 0; p < n; p++) {
        const double *const restrict point = x[p];
        for (int c = 0; c < k; c++) {
            const double *const restrict mean = means[c], *restrict column = &icf[c][d];
            const double *const restrict diag = diagonal + c * d;
            double *const restrict scaled = scaled_all + c * d;
            for (int i = 0; i < d; i++)
                scaled[i] = diag[i] * (point[i] - mean[i]);
            for (int i = 0; i < d; i++) {
                const double t = point[i] - mean[i];
                for (int j = i + 1; j < d; j++)
                    scaled[j] += column[j - i - 1] * t;
                column += d - 1 - i;
            }
            double norm = 0.0;
            for (int i = 0; i < d; i++)
                norm += scaled[i] * scaled[i];
            term[c] = alphas[c] + sum_q[c] - 0.5 * norm;
        }
        likelihood += softmax(k, term, share);
        for (int c = 0; c < k; c++) {
            const double *const restrict mean = means[c];
            const double w = share[c];
            double *const restrict scaled = scaled_all + c * d;
            double *const restrict diag_bar = diagonal_bar + c * d, *const restrict pull = pulled + c * d;
            double *restrict column_bar = &icf_bar[c][d];
            weight[c] += w;
            for (int i = 0; i < d; i++) {
                scaled[i] *= w;
                centered[i] = point[i] - mean[i];
                pull[i] += scaled[i];
                diag_bar[i] -= scaled[i] * centered[i];
            }
            for (int i = 0; i < d; i++) {
                const double t = centered[i];
                for (int j = i + 1; j < d; j++)
                    column_bar[j - i - 1] -= scaled[j] * t;
                column_bar += d - 1 - i;
            }
        }
    }

    double prior = 0.0;
    const double gamma2 = gamma * gamma;
    const double normaliser = softmax(k, alphas, share);
    for (int c = 0; c < k; c++) {
        const double *const restrict pull = pulled + c * d, *const restrict diag = diagonal + c * d;
        const double *restrict column = &icf[c][d];
        double frobenius = 0.0;
        for (int i = 0; i < d; i++) {
            double mean_bar = diag[i] * pull[i];
            for (int j = i + 1; j < d; j++)
                mean_bar += column[j - i - 1] * pull[j];
            column += d - 1 - i;
            means_bar[c][i] += mean_bar;
            frobenius += diag[i] * diag[i];
            icf_bar[c][i] += (diagonal_bar[c * d + i] + gamma2 * diag[i]) * diag[i] + weight[c] - m;
        }
        for (int i = d; i < icf_size; i++) {
            frobenius += icf[c][i] * icf[c][i];
            icf_bar[c][i] += gamma2 * icf[c][i];
        }
        prior += 0.5 * gamma2 * frobenius - m * sum_q[c];
        alphas_bar[c] += weight[c] - n * share[c];
    }
    free(work);

    const int freedom = d + m + 1;
    double constant = freedom * d * (log(gamma) - 0.5 * log(2.0)) - 0.25 * d * (d - 1) * 1.1447298858494001741;
    for (int j = 1; j <= d; j++)
        constant -= lgamma(0.5 * freedom + 0.5 * (1 - j));
    return -0.5 * n * d * 1.8378770664093454836 + likelihood - n * normaliser + prior - k * constant;
}
