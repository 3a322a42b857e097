// Residuals q (x - mu) of many points: what reaches mu passes through q', which is the same for all points, so their
// adjoints can be summed before it. Not where q changes, where only some points count, or where mu does.
// test: grad shared(n = 9, d = 3, x[27] = -1..1, q[9] ~ -1..1, mu[3] ~ -1..1)
// test: grad shared(n = 1, d = 1, x[1] = -1..1, q[1] ~ -1..1, mu[1] ~ -1..1)
// test: grad shared(n = 0, d = 3, x = null, q[9] ~ -1..1, mu[3] ~ -1..1)
// test: grad components(n = 5, k = 2, m = 3, d = 2, x[10] = -1..1, q[24] ~ -1..1, mu[12] ~ -1..1)
// test: grad components(n = 5, k = 2, m = 0, d = 2, x[10] = -1..1, q[24] ~ -1..1, mu[12] ~ -1..1)
// test: grad pairs(n = 5, k = 5, d = 2, x[10] = -1..1, q[100] ~ -1..1, mu[50] ~ -1..1)
// test: grad two_sums(n = 5, d = 4, m = 16, x[20] = -1..1, a[64] = -1..1, b[64] = -1..1, mu[4] ~ -1..1, nu[4] ~ -1..1)
// test: grad two_maps(n = 6, d = 3, x[18] = -1..1, a[9] = -1..1, b[9] ~ 0.5..1.5, mu[3] ~ -1..1, nu[3] ~ -1..1)
// test: grad changing_map(n = 6, d = 3, x[18] = -1..1, q[9] = -1..1, mu[3] ~ -1..1)
// test: grad some_points(n = 6, d = 3, x[18] = -1..1, q[9] = -1..1, mu[3] ~ -1..1)
// test: grad changing_mean(n = 6, d = 3, x[18] = -1..1, q[9] = -1..1, mu[3] ~ -1..1)
// test: grad lower(n = 7, d = 4, x[28] = -1..1, q[16] ~ -1..1, mu[4] ~ -1..1)
// test: grad singles(n = 6, x[18] = -1..1, q[9] = -1..1, mu[3] ~ -1..1)
#include <adgen.h>
#include <math.h>

ADGEN_GRAD(q, mu)
double shared(int n, int d, const double *x, const double *q, const double *mu)
{
    double loss = 0.0;
    for (int p = 0; p < n; p++) {
        double r[d];
        for (int i = 0; i < d; i++) {
            double s = 0.0;
            for (int j = 0; j < d; j++)
                s += q[i * d + j] * (x[p * d + j] - mu[j]);
            r[i] = s;
        }
        for (int i = 0; i < d; i++)
            loss += log(1.0 + r[i] * r[i]);
    }
    return loss;
}

ADGEN_GRAD(q, mu)
double components(int n, int k, int m, int d, const double *x, const double *q, const double *mu)
{
    double loss = 0.0;
    for (int p = 0; p < n; p++)
        for (int c = 0; c < k; c++)
            for (int e = 0; e < m; e++) {
                double y[d], r[d];
                const int at = c * m + e;
                for (int i = 0; i < d; i++)
                    y[i] = x[p * d + i] - mu[at * d + i];
                for (int i = 0; i < d; i++)
                    r[i] = 0.0;
                for (int i = 0; i < d; i++)
                    for (int j = 0; j < d; j++)
                        r[i] += q[(at * d + i) * d + j] * y[j];
                for (int i = 0; i < d; i++)
                    loss += r[i] * sin(r[i]);
            }
    return loss;
}

ADGEN_GRAD(q, mu)
double pairs(int n, int k, int d, const double *x, const double *q, const double *mu)
{
    double loss = 0.0;
    for (int p = n - 1; p >= 0; p--)
        for (int c = 1; c < k; c += 2)
            for (int e = 0; e <= c; e++) {
                double r[d];
                const int at = c * k + e;
                for (int i = 0; i < d; i++) {
                    double s = 0.0;
                    for (int j = 0; j < d; j++)
                        s += q[(at * d + i) * d + j] * (x[p * d + j] - mu[at * d + j]);
                    r[i] = s;
                }
                for (int i = 0; i < d; i++)
                    loss += r[i] * r[i] * cos(r[i]);
            }
    return loss;
}

