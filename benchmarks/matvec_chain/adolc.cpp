#include "bench_adolc.h"

extern "C" double matvec_chain_adolc(int links, int n, const double *a_, const double *start_, double *a_bar,
                                     double *start_bar)
{
    const std::size_t L = static_cast<std::size_t>(links), N = static_cast<std::size_t>(n);
    bench_tape tape(L * N * N + N);
    const adouble *a = tape.input(a_, a_bar, L * N * N);
    const adouble *start = tape.input(start_, start_bar, N);
    std::vector<adouble> v(start, start + N), next(N);
    for (std::size_t l = 0; l < L; l++) {
        for (std::size_t i = 0; i < N; i++) {
            next[i] = 0.0;
            for (std::size_t j = 0; j < N; j++)
                next[i] += a[(l * N + i) * N + j] * v[j];
        }
        v = next;
    }
    adouble sum = 0.0;
    for (std::size_t i = 0; i < N; i++)
        sum += v[i] * v[i];
    return tape.gradient(0.5 * sum);
}
