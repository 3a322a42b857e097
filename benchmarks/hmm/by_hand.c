/*
 * The adjoint of hmm_likelihood by hand, which is the backward algorithm. Kept for each step: the state's distribution
 * before the symbol is seen, and the scale; the distribution after it is their product with the emission.
 */
#include <math.h>
#include <stdlib.h>

double hmm_likelihood_by_hand(int n, int symbols, int length, const double initial[n], const double transition[n][n],
                              const double emission[n][symbols], const int *seen, double initial_bar[n],
                              double transition_bar[n][n], double emission_bar[n][symbols]);

/* sum += the rows, each times its share, four at a time: the sum is fetched and put back once for four. */
static void add_rows(int n, int rows, const double *restrict share, int stride, const double *restrict row,
                     double *restrict sum)
{
    int i = 0;
    for (; i + 4 <= rows; i += 4, row += 4 * stride)
        for (int j = 0; j < n; j++)
            sum[j] = sum[j] + share[i] * row[j] + share[i + 1] * row[stride + j] + share[i + 2] * row[2 * stride + j] +
                     share[i + 3] * row[3 * stride + j];
    for (; i < rows; i++, row += stride)
        for (int j = 0; j < n; j++)
            sum[j] += share[i] * row[j];
}

double hmm_likelihood_by_hand(int n, int symbols, int length, const double initial[n], const double transition[n][n],
                              const double emission[n][symbols], const int *seen, double initial_bar[n],
                              double transition_bar[n][n], double emission_bar[n][symbols])
{
    enum { BLOCK = 8 };
    const size_t N = (size_t)n, L = (size_t)length;
    double *const kept =
        aligned_alloc(64, ((L * N + L + 8 + (3 + BLOCK) * N + BLOCK * N + N * N) * sizeof *kept + 63) / 64 * 64);
    if (!kept)
        abort();
    double *const scales = kept + L * N, *const alpha = scales + (L + 7) / 8 * 8, *const alpha_bar = alpha + N,
                  *const transposed = alpha_bar + N, *const seeds = transposed + N * N,
                  *const shares = seeds + BLOCK * N;
    double likelihood = 0.0;

    for (int t = 0; t < length; t++) {
        double *const restrict prior = kept + (size_t)t * N;
        for (int j = 0; j < n; j++)
            prior[j] = t == 0 ? initial[j] : 0.0;
        if (t > 0)
            add_rows(n, n, alpha, n, transition[0], prior);
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

    for (int i = 0; i < n; i++)
        for (int j = 0; j < n; j++)
            transposed[j * n + i] = transition[i][j];

    /* Here and below, alpha is what stands after step t, alpha_bar its adjoint. */
    for (int j = 0; j < n; j++)
        alpha_bar[j] = 0.0;
    int waiting = 0;
    for (int t = length - 1; t >= 0; t--) {
        double *const restrict seed = seeds + waiting * n;
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
            alpha[i] = shares[i * BLOCK + waiting] = before[i] * emission[i][seen[t - 1]] * by_scale_before;
            alpha_bar[i] = 0.0;
        }
        add_rows(n, n, seed, n, transposed, alpha_bar);
        if (++waiting == BLOCK || t == 1) {
            for (int i = 0; i < n; i++)
                add_rows(n, waiting, shares + i * BLOCK, n, seeds, transition_bar[i]);
            waiting = 0;
        }
    }
    free(kept);
    return likelihood;
}
