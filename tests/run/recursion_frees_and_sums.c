// A list that is given back as its values are summed, and whose nodes have numbers of their own.
// test: grad f(n = 4, v[4] ~ -1..1)

#include <adgen.h>
#include <math.h>
#include <stdlib.h>

struct node {
    double *a;
    int *k;
    struct node *next;
};


static double consume(struct node *l)
{
    if (!l)
        return 1;
    const double x = sin(l->a[0] * l->k[0]) + l->a[1];
    const double rest = consume(l->next);
    free(l->a);
    free(l->k);
    free(l);
    return x * rest;
}

static int count_nodes(const struct node *l)
{
    return l ? 1 + count_nodes(l->next) : 0;
}

ADGEN_GRAD(v)
double f(int n, const double *v)
{
    struct node *list = NULL;
    for (int i = 0; i < n; i++) {
        struct node *fresh = (struct node *)malloc(sizeof *fresh);
        fresh->a = (double *)malloc(2 * sizeof *fresh->a);
        fresh->k = (int *)malloc(sizeof *fresh->k);
        fresh->a[0] = v[i];
        fresh->a[1] = v[i] * v[0];
        fresh->k[0] = i + 1;
        fresh->next = list;
        list = fresh;
    }
    const int count = count_nodes(list);
    return consume(list) * count;
}
