// A solver that keeps the function it is made for, behind a handle that may be null.
// test: grad f(n = 3, steps = 4, x[3] ~ -1..1, k ~ 0.5)

#include <adgen.h>
#include <stdlib.h>

typedef int (*rates_fn)(int n, const double *y, double *dy, void *user);

struct solver {
    int n;
    rates_fn rates;
    void (*done)(struct solver *);
    void *user;
    double *dy;
};

static void count_down(struct solver *s)
{
    s->n = 0;
}

static void release(struct solver *s)
{
    if (!s)
        return;
    free(s->dy);
    free(s);
}

static struct solver *make(int n, rates_fn rates, void *user)
{
    struct solver *s = (struct solver *)calloc(1, sizeof *s);
    if (!s)
        return NULL;
    s->n = n;
    s->rates = rates;
    s->done = count_down;
    s->user = user;
    s->dy = (double *)malloc((size_t)n * sizeof *s->dy);
    if (!s->dy) {
        release(s);
        return NULL;
    }
    return s;
}

static int step(struct solver *s, double *y, double h)
{
    if (s->rates(s->n, y, s->dy, s->user))
        return -1;
    for (int i = 0; i < s->n; i++)
        y[i] += h * s->dy[i];
    return 0;
}

static int decay(int n, const double *y, double *dy, void *user)
{
    const double *k = (const double *)user;
    for (int i = 0; i < n; i++)
        dy[i] = y[(i + 1) % n] * y[i] - *k * y[i];
    return y[0] > 100;
}

ADGEN_GRAD(x, k)
double f(int n, int steps, const double *x, double k)
{
    double y[8], sum = 0;
    struct solver *s = make(n, decay, &k);
    if (!s)
        return -1;
    for (int i = 0; i < n; i++)
        y[i] = x[i];
    for (int t = 0; t < steps; t++)
        if (step(s, y, 0.1))
            goto end;
    for (int i = 0; i < n; i++)
        sum += y[i] * y[i];
end:
    s->done(s);
    release(s);
    return sum;
}
