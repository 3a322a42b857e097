/* The forward algorithm of a hidden Markov model, scaled at each step: the log-likelihood of a sequence of symbols. */
#include <adgen.h>
#include <math.h>

ADGEN_GRAD(initial, transition, emission)
double hmm_likelihood(int n, int symbols, int length, const double initial[n], const double transition[n][n],
                      const double emission[n][symbols], const int *seen)
{
    double alpha[n], next[n];
    double likelihood = 0.0;

    for (int t = 0; t < length; t++) {
        for (int j = 0; j < n; j++)
            next[j] = t == 0 ? initial[j] : 0.0;
        if (t > 0)
            for (int i = 0; i < n; i++)
                for (int j = 0; j < n; j++)
                    next[j] += alpha[i] * transition[i][j];
        double scale = 0.0;
        for (int j = 0; j < n; j++) {
            next[j] *= emission[j][seen[t]];
            scale += next[j];
        }
        for (int j = 0; j < n; j++)
            alpha[j] = next[j] / scale;
        likelihood += log(scale);
    }
    return likelihood;
}
