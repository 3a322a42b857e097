// Buffers that change places after each step: while one is written, what is read of the others stays as it is.
// test: grad jacobi(steps = 3, n = 3, a[9] ~ -0.5..0.5, b[3] ~ -1..1)
// test: grad jacobi(steps = 4, n = 3, a[9] ~ -0.5..0.5, b[3] ~ -1..1)
// test: grad waves(steps = 5, n = 4, u[4] ~ -1..1, c[4] ~ 0..1)
// test: grad with_the_caller_s(steps = 3, n = 3, u[3] ~ -1..1, w[9] ~ -0.5..0.5)
// test: grad halves_of_one(steps = 3, n = 3, u[6] ~ -1..1, w[9] ~ -0.5..0.5)
// test: grad shifted(steps = 3, n = 3, u[4] ~ -1..1, w[9] ~ -0.5..0.5)
// test: grad now_and_then(steps = 4, n = 3, u[3] ~ -1..1, w[9] ~ -0.5..0.5)
// test: grad in_rounds(rounds = 2, steps = 3, n = 3, u[3] ~ -1..1, w[9] ~ -0.5..0.5)

#include <adgen.h>
#include <math.h>
#include <stdlib.h>

ADGEN_GRAD(a, b)
double jacobi(int steps, int n, const double *a, const double *b)
{
    double *x = calloc((size_t)n, sizeof *x), *y = malloc((size_t)n * sizeof *y);
    for (int t = 0; t < steps; t++) {
        for (int i = 0; i < n; i++) {
            double s = b[i];
            for (int j = 0; j < n; j++)
                s -= a[i * n + j] * x[j];
            y[i] = s / (2 + a[i * n + i]);
        }
        double *other = x;
        x = y;
        y = other;
    }
    double s = 0;
    for (int i = 0; i < n; i++)
        s += x[i] * x[i];
    free(x);
    free(y);
    return s;
}

/* Three go round. */
ADGEN_GRAD(u, c)
double waves(int steps, int n, const double *u, const double *c)
{
    double *before = malloc((size_t)n * sizeof *before), *now = malloc((size_t)n * sizeof *now),
           *next = calloc((size_t)n, sizeof *next);
    for (int i = 0; i < n; i++)
        before[i] = now[i] = u[i];
    for (int t = 0; t < steps; t++) {
        for (int i = 1; i < n - 1; i++)
            next[i] = 2 * now[i] - before[i] + c[i] * now[i] * (now[i - 1] - 2 * now[i] + now[i + 1]) * before[i];
        double *other = before;
        before = now;
        now = next;
        next = other;
    }
    double s = 0;
    for (int i = 0; i < n; i++)
        s += now[i] * now[i] + before[i];
    free(before);
    free(now);
    free(next);
    return s;
}

ADGEN_GRAD(u, w)
double with_the_caller_s(int steps, int n, double *u, const double *w)
{
    double buffer[3], *now = u, *next = buffer;
    for (int t = 0; t < steps; t++) {
        for (int i = 0; i < n; i++) {
            next[i] = 0;
            for (int j = 0; j < n; j++)
                next[i] += w[i * n + j] * now[j] * now[j];
        }
        double *other = now;
        now = next;
        next = other;
    }
    double s = 0;
    for (int i = 0; i < n; i++)
        s += now[i] * u[i];
    return s;
}

ADGEN_GRAD(u, w)
double halves_of_one(int steps, int n, double *u, const double *w)
{
    double *now = u, *next = u + n;
    for (int t = 0; t < steps; t++) {
        for (int i = 0; i < n; i++) {
            next[i] = 0;
            for (int j = 0; j < n; j++)
                next[i] += w[i * n + j] * now[j] * now[j];
        }
        double *other = now;
        now = next;
        next = other;
    }
    double s = 0;
    for (int i = 0; i < 2 * n; i++)
        s += u[i] * u[i];
    return s;
}

/* What is written is read in the next iteration: the two overlap. */
ADGEN_GRAD(u, w)
double shifted(int steps, int n, double *u, const double *w)
{
    double *now = u, *next = u + 1;
    for (int t = 0; t < steps; t++) {
        for (int i = 0; i < n; i++) {
            double s = 0;
            for (int j = 0; j < n; j++)
                s += w[i * n + j] * now[j] * now[j];
            next[i] = sin(s);
        }
        double *other = now;
        now = next;
        next = other;
    }
    double s = 0;
    for (int i = 0; i <= n; i++)
        s += u[i] * u[i];
    return s;
}

/* Both may be the same buffer. */
ADGEN_GRAD(u, w)
double now_and_then(int steps, int n, const double *u, const double *w)
{
    double *x = malloc((size_t)n * sizeof *x), *y = malloc((size_t)n * sizeof *y), *now = x, *next = y;
    for (int i = 0; i < n; i++)
        x[i] = y[i] = u[i];
    for (int t = 0; t < steps; t++) {
        for (int i = 0; i < n; i++) {
            double s = 0;
            for (int j = 0; j < n; j++)
                s += w[i * n + j] * now[j] * now[j];
            next[i] = sin(s);
        }
        double *other = now;
        now = next;
        if (t % 3)
            next = other;
    }
    double s = 0;
    for (int i = 0; i < n; i++)
        s += now[i] + y[i] * x[i];
    free(x);
    free(y);
    return s;
}

ADGEN_GRAD(u, w)
double in_rounds(int rounds, int steps, int n, const double *u, const double *w)
{
    double *now = malloc((size_t)n * sizeof *now), *next = malloc((size_t)n * sizeof *next);
    for (int i = 0; i < n; i++)
        now[i] = u[i];
    for (int k = 0; k < rounds; k++)
        for (int t = 0; t < steps; t++) {
            for (int i = 0; i < n; i++) {
                double s = 0;
                for (int j = 0; j < n; j++)
                    s += w[i * n + j] * now[j] * now[j];
                next[i] = sin(s) + k;
            }
            double *other = now;
            now = next;
            next = other;
        }
    double s = 0;
    for (int i = 0; i < n; i++)
        s += now[i];
    free(now);
    free(next);
    return s;
}
