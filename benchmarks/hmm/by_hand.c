/*
 * The adjoint of hmm_likelihood by hand, which is the backward algorithm. Kept for each step: the state's distribution
 * before the symbol is seen, and the scale; the distribution after it is their product with the emission.
 */
#include <math.h>
#include <stdlib.h>

double hmm_likelihood_by_hand(int n, int symbols, int length, const double initial[n], const double transition[n][n],
                              const double emission[n][symbols], const int *seen, double initial_bar[n],
                              double transition_bar[n][n], double emission_bar[n][symbols]);

double hmm_likelihood_by_hand(int n, int symbols, int length, const double initial[n], const double transition[n][n],
                              const double emission[n][symbols], const int *seen, double initial_bar[n],
                              double transition_bar[n][n], double emission_bar[n][symbols])
{
    const size_t N = (size_t)n, L = (size_t)length;
    double *const kept = malloc((L * N + L + 3 * N) * sizeof *kept);
    if (!kept)
        abort();
    double *const scales = kept + L * N, *const alpha = scales + L, *const alpha_bar = alpha + N,
                  *const seed = alpha_bar + N;
    double likelihood = 0.0;

    for (int t = 0; t < length; t++) {
        double *const restrict prior = kept + (size_t)t * N;
        for (int j = 0; j < n; j++)
            prior[j] = t == 0 ? initial[j] : 0.0;
        for (int i = 0; t > 0 && i < n; i++) {
            const double *const restrict row = transition[i];
            const double from = alpha[i];
            for (int j = 0; j < n; j++)
                prior[j] += from * row[j];
        }
        double scale = 0.0;
        for (int j = 0; j < n; j++) {
            alpha[j] = prior[j] * emission[j][seen[t]];
            scale += alpha[j];
        }
        const double by_scale = 1.0 / scale;
        for (int j = 0; j < n; j++)
            alpha[j] *= by_scale;
        scales[t] = scale;
        likelihood += log(scale);
    }

    /* Here and below, alpha is what stands after step t, alpha_bar its adjoint. */
    for (int j = 0; j < n; j++)
        alpha_bar[j] = 0.0;
    for (int t = length - 1; t >= 0; t--) {
        const double *const restrict prior = kept + (size_t)t * N;
        const double by_scale = 1.0 / scales[t];
        double dot = 0.0;
        for (int j = 0; j < n; j++)
            dot += alpha_bar[j] * alpha[j];
        const double shift = 1.0 - dot;
        for (int j = 0; j < n; j++) {
            const double joint_bar = (alpha_bar[j] + shift) * by_scale;
            emission_bar[j][seen[t]] += joint_bar * prior[j];
            seed[j] = joint_bar * emission[j][seen[t]];
        }
        if (t == 0) {
            for (int j = 0; j < n; j++)
                initial_bar[j] += seed[j];
            break;
        }
        const double *const restrict before = prior - N;
        const double by_scale_before = 1.0 / scales[t - 1];
        for (int i = 0; i < n; i++) {
            const double *const restrict row = transition[i];
            double *const restrict row_bar = transition_bar[i];
            const double from = before[i] * emission[i][seen[t - 1]] * by_scale_before;
            double sum = 0.0;
            for (int j = 0; j < n; j++) {
                row_bar[j] += from * seed[j];
                sum += row[j] * seed[j];
            }
            alpha[i] = from;
            alpha_bar[i] = sum;
        }
    }
    free(kept);
    return likelihood;
}
