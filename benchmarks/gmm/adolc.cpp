#include "bench_adolc.h"

#include <cmath>

static adouble log_sum_exp(int n, const adouble *x)
{
    double largest = x[0].value();
    for (int i = 1; i < n; i++)
        largest = std::fmax(largest, x[i].value());
    adouble sum = 0.0;
    for (int i = 0; i < n; i++)
        sum += exp(x[i] - largest);
    return largest + log(sum);
}

extern "C" double gmm_objective_adolc(int d, int k, int n, const double *alphas_, const double *means_,
                                      const double *icf_, const double *x, double gamma, int m, double *alphas_bar,
                                      double *means_bar, double *icf_bar)
{
    const int size = d * (d + 1) / 2;
    bench_tape tape(static_cast<std::size_t>(k + k * d + k * size));
    const adouble *alphas = tape.input(alphas_, alphas_bar, static_cast<std::size_t>(k));
    const adouble *means = tape.input(means_, means_bar, static_cast<std::size_t>(k * d));
    const adouble *icf = tape.input(icf_, icf_bar, static_cast<std::size_t>(k * size));

    std::vector<adouble> diagonal(static_cast<std::size_t>(k * d)), sum_q(static_cast<std::size_t>(k));
    std::vector<adouble> term(static_cast<std::size_t>(k)), scaled(static_cast<std::size_t>(d));
    adouble prior = 0.0, likelihood = 0.0;
    for (int c = 0; c < k; c++) {
        adouble frobenius = 0.0;
        sum_q[c] = 0.0;
        for (int i = 0; i < d; i++) {
            sum_q[c] += icf[c * size + i];
            diagonal[c * d + i] = exp(icf[c * size + i]);
            frobenius += diagonal[c * d + i] * diagonal[c * d + i];
        }
        for (int i = d; i < size; i++)
            frobenius += icf[c * size + i] * icf[c * size + i];
        prior += 0.5 * gamma * gamma * frobenius - m * sum_q[c];
    }
    for (int p = 0; p < n; p++) {
        for (int c = 0; c < k; c++) {
            const adouble *lower = &icf[c * size + d];
            for (int i = 0; i < d; i++)
                scaled[i] = diagonal[c * d + i] * (x[p * d + i] - means[c * d + i]);
            for (int i = 0; i < d; i++) {
                const adouble t = x[p * d + i] - means[c * d + i];
                for (int j = i + 1; j < d; j++)
                    scaled[j] += *lower++ * t;
            }
            adouble norm = 0.0;
            for (int i = 0; i < d; i++)
                norm += scaled[i] * scaled[i];
            term[c] = alphas[c] + sum_q[c] - 0.5 * norm;
        }
        likelihood += log_sum_exp(k, term.data());
    }
    const int freedom = d + m + 1;
    double constant = freedom * d * (std::log(gamma) - 0.5 * std::log(2.0)) - 0.25 * d * (d - 1) * std::log(M_PI);
    for (int j = 1; j <= d; j++)
        constant -= std::lgamma(0.5 * freedom + 0.5 * (1 - j));
    return tape.gradient(-0.5 * n * d * std::log(2.0 * M_PI) + likelihood - n * log_sum_exp(k, alphas) + prior -
                         k * constant);
}
