// A growing vector: its capacity doubles.
// test: grad f(n = 7, v[7] ~ -1..1)

#include <adgen.h>
#include <stdlib.h>

struct vector {
    double *at;
    int count, capacity;
};

static void push(struct vector *v, double x)
{
    if (v->count == v->capacity) {
        v->capacity = v->capacity ? 2 * v->capacity : 1;
        v->at = (double *)realloc(v->at, (size_t)v->capacity * sizeof *v->at);
    }
    v->at[v->count++] = x;
}

ADGEN_GRAD(v)
double f(int n, const double *v)
{
    struct vector w = {NULL, 0, 0};
    for (int i = 0; i < n; i++)
        push(&w, v[i] * v[i]);
    double s = 0;
    for (int i = 0; i < w.count; i++)
        s += w.at[i] * w.at[w.count - 1 - i];
    free(w.at);
    return s;
}
