// Nodes of an array of the function's own are put at the end of a list.
// test: grad f(n = 4, v[4] ~ -1..1)

#include <adgen.h>
#include <math.h>
#include <stdlib.h>

struct node {
    double x;
    struct node *next;
};

static void append(struct node **at, struct node *fresh)
{
    if (*at)
        append(&(*at)->next, fresh);
    else
        *at = fresh;
}

static double fold(const struct node *l, double s)
{
    return l ? fold(l->next, s * l->x + sin(s)) : s;
}

ADGEN_GRAD(v)
double f(int n, const double *v)
{
    struct node nodes[8] = {{0, NULL}};
    struct node *list = NULL;
    for (int i = 0; i < n; i++) {
        nodes[i].x = v[i] * v[i];
        append(&list, &nodes[i]);
    }
    return fold(list, 0.5);
}
