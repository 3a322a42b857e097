// State vectors on the heap, of the caller, and in structs: what loops read of them again and again is copied once a step.
// test: grad heap(steps = 3, n = 4, x[12] ~ -1..1, u[16] ~ -0.7..0.7)
// test: grad heap(steps = 0, n = 4, x[1] ~ -1..1, u[16] ~ -0.7..0.7)
// test: grad heap(steps = 3, n = 0, x[1] ~ -1..1, u[1] ~ -0.7..0.7)
// test: grad param(steps = 3, n = 3, x[9] ~ -1..1, u[9] ~ -0.7..0.7, h[3] ~ -1..1, c[3] > 0 0 0)
// test: grad param(steps = 2, n = 0, x[1] ~ 0.5, u[1] ~ 0.7, h[1] ~ 0.3, c[1] > 0)
// test: grad member(steps = 3, n = 3, u[9] ~ -0.7..0.7, s ~ {h ~ (0.3 -0.2 0.6), c > (0 0 0), size = 3})
// test: grad gru(steps = 3, n = 3, m = 2, x[6] = 0.3 -0.5 0.2 0.7 -0.1 0.4, w[18] ~ -0.7..0.7, u[27] ~ -0.7..0.7)
// test: grad gru(steps = 2, n = 3, m = 0, x[1] = 0.3, w[1] ~ 0.5, u[27] ~ -0.7..0.7)
// test: grad windows(steps = 2, n = 6, k = 3, x[6] ~ -1..1, w[3] ~ -1..1)
// test: grad windows(steps = 2, n = 2, k = 3, x[6] ~ -1..1, w[3] ~ -1..1)
// test: grad from_one(steps = 2, n = 3, h[3] ~ -1..1, u[9] ~ -0.7..0.7)
// test: grad downwards(steps = 3, n = 3, h[3] ~ -1..1, u[9] ~ -0.7..0.7)
// test: grad unsigned_counters(steps = 2, n = 4, h[4] ~ -1..1, u[8] ~ -0.7..0.7)
// test: grad unsigned_counters(steps = 2, n = 1, h[4] ~ -1..1, u[8] ~ -0.7..0.7)

#include <adgen.h>
#include <math.h>
#include <stdlib.h>

ADGEN_GRAD(x, u)
double heap(int steps, int n, const double *x, const double *u)
{
    double *h = calloc((size_t)n + 1, sizeof *h), *c = malloc(((size_t)n + 1) * sizeof *c);
    for (int t = 0; t < steps; t++) {
        for (int i = 0; i < n; i++) {
            double a = x[t * n + i];
            for (int j = 0; j < n; j++)
                a += u[i * n + j] * h[j];
            c[i] = tanh(a);
        }
        for (int i = 0; i < n; i++)
            h[i] = c[i];
    }
    double loss = 0;
    for (int i = 0; i < n; i++)
        loss += h[i] * h[i];
    free(h);
    free(c);
    return loss;
}

ADGEN_GRAD(x, u, h)
double param(int steps, int n, const double *x, const double *u, double *h, double *c)
{
    for (int t = 0; t < steps; t++) {
        for (int i = 0; i < n; i++) {
            double a = x[t * n + i];
            for (int j = 0; j < n; j++)
                a += u[i * n + j] * h[j] * h[j];
            c[i] = tanh(a);
        }
        for (int i = 0; i < n; i++)
            h[i] = c[i];
    }
    double loss = 0;
    for (int i = 0; i < n; i++)
        loss += h[i] * h[i];
    return loss;
}

typedef struct {
    double *h, *c;
    int size;
} state;

ADGEN_GRAD(u, s)
double member(int steps, int n, const double *u, state *s)
{
    for (int t = 0; t < steps; t++) {
        for (int i = 0; i < n; i++) {
            double a = t;
            for (int j = 0; j < s->size; j++)
                a += u[i * n + j] * s->h[j];
            s->c[i] = sin(a);
        }
        for (int i = 0; i < n; i++)
            s->h[i] = s->c[i];
    }
    double loss = 0;
    for (int i = 0; i < n; i++)
        loss += s->h[i] * s->h[i];
    return loss;
}

