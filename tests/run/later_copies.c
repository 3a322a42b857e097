// What is stored in a work array, or read from it, and stays until a later loop has it copied, is read from that copy.
// test: vjp solve(n = 0, m = 2, a[1] ~ 1..2, b[1] ~ -1..1, x[1] > 0..1, w[1] > 0..1)
// test: vjp solve(n = 1, m = 2, a[1] ~ 1..2, b[2] ~ -1..1, x[2] > 0..1, w[1] > 0..1)
// test: vjp solve(n = 2, m = 1, a[4] ~ 1..2, b[2] ~ -1..1, x[2] > 0..1, w[2] > 0..1)
// test: vjp solve(n = 5, m = 2, a[25] ~ 1..2, b[10] ~ -1..1, x[10] > 0..1, w[5] > 0..1)
// test: grad overwritten(n = 4, m = 2, x[4] ~ -1..1, w[4] ~ -1..1)
// test: grad overwritten(n = 0, m = 2, x[2] ~ -1..1, w[1] ~ -1..1)
// test: grad part(n = 5, k = 2, m = 2, x[5] ~ -1..1, w[5] ~ -1..1)
// test: grad part(n = 2, k = 5, m = 2, x[5] ~ -1..1, w[5] ~ -1..1)
// test: grad part(n = 0, k = 2, m = 2, x[2] ~ -1..1, w[2] ~ -1..1)
// test: grad not_read(n = 3, d = 0, m = 2, x[3] ~ -1..1, w[3] ~ -1..1)
// test: grad not_read(n = 3, d = 2, m = 2, x[3] ~ -1..1, w[3] ~ -1..1)
// test: grad more_is_read(n = 3, m = 2, x[4] ~ -1..1, w[4] ~ -1..1)
// test: grad more_is_read(n = 0, m = 2, x[2] ~ -1..1, w[1] ~ -1..1)
// test: grad in_branches(n = 4, m = 2, x[4] ~ -1..1, w[4] ~ -1..1)
// test: grad own_array(n = 4, m = 3, x[4] ~ -1..1)
// test: grad own_array(n = 0, m = 3, x[3] ~ -1..1)
// test: grad same_element(n = 4, m = 2, x[4] ~ -1..1, w[4] ~ -1..1)
// test: grad moved(n = 3, m = 2, x[3] ~ -1..1, w[7] ~ -1..1)

#include <adgen.h>
#include <math.h>

ADGEN_VJP(a, b)
void solve(int n, int m, const double *a, const double *b, double *x, double *w)
{
    for (int r = 0; r < m; r++) {
        for (int i = 0; i < n; i++)
            w[i] = b[r * n + i];
        for (int i = n - 1; i >= 0; i--) {
            for (int j = i + 1; j < n; j++)
                w[i] -= a[i * n + j] * w[j];
            w[i] /= a[i * n + i];
        }
        for (int i = 0; i < n; i++)
            x[r * n + i] = w[i] * w[i];
    }
}

/* What is read first is not what is copied. */
ADGEN_GRAD(x)
double overwritten(int n, int m, const double *x, double *w)
{
    double sum = 0.0;
    for (int r = 0; r < m; r++) {
        for (int i = 0; i < n; i++)
            w[i] = exp(x[i] + sum);
        for (int i = 0; i < n; i++)
            sum += w[i] * w[i] * 0.01;
        if (n > 1)
            w[1] = sin(sum);
        for (int k = 0; k < 3; k++)
            for (int i = 0; i < n; i++)
                sum += w[i] * w[i] * x[i] * 0.1;
    }
    return sum;
}

/* Only the first k of n are read later, which may be fewer or more. */
ADGEN_GRAD(x)
double part(int n, int k, int m, const double *x, double *w)
{
    double sum = 0.0;
    for (int r = 0; r < m; r++) {
        for (int i = 0; i < n; i++)
            w[i] = exp(x[i] * w[i]);
        for (int j = 0; j < 3; j++)
            for (int i = 0; i < k; i++)
                sum += w[i] * w[i] * x[j % 2] * 0.1;
    }
    return sum;
}

/* The later loops may not run. */
ADGEN_GRAD(x)
double not_read(int n, int d, int m, const double *x, double *w)
{
    double sum = 0.0;
    for (int r = 0; r < m; r++) {
        double total = 0.0;
        for (int i = 0; i < n; i++) {
            w[i] = exp(x[i] * w[i]);
            total += w[i];
        }
        for (int k = 0; k < d; k++)
            for (int i = 0; i < n; i++)
                sum += w[i] * w[i] * x[k] * 0.1;
        sum += log(1.0 + total);
    }
    return sum;
}

/* The copy begins before what is stored, and ends behind it. */
ADGEN_GRAD(x)
double more_is_read(int n, int m, const double *x, double *w)
{
    double sum = 0.0;
    for (int r = 0; r < m; r++) {
        for (int i = 1; i < n; i++)
            w[i] = exp(x[i] * w[i - 1]);
        for (int k = 0; k < 3; k++)
            for (int i = 0; i <= n; i++)
                sum += w[i] * w[i] * 0.1;
        for (int i = 0; i <= n; i++)
            w[i] = sin(w[i]);
    }
    return sum;
}

ADGEN_GRAD(x)
double in_branches(int n, int m, const double *x, double *w)
{
    double sum = 0.0;
    for (int r = 0; r < m; r++) {
        for (int i = 0; i < n; i++)
            if ((i + r) % 2)
                w[i] = exp(x[i] * w[i]);
            else
                w[i] = 1.0 / (2.0 + x[i] * w[i]);
        for (int k = 0; k < 3; k++)
            for (int i = 0; i < n; i++)
                sum += w[i] * w[i] * x[i] * 0.1;
    }
    return sum;
}

ADGEN_GRAD(x)
double own_array(int n, int m, const double *x)
{
    double sum = 0.0;
    for (int r = 0; r < m; r++) {
        double w[n + 1];
        w[n] = sum;
        for (int i = n - 1; i >= 0; i--) {
            w[i] = x[i];
            for (int j = i + 1; j < n; j++)
                w[i] += x[j] * w[j] * w[j] * 0.1;
        }
        for (int i = 0; i < n; i++)
            sum += w[i] * w[n] * x[i];
    }
    return sum;
}

/* Each step stores there, and only the last one's stays. */
ADGEN_GRAD(x)
double same_element(int n, int m, const double *x, double *w)
{
    double sum = 0.0;
    for (int r = 0; r < m; r++) {
        for (int i = 0; i < n; i++) {
            w[0] = exp(x[i] * (1.0 + 0.1 * sum));
            sum += w[0];
        }
        for (int k = 0; k < 3; k++)
            for (int i = 0; i < n; i++)
                sum += w[i] * w[i] * 0.01;
    }
    return sum;
}

/* The pointer is another one when the copy is made. */
ADGEN_GRAD(x)
double moved(int n, int m, const double *x, double *w)
{
    double sum = 0.0, *p = w;
    for (int r = 0; r < m; r++) {
        for (int i = 0; i < n; i++)
            p[i] = exp(x[i] * p[i]);
        p++;
        for (int k = 0; k < 3; k++)
            for (int i = 0; i < n; i++)
                sum += p[i] * p[i] * 0.1;
    }
    return sum;
}
