// Members of structs on the heap that grow: rows of a table, and the elements of each row; null at first, and smaller
// in the end.
// test: grad f(n = 4, x[4] ~ -1..1)

#include <adgen.h>
#include <stdlib.h>

struct row {
    double *at;
    int count, capacity;
    double weight;
};

struct table {
    struct row *rows;
    int count;
};

static void push(struct row *r, double x)
{
    if (r->count == r->capacity) {
        r->capacity = r->capacity ? 2 * r->capacity : 1;
        r->at = (double *)realloc(r->at, (size_t)r->capacity * sizeof *r->at);
    }
    r->at[r->count++] = x;
}

static struct row *add_row(struct table *t, double weight)
{
    t->rows = (struct row *)realloc(t->rows, (size_t)(t->count + 1) * sizeof *t->rows);
    if (!t->rows)
        return NULL;
    struct row *r = &t->rows[t->count++];
    r->at = NULL;
    r->count = r->capacity = 0;
    r->weight = weight;
    return r;
}

ADGEN_GRAD(x)
double f(int n, const double *x)
{
    struct table *t = (struct table *)calloc(1, sizeof *t);
    for (int k = 0; k < n; k++) {
        struct row *r = add_row(t, x[k] * 0.5);
        for (int i = 0; i <= 2 * k; i++)
            push(r, x[i / 2] * x[k]);
    }
    push(&t->rows[0], x[0]);
    struct row *last = &t->rows[n - 1];
    last->at = (double *)realloc(last->at, (size_t)(last->count - 1) * sizeof *last->at);
    last->count--;
    double s = 0;
    for (int k = 0; k < t->count; k++)
        for (int i = 0; i < t->rows[k].count; i++)
            s += t->rows[k].at[i] * t->rows[k].weight * last->at[i / 2];
    for (int k = 0; k < t->count; k++)
        free(t->rows[k].at);
    free(t->rows);
    free(t);
    return s;
}
