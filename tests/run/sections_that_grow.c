// Work arrays of which each step fills and reads a part, whose end moves with the step: kept once a step, no longer than
// the longest.
// test: vjp attention(T = 0, d = 2, q[1] ~ -1..1, k[1] ~ -1..1, v[1] ~ -1..1, weight[1] > 0..1, out[1] > 0..1)
// test: vjp attention(T = 1, d = 2, q[2] ~ -1..1, k[2] ~ -1..1, v[2] ~ -1..1, weight[1] > 0..1, out[2] > 0..1)
// test: vjp attention(T = 5, d = 2, q[10] ~ -1..1, k[10] ~ -1..1, v[10] ~ -1..1, weight[5] > 0..1, out[10] > 0..1)
// test: vjp attention(T = 2, d = 0, q[1] ~ -1..1, k[1] ~ -1..1, v[1] ~ -1..1, weight[2] > 0..1, out[1] > 0..1)
// test: grad of_steps(T = 0, d = 2, q[1] ~ -1..1)
// test: grad of_steps(T = 1, d = 2, q[2] ~ -1..1)
// test: grad of_steps(T = 5, d = 2, q[10] ~ -1..1)
// test: grad of_steps(T = 5, d = 0, q[1] ~ -1..1)
// test: grad backwards(n = 0, d = 2, x[2] ~ -1..1, w[1] ~ -1..1)
// test: grad backwards(n = 1, d = 2, x[2] ~ -1..1, w[1] ~ -1..1)
// test: grad backwards(n = 5, d = 2, x[5] ~ -1..1, w[5] ~ -1..1)
// test: grad shrinks(n = 5, d = 2, from = 0, x[5] ~ -1..1, w[5] ~ -1..1)
// test: grad shrinks(n = 5, d = 2, from = 3, x[5] ~ -1..1, w[5] ~ -1..1)
// test: grad shrinks(n = 1, d = 2, from = 2, x[2] ~ -1..1, w[1] ~ -1..1)
// test: grad below_zero(n = 5, d = 2, less = 2, x[5] ~ -1..1, w[5] ~ -1..1)
// test: grad below_zero(n = 2, d = 2, less = 5, x[2] ~ -1..1, w[2] ~ -1..1)
// test: grad of_sizes(n = 0, d = 2, x[2] ~ -1..1, w[1] ~ -1..1)
// test: grad of_sizes(n = 1, d = 2, x[2] ~ -1..1, w[1] ~ -1..1)
// test: grad of_sizes(n = 5, d = 2, x[5] ~ -1..1, w[5] ~ -1..1)
// test: grad in_rows(n = 0, m = 2, d = 2, x[2] ~ -1..1, w[1] ~ -1..1)
// test: grad in_rows(n = 2, m = 2, d = 3, x[4] ~ -1..1, w[4] ~ -1..1)
// test: grad in_rows(n = 5, m = 3, d = 2, x[15] ~ -1..1, w[15] ~ -1..1)
// test: grad in_rows(n = 5, m = 0, d = 2, x[1] ~ -1..1, w[1] ~ -1..1)
// test: grad bound_falls(n = 5, d = 2, x[5] ~ -1..1, w[5] ~ -1..1)
// test: grad bound_falls(n = 0, d = 2, x[2] ~ -1..1, w[1] ~ -1..1)
// test: grad two_ends(n = 5, d = 2, x[6] ~ -1..1, w[6] ~ -1..1)
// test: grad two_ends(n = 1, d = 2, x[2] ~ -1..1, w[2] ~ -1..1)
// test: grad by_stride(n = 7, d = 2, x[7] ~ -1..1, w[7] ~ -1..1)
// test: grad within_steps(n = 4, d = 2, x[4] ~ -1..1, w[4] ~ -1..1)
// test: grad fixed_length(n = 4, d = 2, x[4] ~ -1..1)
// test: grad fixed_length(n = 0, d = 2, x[2] ~ -1..1)
// test: grad stops_early(n = 5, d = 2, x[5] ~ -1..1, w[5] ~ -1..1)
// test: grad two_counters(n = 4, d = 2, x[8] ~ -1..1, w[8] ~ -1..1)

