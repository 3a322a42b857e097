// Two derivatives of one program that makes a tree, of several results.
// test: vjp f(n = 4, v[4] ~ -1..1, out[2] > -1..1)
// test: grad g(n = 4, v[4] ~ -1..1)

#include <adgen.h>
#include <math.h>
#include <stdlib.h>

typedef struct tree {
    double x;
    struct tree *a, *b;
} tree;

static tree *grow(const double *v, int n)
{
    if (n == 0)
        return NULL;
    tree *t = (tree *)malloc(sizeof *t);
    *t = (tree){v[n - 1] * v[0], grow(v, n / 2), grow(v + n / 2, n - n / 2 - 1)};
    return t;
}

static void sums(const tree *t, double *even, double *odd)
{
    if (!t)
        return;
    *even += t->x * *odd;
    sums(t->a, odd, even);
    sums(t->b, odd, even);
}

static void fell(tree **t)
{
    if (!*t)
        return;
    fell(&(*t)->a);
    fell(&(*t)->b);
    free(*t);
    *t = NULL;
}

ADGEN_VJP(v, out)
void f(int n, const double *v, double out[2])
{
    tree *t = grow(v, n);
    out[0] = 1;
    out[1] = 0.5;
    sums(t, &out[0], &out[1]);
    fell(&t);
    if (t)
        out[0] = 0;
}

ADGEN_GRAD(v)
double g(int n, const double *v)
{
    tree *t = grow(v, n);
    double even = 1, odd = 2;
    sums(t, &even, &odd);
    sums(t, &odd, &even);
    fell(&t);
    return even * odd;
}
