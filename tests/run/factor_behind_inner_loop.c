// A work array takes what an inner loop's own arrays are mapped to, and is read behind that loop: no one element of an
// inner array is there any more that could be summed in its place.
// test: grad shared_y(n = 5, k = 3, d = 2, x[10] = -1..1, q[12] ~ -1..1, mu[2] ~ -1..1)
// test: grad shared_y(n = 5, k = 0, d = 2, x[10] = -1..1, q[12] ~ -1..1, mu[2] ~ -1..1)
// test: grad shared_s(n = 5, k = 3, d = 2, x[10] = -1..1, q[12] ~ -1..1, mu[2] ~ -1..1, s[2] ~ -1..1)
#include <adgen.h>
#include <math.h>

ADGEN_GRAD(q, mu)
double shared_y(int n, int k, int d, const double *x, const double *q, const double *mu)
{
    double loss = 0.0;
    for (int p = 0; p < n; p++) {
        double y[d];
        for (int i = 0; i < d; i++)
            y[i] = x[p * d + i] - mu[i];
        for (int c = 0; c < k; c++) {
            double r[d];
            for (int i = 0; i < d; i++)
                r[i] = 0.0;
            for (int i = 0; i < d; i++)
                for (int j = 0; j < d; j++)
                    r[i] += q[(c * d + i) * d + j] * y[j];
            for (int i = 0; i < d; i++)
                loss += r[i] * sin(r[i]);
        }
    }
    return loss;
}

ADGEN_GRAD(q, mu, s)
double shared_s(int n, int k, int d, const double *x, const double *q, const double *mu, const double *s)
{
    double loss = 0.0;
    for (int p = 0; p < n; p++) {
        double y[d], z[d];
        for (int i = 0; i < d; i++)
            y[i] = x[p * d + i] - mu[i];
        for (int i = 0; i < d; i++)
            z[i] = mu[i] * 3.0;
        for (int c = 0; c < k; c++) {
            double r[d];
            for (int i = 0; i < d; i++)
                r[i] = s[i] * z[i];
            for (int i = 0; i < d; i++)
                for (int j = 0; j < d; j++)
                    r[i] += q[(c * d + i) * d + j] * y[j];
            for (int i = 0; i < d; i++)
                loss += r[i] * sin(r[i]);
        }
    }
    return loss;
}