#include <adgen.h>
#include <math.h>
#include <stddef.h>

/* The caller's work array, of which query t fills the first t + 1 elements. */
ADGEN_VJP(q, k, v)
void attention(int T, int d, const double *q, const double *k, const double *v, double *weight, double *out)
{
    for (int t = 0; t < T; t++) {
        double most = -1e30, total = 0.0;
        for (int s = 0; s <= t; s++) {
            double sum = 0.0;
            for (int i = 0; i < d; i++)
                sum += q[t * d + i] * k[s * d + i];
            weight[s] = sum;
            most = sum > most ? sum : most;
        }
        for (int s = 0; s <= t; s++) {
            weight[s] = exp(weight[s] - most);
            total += weight[s];
        }
        for (int i = 0; i < d; i++)
            out[t * d + i] = 0.0;
        for (int s = 0; s <= t; s++)
            for (int i = 0; i < d; i++)
                out[t * d + i] += weight[s] / total * v[s * d + i];
    }
}

/* An array of each step's own, as long as the step asks for. */
ADGEN_GRAD(q)
double of_steps(int T, int d, const double *q)
{
    double out[16] = {0}, loss = 0.0;
    for (int t = 0; t < T; t++) {
        double weight[t + 1], total = 0.0;
        for (int s = 0; s <= t; s++) {
            weight[s] = 0.0;
            for (int i = 0; i < d; i++)
                weight[s] += q[t * d + i] * q[s * d + i];
            weight[s] = exp(weight[s]);
            total += weight[s];
        }
        for (int s = 0; s <= t; s++)
            weight[s] /= total;
        for (int i = 0; i < d; i++)
            for (int s = 0; s <= t; s++)
                out[t * d + i] += weight[s] * q[s * d + i];
    }
    for (int i = 0; i < T * d; i++)
        loss += out[i] * out[i];
    return loss;
}

ADGEN_GRAD(x)
double backwards(int n, int d, const double *x, double *w)
{
    double loss = 0.0;
    for (int t = 0; t < n; t++) {
        for (int s = 0; s <= t; s++)
            w[s] = sin(x[s] * x[t]);
        for (int k = 0; k < d; k++)
            for (int s = 0; s <= t; s++)
                loss += w[s] * w[t - s] * x[k];
    }
    return loss;
}

/* From an element that is not the first; there may be none. */
ADGEN_GRAD(x)
double shrinks(int n, int d, int from, const double *x, double *w)
{
    double loss = 0.0;
    for (int t = n - 1; t >= 0; t--) {
        for (int s = from; s < n - t; s++)
            w[s] = sin(x[s] * x[t]);
        for (int k = 0; k < d; k++)
            for (int s = from; s < n - t; s++)
                loss += w[s] * w[s] * x[k];
    }
    return loss;
}

/* The extent is negative at first, or always. */
ADGEN_GRAD(x)
double below_zero(int n, int d, int less, const double *x, double *w)
{
    double loss = 0.0;
    for (int t = 0; t < n; t++) {
        for (int s = 0; s < t - less; s++)
            w[s] = sin(x[s] * x[t]);
        for (int k = 0; k < d; k++)
            for (int s = 0; s < t - less; s++)
                loss += w[s] * w[s] * x[k];
    }
    return loss;
}

ADGEN_GRAD(x)
double of_sizes(size_t n, size_t d, const double *x, double *w)
{
    double loss = 0.0;
    for (size_t t = 0; t < n; t++) {
        for (size_t s = 0; s < t; s++)
            w[s] = sin(x[s] * x[t]);
        for (size_t k = 0; k < d; k++)
            for (size_t s = 0; s < t; s++)
                loss += w[s] * w[s] * x[k];
    }
    return loss;
}

