// Adjoints that are summed before a linear map, and that another map, of each element alone, takes as they are stored:
// all points' adjoints times q, and beside it each times its scale. With either sign, in an inner loop, where the scale
// changes, and where a float of what the other map takes is stored.
// test: grad scaled(n = 9, d = 3, x[27] = -1..1, q[9] ~ -1..1, scale[3] ~ 0.5..1.5, mu[3] ~ -1..1, nu[3] ~ -1..1)
// test: grad scaled(n = 0, d = 3, x = null, q[9] ~ -1..1, scale[3] ~ 0.5..1.5, mu[3] ~ -1..1, nu[3] ~ -1..1)
// test: grad lower(n = 6, k = 2, d = 3, x[18] = -1..1, q[18] ~ -1..1, scale[6] ~ 0.5..1.5, mu[6] ~ -1..1)
// test: grad spread(n = 5, d = 3, x[15] = -1..1, q[9] ~ -1..1, wide[12] ~ 0.5..1.5, mu[3] ~ -1..1, nu[4] ~ -1..1)
// test: grad changing_scale(n = 5, d = 3, x[15] = -1..1, q[9] ~ -1..1, scale[3] ~ 0.5..1.5, mu[3] ~ -1..1, nu[3] ~ 0..1)
// test: grad narrowed(n = 5, d = 3, x[15] = -1..1, q[9] ~ -1..1, scale[3] ~ 0.5..1.5, mu[3] ~ -1..1, nu[3] ~ -1..1)
#include <adgen.h>
#include <math.h>

ADGEN_GRAD(q, scale, mu, nu)
double scaled(int n, int d, const double *x, const double *q, const double *scale, const double *mu, const double *nu)
{
    double loss = 0.0;
    for (int p = 0; p < n; p++) {
        double r[d];
        for (int i = 0; i < d; i++) {
            double s = x[p * d + i] - scale[i] * nu[i];
            for (int j = 0; j < d; j++)
                s += q[i * d + j] * (x[p * d + j] - mu[j]);
            r[i] = s;
        }
        for (int i = 0; i < d; i++)
            loss += log(1.0 + r[i] * r[i]);
    }
    return loss;
}

ADGEN_GRAD(q, scale, mu)
double lower(int n, int k, int d, const double *x, const double *q, const double *scale, const double *mu)
{
    double loss = 0.0;
    for (int p = 0; p < n; p++)
        for (int c = 0; c < k; c++) {
            double y[d], r[d], norm = 0.0;
            for (int i = 0; i < d; i++)
                y[i] = x[p * d + i] - mu[c * d + i];
            for (int i = 0; i < d; i++)
                r[i] = scale[c * d + i] * y[i];
            for (int i = 0; i < d; i++)
                for (int j = i + 1; j < d; j++)
                    r[j] += q[(c * d + i) * d + j] * y[i];
            for (int i = 0; i < d; i++)
                norm += r[i] * r[i];
            loss += exp(-0.5 * norm);
        }
    return loss;
}

ADGEN_GRAD(q, wide, mu, nu)
double spread(int n, int d, const double *x, const double *q, const double *wide, const double *mu, const double *nu)
{
    double loss = 0.0;
    for (int p = 0; p < n; p++) {
        double r[d];
        for (int i = 0; i < d; i++) {
            double s = 0.0;
            for (int l = 0; l < 4; l++)
                s -= wide[i * 4 + l] * nu[l];
            for (int j = 0; j < d; j++)
                s += q[i * d + j] * (x[p * d + j] - mu[j]);
            r[i] = s;
        }
        for (int i = 0; i < d; i++)
            loss += r[i] * sin(r[i]);
    }
    return loss;
}

ADGEN_GRAD(q, scale, mu, nu)
double changing_scale(int n, int d, const double *x, const double *q, const double *scale, const double *mu,
                      const double *nu)
{
    double loss = 0.0, by[3];
    for (int i = 0; i < 3; i++)
        by[i] = scale[i];
    for (int p = 0; p < n; p++) {
        double r[d];
        for (int i = 0; i < d; i++) {
            double s = x[p * d + i] - by[i % 3] * nu[i];
            for (int j = 0; j < d; j++)
                s += q[i * d + j] * (x[p * d + j] - mu[j]);
            r[i] = s;
        }
        for (int i = 0; i < d; i++)
            loss += log(1.0 + r[i] * r[i]);
        for (int i = 0; i < 3; i++)
            by[i] = by[i] * by[i] + 0.1;
    }
    return loss;
}

ADGEN_GRAD(q, scale, mu, nu)
double narrowed(int n, int d, const double *x, const double *q, const double *scale, const double *mu, const double *nu)
{
    double loss = 0.0;
    for (int p = 0; p < n; p++) {
        float r[d];
        for (int i = 0; i < d; i++) {
            float s = 0.0f;
            for (int j = 0; j < d; j++)
                s += (float)(q[i * d + j] * (x[p * d + j] - mu[j]));
            r[i] = s;
        }
        for (int i = 0; i < d; i++) {
            const double t = r[i] - scale[i] * nu[i];
            loss += log(1.0 + t * t);
        }
    }
    return loss;
}
