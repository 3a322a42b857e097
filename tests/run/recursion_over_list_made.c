// A list that is built by a loop, and summed by recursion.
// test: grad f(n = 4, v[4] ~ -1..1)

#include <adgen.h>
#include <math.h>
#include <stdlib.h>

struct node {
    double x;
    struct node *next;
};

static double total(const struct node *at)
{
    return at ? at->x * at->x + sin(at->x * total(at->next)) : 1;
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
    double s = total(list);
    while (list) {
        struct node *next = list->next;
        free(list);
        list = next;
    }
    return s;
}
