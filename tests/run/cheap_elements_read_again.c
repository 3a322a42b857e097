// Elements of work arrays that cost little and that inner loops read again and again are computed once for each of
// those; not where the element may not be there, because the inner loop does not run.
// test: grad mixture(n = 3, k = 2, d = 4, mean[8] ~ -1..1, low[12] ~ -1..1, x[12] = -1..1)
// test: grad mixture(n = 2, k = 1, d = 1, mean[1] ~ -1..1, low[1] ~ -1..1, x[2] = -1..1)
// test: grad beyond(n = 3, d = 4, a[4] ~ -1..1, w[16] ~ -1..1, x[12] = -1..1)
// test: grad chosen(n = 3, d = 4, a[4] ~ -1..1, w[16] ~ -1..1, x[12] = -1..1, at[4] = 2 0 3 1)
#include <adgen.h>
#include <math.h>

/* log of a sum of exponentials of squared lengths of L (x - mean), L with a unit diagonal */
ADGEN_GRAD(mean, low)
double mixture(int n, int k, int d, const double *mean, const double *low, const double *x)
{
    double total = 0.0;
    for (int p = 0; p < n; p++) {
        double sum = 0.0;
        for (int c = 0; c < k; c++) {
            double centered[d], scaled[d], norm = 0.0;
            for (int i = 0; i < d; i++)
                centered[i] = x[p * d + i] - mean[c * d + i];
            for (int i = 0; i < d; i++)
                scaled[i] = centered[i];
            int at = c * (d * (d - 1) / 2);
            for (int i = 0; i < d; i++)
                for (int j = i + 1; j < d; j++)
                    scaled[j] += low[at++] * centered[i];
            for (int i = 0; i < d; i++)
                norm += scaled[i] * scaled[i];
            sum += exp(-0.5 * norm);
        }
        total += log(sum);
    }
    return total;
}

/* The loop over i goes further than the array. */
ADGEN_GRAD(a, w)
double beyond(int n, int d, const double *a, const double *w, const double *x)
{
    double total = 1.0;
    for (int p = 0; p < n; p++) {
        double shifted[d], sum = 0.0;
        for (int i = 0; i < d; i++)
            shifted[i] = x[p * d + i] - a[i];
        for (int i = 0; i < d + 100000; i++)
            for (int j = i; j < d; j++)
                sum += w[i * d + j] * shifted[i] * shifted[i];
        total = total * 0.5 + sin(sum);
    }
    return total;
}

/* ... and elements that other elements choose. */
ADGEN_GRAD(a, w)
double chosen(int n, int d, const double *a, const double *w, const double *x, const int *at)
{
    double total = 1.0;
    for (int p = 0; p < n; p++) {
        double shifted[d], sum = 0.0;
        for (int i = 0; i < d; i++)
            shifted[i] = x[p * d + i] - a[i];
        for (int i = 0; i < d; i++)
            for (int j = 0; j < d; j++)
                sum += w[i * d + j] * shifted[at[i]] * shifted[j];
        total = total * 0.5 + sin(sum);
    }
    return total;
}
