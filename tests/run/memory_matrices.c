// Matrices on the heap, a product at a time.
// test: grad f(n = 3, v[9] ~ -1..1)

#include <adgen.h>
#include <stdlib.h>
#include <string.h>

typedef struct {
    int rows, cols;
    double *at;
} matrix;

static matrix *make(int rows, int cols)
{
    matrix *m = (matrix *)malloc(sizeof(matrix));
    m->rows = rows;
    m->cols = cols;
    m->at = (double *)malloc(sizeof(double) * (size_t)rows * (size_t)cols);
    memset(m->at, 0, sizeof(double) * (size_t)rows * (size_t)cols);
    return m;
}

static matrix *product(const matrix *a, const matrix *b)
{
    matrix *c = make(a->rows, b->cols);
    for (int i = 0; i < a->rows; i++)
        for (int j = 0; j < b->cols; j++)
            for (int k = 0; k < a->cols; k++)
                c->at[i * c->cols + j] += a->at[i * a->cols + k] * b->at[k * b->cols + j];
    return c;
}

static void drop(matrix *m)
{
    free(m->at);
    free(m);
}

ADGEN_GRAD(v)
double f(int n, const double *v)
{
    matrix *a = make(n, n);
    memcpy(a->at, v, (size_t)(n * n) * sizeof *v);
    matrix *p = make(n, n);
    for (int i = 0; i < n; i++)
        p->at[i * n + i] = 1;
    for (int k = 0; k < 3; k++) {
        matrix *q = product(p, a);
        drop(p);
        p = q;
    }
    double trace = 0;
    for (int i = 0; i < n; i++)
        trace += p->at[i * n + i];
    drop(p);
    drop(a);
    return trace;
}
