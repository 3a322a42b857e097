// The log-likelihood of a mixture of Gaussians in one dimension.
// test: grad f(n = 3, K = 2, alpha[2] ~ 0.25 -0.5, mu[2] ~ -1 1, sigma[2] ~ 0.1 0.3, x[3] = -0.75 0.5 1.25)

#include <adgen.h>
#include <math.h>

ADGEN_GRAD(alpha, mu, sigma)
double f(int n, int K, const double *alpha, const double *mu, const double *sigma, const double *x)
{
    double total = 0, norm = 0;
    for (int k = 0; k < K; k++)
        norm += exp(alpha[k]);
    for (int i = 0; i < n; i++) {
        double term[2], top = -1e300;
        for (int k = 0; k < K; k++) {
            const double z = (x[i] - mu[k]) * exp(-sigma[k]);
            term[k] = alpha[k] - sigma[k] - 0.5 * z * z;
            top = fmax(top, term[k]);
        }
        double sum = 0;
        for (int k = 0; k < K; k++)
            sum += exp(term[k] - top);
        total += top + log(sum) - log(norm);
    }
    return total;
}
