// Vectors whose contents are behind a pointer to void: chosen by branches, in loops, from arrays; copied; on the heap.
// test: grad f(x[3] ~ 0.5 1 2, y[3] ~ -1 2 0.5, k = 0)
// test: grad f(x[3] ~ 0.5 1 2, y[3] ~ -1 2 0.5, k = 3)
// test: grad g(x[3] ~ 0.5 1 2, k = 1)

#include <adgen.h>
#include <stdlib.h>

struct content {
    int n;
    double *data;
};

struct vector {
    void *content;
    int tag;
};

#define LENGTH(v) (((struct content *)(v)->content)->n)
#define DATA(v) (((struct content *)(v)->content)->data)

static struct vector latest;

static double sum(const struct vector *v)
{
    double s = 0.0;
    for (int i = 0; i < LENGTH(v); i++)
        s += DATA(v)[i] * DATA(v)[i];
    return s;
}

static void scale(double a, struct vector *v)
{
    for (int i = 0; i < LENGTH(v); i++)
        DATA(v)[i] *= a;
}

ADGEN_GRAD(x, y)
double f(const double x[3], const double y[3], int k)
{
    double work[3] = {x[0], y[1], x[0] * y[0]};
    struct content cx = {3, (double *)x}, cy = {3, (double *)y}, cw = {3, work};
    struct vector vx = {&cx, 0}, vy = {&cy, 1}, vw = {&cw, 2};
    struct vector *some[] = {&vx, &vw, &vy}, *v = &vx;
    double s = 0.0;
    scale(x[1], some[1]);
    for (int i = 0; i < k; i++) {
        s += (i + 1) * sum(v) * sum(some[i % 3]);
        v = v == &vx ? &vw : &vx;
    }
    if (k > 0)
        latest = vy;
    else
        latest = *some[k];
    return s + sum(&latest);
}

ADGEN_GRAD(x)
double g(const double x[3], int k)
{
    struct vector *v = malloc(sizeof *v);
    struct content *c = malloc(sizeof *c);
    if (!v || !c)
        abort();
    c->n = k;
    c->data = malloc(sizeof(double) * (size_t)(k > 0 ? k : 1));
    if (!c->data)
        abort();
    v->content = c;
    for (int i = 0; i < k; i++)
        DATA(v)[i] = x[i] * x[i];
    scale(x[0], v);
    const double s = sum(v) * x[0];
    free(c->data);
    free(v->content);
    free(v);
    return s;
}