ADGEN_GRAD(mu, nu)
double two_sums(int n, int d, int m, const double *x, const double *a, const double *b, const double *mu,
                const double *nu)
{
    double loss = 0.0;
    for (int p = 0; p < n; p++) {
        double y[m];
        for (int j = 0; j < m; j++)
            y[j] = 0.0;
        for (int i = 0; i < d; i++)
            for (int k = 0; k < d; k++)
                for (int j = 0; j < d; j++)
                    y[k * d + j] += a[(i * d + k) * d + j] * mu[i] + b[(i * d + k) * d + j] * nu[i];
        for (int j = 0; j < m; j++)
            loss += sin(y[j] * x[p * d + j % d]);
    }
    return loss;
}

ADGEN_GRAD(b, mu, nu)
double two_maps(int n, int d, const double *x, const double *a, const double *b, const double *mu, const double *nu)
{
    double loss = 0.0;
    for (int p = 0; p < n; p++) {
        double r[d];
        for (int i = 0; i < d; i++) {
            double s = 0.0;
            for (int j = 0; j < d; j++)
                s += a[i * d + j] * mu[j] - nu[j] / b[i * d + j];
            r[i] = s + x[p * d + i];
        }
        for (int i = 0; i < d; i++)
            loss += exp(0.1 * r[i]) * r[i];
    }
    return loss;
}

ADGEN_GRAD(mu)
double changing_map(int n, int d, const double *x, const double *q, const double *mu)
{
    double loss = 0.0, turning[d * d];
    for (int i = 0; i < d * d; i++)
        turning[i] = q[i];
    for (int p = 0; p < n; p++) {
        double r[d];
        for (int i = 0; i < d; i++) {
            double s = 0.0;
            for (int j = 0; j < d; j++)
                s += turning[i * d + j] * (x[p * d + j] - mu[j]);
            r[i] = s;
        }
        for (int i = 0; i < d; i++)
            loss += r[i] * r[i] * r[i];
        for (int i = 0; i < d * d; i++)
            turning[i] = 0.5 * turning[i] + 0.1 * p;
    }
    return loss;
}

ADGEN_GRAD(mu)
double some_points(int n, int d, const double *x, const double *q, const double *mu)
{
    double loss = 0.0;
    for (int p = 0; p < n; p++) {
        if (x[p * d] < 0.0)
            continue;
        double r[d];
        for (int i = 0; i < d; i++) {
            double s = 0.0;
            for (int j = 0; j < d; j++)
                s += q[i * d + j] * (x[p * d + j] - mu[j]);
            r[i] = s;
        }
        for (int i = 0; i < d; i++)
            loss += r[i] * r[i] * r[i];
    }
    return loss;
}

ADGEN_GRAD(mu)
double changing_mean(int n, int d, const double *x, const double *q, const double *mu)
{
    double loss = 0.0, at[d];
    for (int i = 0; i < d; i++)
        at[i] = mu[i];
    for (int p = 0; p < n; p++) {
        double r[d];
        for (int i = 0; i < d; i++) {
            double s = 0.0;
            for (int j = 0; j < d; j++)
                s += q[i * d + j] * (x[p * d + j] - at[j]);
            r[i] = s;
        }
        for (int i = 0; i < d; i++)
            loss += r[i] * r[i] * r[i];
        for (int i = 0; i < d; i++)
            at[i] = at[i] * at[i] + 0.1 * x[p * d + i];
    }
    return loss;
}

ADGEN_GRAD(q, mu)
double lower(int n, int d, const double *x, const double *q, const double *mu)
{
    double loss = 0.0;
    for (int p = 0; p < n; p++) {
        double y[d], r[d];
        for (int i = 0; i < d; i++)
            y[i] = x[p * d + i] - mu[i];
        for (int i = 0; i < d; i++)
            r[i] = 0.0;
        for (int i = 0; i < d; i++)
            for (int j = 0; j <= i; j++)
                r[i] += q[i * d + j] * y[j];
        for (int i = 0; i < d; i++)
            loss += r[i] * r[i] * r[i];
    }
    return loss;
}

ADGEN_GRAD(mu)
double singles(int n, const float *x, const float *q, const double *mu)
{
    double loss = 0.0;
    for (int p = 0; p < n; p++) {
        double r[3];
        for (int i = 0; i < 3; i++) {
            double s = 0.0;
            for (int j = 0; j < 3; j++)
                s += (float)(q[i * 3 + j] * mu[j]);
            r[i] = s * x[p * 3 + i];
        }
        for (int i = 0; i < 3; i++)
            loss += r[i] * r[i] * r[i];
    }
    return loss;
}
