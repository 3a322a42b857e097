// A list that is given back by recursion.
// test: grad f(n = 4, v[4] ~ -1..1)

#include <adgen.h>
#include <stdlib.h>

struct node {
    double x;
    struct node *next;
};

static void node_free(struct node *at)
{
    if (!at)
        return;
    node_free(at->next);
    free(at);
}

ADGEN_GRAD(v)
double f(int n, const double *v)
{
    struct node *list = NULL;
    for (int i = 0; i < n; i++) {
        struct node *fresh = (struct node *)malloc(sizeof *fresh);
        fresh->x = v[i] * v[i];
        fresh->next = list;
        list = fresh;
    }
    double s = 1;
    for (struct node *at = list; at; at = at->next)
        s += s * at->x;
    node_free(list);
    return s;
}