/* Rows of it, more of them in each step. */
ADGEN_GRAD(x)
double in_rows(int n, int m, int d, const double *x, double *w)
{
    double loss = 0.0;
    for (int t = 0; t < n; t++) {
        for (int s = 0; s <= t; s++)
            for (int j = 0; j < m; j++)
                w[s * m + j] = sin(x[s * m + j] * x[t * m + j]);
        for (int k = 0; k < d; k++)
            for (int s = 0; s <= t; s++)
                for (int j = 0; j < m; j++)
                    loss += w[s * m + j] * w[s * m + j] * x[k];
    }
    return loss;
}

/* The longest is the first. */
ADGEN_GRAD(x)
double bound_falls(int n, int d, const double *x, double *w)
{
    double loss = 0.0;
    for (int t = 0; t < n; t++) {
        for (int s = 0; s < n - t; s++)
            w[s] = sin(x[s] + loss);
        for (int k = 0; k < d; k++)
            for (int s = n - t - 1; s >= 0; s--)
                loss += w[s] * w[s] * x[k];
    }
    return loss;
}

/* Two parts that overlap, whose ends move apart. */
ADGEN_GRAD(x)
double two_ends(int n, int d, const double *x, double *w)
{
    double loss = 0.0;
    for (int t = 0; t < n; t++) {
        for (int s = 0; s <= n; s++)
            w[s] = sin(x[s] * x[t]);
        for (int k = 0; k < d; k++) {
            for (int s = 0; s <= t; s++)
                loss += w[s] * w[s + 1] * x[k];
            for (int s = t; s < n; s++)
                loss += w[s] * w[s] * x[k];
        }
    }
    return loss;
}

/* Every other step counts to half of it. */
ADGEN_GRAD(x)
double by_stride(int n, int d, const double *x, double *w)
{
    double loss = 0.0;
    for (int t = 0; t < n; t += 3) {
        for (int s = 0; s <= t; s++)
            w[s] = sin(x[s] * x[t]);
        for (int k = 0; k < d; k++)
            for (int s = 0; s <= t; s += 2)
                loss += w[s] * w[s] * x[k];
    }
    return loss;
}

/* The loop that tells the extent is in another one, of which the bound is the counter, too. */
ADGEN_GRAD(x)
double within_steps(int n, int d, const double *x, double *w)
{
    double loss = 0.0;
    for (int r = 0; r < n; r++)
        for (int t = 0; t <= r; t++) {
            for (int s = 0; s <= t; s++)
                w[s] = sin(x[s] * x[t] + x[r]);
            for (int k = 0; k < d; k++)
                for (int s = 0; s <= t; s++)
                    loss += w[s] * w[s] * x[k];
        }
    return loss;
}

/* The first of an array that is long enough for all. */
ADGEN_GRAD(x)
double fixed_length(int n, int d, const double *x)
{
    double loss = 0.0, w[128];
    for (int t = 0; t < n; t++) {
        for (int s = 0; s <= t; s++)
            w[s] = sin(x[s] * x[t] + loss);
        for (int k = 0; k < d; k++)
            for (int s = 0; s <= t; s++)
                loss += w[s] * w[s] * x[k];
    }
    return loss;
}

/* Not all steps are done. */
ADGEN_GRAD(x)
double stops_early(int n, int d, const double *x, double *w)
{
    double loss = 0.0;
    for (int t = 0; t < n; t++) {
        for (int s = 0; s <= t; s++)
            w[s] = sin(x[s] * x[t]);
        if (t > 2)
            break;
        for (int k = 0; k < d; k++)
            for (int s = 0; s <= t; s++)
                loss += w[s] * w[s] * x[k];
    }
    return loss;
}

/* The extent is told by two counters. */
ADGEN_GRAD(x)
double two_counters(int n, int d, const double *x, double *w)
{
    double loss = 0.0;
    for (int r = 0; r < n; r++)
        for (int t = n - 1; t >= 0; t--) {
            for (int s = 0; s <= r + n - 1 - t; s++)
                w[s] = sin(x[s] * x[t] + x[r]);
            for (int k = 0; k < d; k++)
                for (int s = 0; s <= r + n - 1 - t; s++)
                    loss += w[s] * w[s] * x[k];
        }
    return loss;
}
