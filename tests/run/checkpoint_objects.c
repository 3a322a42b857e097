// States in a local struct with an array in it, in memory from the heap, in an array of run-time size and in a variable outside.
// test: grad f(n = 4, steps = 7, x[4] ~ -1..1, k ~ 0.3)
// test: grad f(n = 4, steps = 1, x[4] ~ -1..1, k ~ 0.3)
// before: outside[0] = outside[1] = 0.5;

#include <adgen.h>
#include <math.h>
#include <stdlib.h>

struct simulation {
    double u[6];
    float speed;
    int count;
};

double outside[2] = {0.5, 0.5};

static void advance(struct simulation *s, double *heap, double k)
{
    for (int i = 1; i < 5; i++)
        s->u[i] += k * sin(s->u[i - 1] - s->u[i + 1]) * heap[i % s->count];
    s->speed = 0.5f * s->speed + (float)s->u[2];
    for (int i = 0; i < s->count; i++)
        heap[i] = 0.9 * heap[i] + 0.1 * (double)s->speed * outside[i % 2];
    outside[s->count % 2] *= cos(heap[0]);
}

ADGEN_GRAD(x, k)
double f(int n, int steps, const double *x, double k)
{
    struct simulation s = {.speed = 0.25f, .count = n};
    double *heap = malloc((size_t)n * sizeof *heap);
    double rows[n][2];
    for (int i = 0; i < n; i++) {
        s.u[i] = x[i];
        heap[i] = 1.0 + x[i] * x[i];
        rows[i][0] = rows[i][1] = k;
    }
    s.u[4] = s.u[5] = 0.1;
    for (int t = 0; t < steps; t++) {
        ADGEN_CHECKPOINT(2);
        advance(&s, heap, k);
        for (int i = 0; i < n; i++)
            rows[i][t % 2] = rows[n - 1 - i][1 - t % 2] * s.u[i];
    }
    double sum = s.speed + outside[0] * outside[1];
    for (int i = 0; i < n; i++)
        sum += s.u[i] * heap[i] + rows[i][0] * rows[i][1];
    free(heap);
    return sum;
}
