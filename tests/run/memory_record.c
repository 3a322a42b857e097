// A record on the heap with an array of its own.
// test: grad f(n = 3, v[3] ~ -1..1)

#include <adgen.h>
#include <stdlib.h>

typedef struct {
    int n;
    double scale, *data;
} vector;

static vector *vector_new(int n)
{
    vector *v = (vector *)malloc(sizeof *v);
    v->n = n;
    v->scale = 1;
    v->data = (double *)calloc((size_t)n, sizeof *v->data);
    return v;
}

static void vector_free(vector *v)
{
    free(v->data);
    free(v);
}

ADGEN_GRAD(v)
double f(int n, const double *v)
{
    vector *a = vector_new(n), *b = vector_new(n);
    for (int i = 0; i < n; i++) {
        a->data[i] = v[i] * v[n - 1 - i];
        b->data[i] = a->data[i] * v[i];
    }
    b->scale = v[0];
    double s = 0;
    for (int i = 0; i < a->n; i++)
        s += a->scale * a->data[i] * b->scale * b->data[b->n - 1 - i];
    vector_free(a);
    vector_free(b);
    return s;
}
