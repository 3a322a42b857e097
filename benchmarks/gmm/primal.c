/*
 * Log-likelihood of a Gaussian mixture with a Wishart prior, as in ADBench (Srajer, Kukelova, Fitzgibbon). The inverse
 * covariance factor of each component is lower triangular: the logarithms of its diagonal, then its columns below it.
 */
#include <adgen.h>
#include <math.h>

static const double LOG_2PI = 1.8378770664093454836;
static const double LOG_PI = 1.1447298858494001741;

static double log_sum_exp(int n, const double x[n])
{
    double largest = x[0];
    for (int i = 1; i < n; i++)
        if (x[i] > largest)
            largest = x[i];
    double sum = 0.0;
    for (int i = 0; i < n; i++)
        sum += exp(x[i] - largest);
    return largest + log(sum);
}

/* y = Q x, where Q has the diagonal `diagonal` and the columns of `lower` below it. */
static void multiply_lower(int d, const double diagonal[d], const double *lower, const double x[d], double y[d])
{
    for (int i = 0; i < d; i++)
        y[i] = diagonal[i] * x[i];
    int at = 0;
    for (int i = 0; i < d; i++)
        for (int j = i + 1; j < d; j++)
            y[j] += lower[at++] * x[i];
}

static double log_gamma_distribution(double a, int p)
{
    double sum = 0.25 * p * (p - 1) * LOG_PI;
    for (int j = 1; j <= p; j++)
        sum += lgamma(a + 0.5 * (1 - j));
    return sum;
}

ADGEN_GRAD(alphas, means, icf)
double gmm_objective(int d, int k, int n, const double alphas[k], const double means[k][d],
                     const double icf[k][d * (d + 1) / 2], const double x[n][d], double gamma, int m)
{
    const int icf_size = d * (d + 1) / 2;
    double diagonal[k][d], sum_q[k], term[k], centered[d], scaled[d];

    for (int c = 0; c < k; c++) {
        sum_q[c] = 0.0;
        for (int i = 0; i < d; i++) {
            sum_q[c] += icf[c][i];
            diagonal[c][i] = exp(icf[c][i]);
        }
    }

    double likelihood = 0.0;
    for (int p = 0; p < n; p++) {
        for (int c = 0; c < k; c++) {
            for (int i = 0; i < d; i++)
                centered[i] = x[p][i] - means[c][i];
            multiply_lower(d, diagonal[c], &icf[c][d], centered, scaled);
            double norm = 0.0;
            for (int i = 0; i < d; i++)
                norm += scaled[i] * scaled[i];
            term[c] = alphas[c] + sum_q[c] - 0.5 * norm;
        }
        likelihood += log_sum_exp(k, term);
    }

    double prior = 0.0;
    for (int c = 0; c < k; c++) {
        double frobenius = 0.0;
        for (int i = 0; i < d; i++)
            frobenius += diagonal[c][i] * diagonal[c][i];
        for (int i = d; i < icf_size; i++)
            frobenius += icf[c][i] * icf[c][i];
        prior += 0.5 * gamma * gamma * frobenius - m * sum_q[c];
    }
    const int freedom = d + m + 1;
    const double constant = freedom * d * (log(gamma) - 0.5 * log(2.0)) - log_gamma_distribution(0.5 * freedom, d);

    return -0.5 * n * d * LOG_2PI + likelihood - n * log_sum_exp(k, alphas) + prior - k * constant;
}