/* One copy of h serves three gates, the candidate and the update. */
ADGEN_GRAD(w, u)
double gru(int steps, int n, int m, const double *x, const double *w, const double *u)
{
    double *h = calloc((size_t)n, sizeof *h), *z = malloc((size_t)n * sizeof *z), *r = malloc((size_t)n * sizeof *r),
           *c = malloc((size_t)n * sizeof *c);
    double loss = 0;
    for (int t = 0; t < steps; t++) {
        for (int i = 0; i < n; i++) {
            double a = 0, b = 0;
            for (int j = 0; j < m; j++) {
                a += w[i * m + j] * x[t * m + j];
                b += w[(n + i) * m + j] * x[t * m + j];
            }
            for (int j = 0; j < n; j++) {
                a += u[i * n + j] * h[j];
                b += u[(n + i) * n + j] * h[j];
            }
            z[i] = 1 / (1 + exp(-a));
            r[i] = 1 / (1 + exp(-b));
        }
        for (int i = 0; i < n; i++) {
            double a = 0;
            for (int j = 0; j < m; j++)
                a += w[(2 * n + i) * m + j] * x[t * m + j];
            for (int j = 0; j < n; j++)
                a += u[(2 * n + i) * n + j] * r[j] * h[j];
            c[i] = tanh(a);
        }
        for (int i = 0; i < n; i++)
            h[i] = (1 - z[i]) * h[i] + z[i] * c[i];
        for (int i = 0; i < n; i++)
            loss += h[i] * h[i];
    }
    free(h);
    free(z);
    free(r);
    free(c);
    return loss;
}

/* What is read again is a section of the vector that moves along; windows overlap. */
ADGEN_GRAD(x, w)
double windows(int steps, int n, int k, const double *x, const double *w)
{
    double *a = malloc(6 * sizeof *a), *b = calloc(6, sizeof *b);
    for (int i = 0; i < 6; i++)
        a[i] = x[i];
    for (int t = 0; t < steps; t++) {
        for (int i = 0; i <= n - k; i++) {
            double s = 0;
            for (int j = 0; j < k; j++)
                s += w[j] * a[i + j] * a[i + j];
            b[i + 1] = sin(s);
        }
        for (int i = 0; i < n; i++)
            a[i] += b[i];
    }
    double s = 0;
    for (int i = 0; i < n; i++)
        s += a[i] * a[i];
    free(a);
    free(b);
    return s;
}

/* The pointer itself is before the array. */
ADGEN_GRAD(h, u)
double from_one(int steps, int n, double *h, const double *u)
{
    double c[4];
    double *h1 = h - 1;
    for (int t = 0; t < steps; t++) {
        for (int i = 1; i <= n; i++) {
            c[i] = 0;
            for (int j = 1; j <= n; j++)
                c[i] += u[(i - 1) * n + j - 1] * h1[j];
        }
        for (int i = 1; i <= n; i++)
            h1[i] = cos(c[i]);
    }
    double s = 0;
    for (int i = 0; i < n; i++)
        s += h[i];
    return s;
}

ADGEN_GRAD(h, u)
double downwards(int steps, int n, double *h, const double *u)
{
    double c[3];
    for (int t = 0; t < steps; t++) {
        for (int i = n - 1; i >= 0; i--) {
            c[i] = 0;
            for (int j = n; j > 0; j--)
                c[i] += u[i * n + j - 1] * h[j - 1];
        }
        for (int i = 0; i < n; i++)
            h[i] = cos(c[i]);
    }
    double s = 0;
    for (int i = 0; i < n; i++)
        s += h[i];
    return s;
}

/* Where n is 1, the bound n - 2 has wrapped around, behind a branch that is not taken. */
ADGEN_GRAD(h, u)
double unsigned_counters(unsigned steps, size_t n, double *h, const double *u)
{
    double c[4] = {0};
    for (unsigned t = 0; t < steps; t++) {
        if (n >= 2)
            for (size_t i = 0; i < n - 2; i++)
                for (size_t j = 0; j < n - 2; j++)
                    c[i] += u[i * n + j] * h[j + 1];
        for (size_t i = 0; i < n; i++)
            h[i] = sin(c[i]) + h[i] * h[i];
    }
    double s = 0;
    for (size_t i = 0; i < n; i++)
        s += h[i];
    return s;
}
