// A list is taken apart into two, by a struct of pointers.
// test: grad f(n = 5, v[5] ~ -1..1)

#include <adgen.h>
#include <math.h>
#include <stdlib.h>

struct node {
    float x;
    struct node *next;
};

struct pair {
    struct node *odd, *even;
};

static struct pair deal(struct node *l)
{
    struct pair p = {NULL, NULL};
    if (!l)
        return p;
    p = deal(l->next);
    struct node *even = p.odd;
    l->next = p.even;
    p.odd = l;
    p.even = even;
    return p;
}

static double total(const struct node *l, double s)
{
    return l ? total(l->next, sin(s * l->x) + l->x) : s;
}

ADGEN_GRAD(v)
double f(int n, const double *v)
{
    struct node *nodes = (struct node *)malloc((size_t)n * sizeof *nodes);
    for (int i = 0; i < n; i++) {
        nodes[i].x = (float)(v[i] * v[i]);
        nodes[i].next = i + 1 < n ? &nodes[i + 1] : NULL;
    }
    const struct pair p = deal(nodes);
    const double s = total(p.odd, 1) * total(p.even, 2);
    free(nodes);
    return s;
}
