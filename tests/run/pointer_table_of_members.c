// One block of parameters, and a table that says where the pointers into it are, as in llm.c: they are known once the
// table's loop is written out, and the weights, which nobody writes, need no storage.
// test: grad f(n = 3, params[28] ~ -1..1, x[3] ~ -1..1)

#include <adgen.h>
#include <math.h>
#include <stddef.h>
#include <string.h>

typedef struct {
    double *w1, *b1, *w2, *b2, *out, *shift;
} tensors;

enum { TENSORS = 6 };

static void sizes_of(size_t *size, size_t n)
{
    size[0] = n * n;
    size[1] = n;
    size[2] = n * n;
    size[3] = size[1];
    size[4] = n;
    size[5] = 1;
}

static void point(tensors *t, const size_t *size, double *memory)
{
    double **at[] = {&t->w1, &t->b1, &t->w2, &t->b2, &t->out, &t->shift};
    for (size_t i = 0; i < TENSORS; i++) {
        *(at[i]) = memory;
        memory += size[i];
    }
}

static void dense(int n, double *y, const double *x, const double *w, const double *b)
{
    for (int i = 0; i < n; i++) {
        double sum = b != NULL ? b[i] : 0.0;
        for (int j = 0; j < n; j++)
            sum += w[i * n + j] * x[j];
        y[i] = tanh(sum);
    }
}

ADGEN_GRAD(params, x)
double f(int n, double *params, const double *x)
{
    size_t size[TENSORS], count = 0;
    tensors t;
    double h[2][8];
    sizes_of(size, (size_t)n);
    for (int i = 0; i < TENSORS; i++)
        count += size[i];
    point(&t, size, params);
    dense(n, h[0], x, t.w1, t.b1);
    dense(n, h[1], h[0], t.w2, t.b2);
    double y = *t.shift;
    for (int i = 0; i < n; i++)
        y += t.out[i] * h[1][i];
    return y * y * (double)count;
}
