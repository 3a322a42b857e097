// A function that looks for a node gives a pointer to it, by which it is changed.
// test: grad f(n = 4, v[4] ~ -1..1)

#include <adgen.h>
#include <math.h>
#include <stdlib.h>

struct node {
    double x;
    struct node *next;
};

static struct node *at(struct node *l, int k)
{
    return k == 0 ? l : at(l->next, k - 1);
}

ADGEN_GRAD(v)
double f(int n, const double *v)
{
    struct node *list = NULL;
    for (int i = 0; i < n; i++) {
        struct node *fresh = (struct node *)malloc(sizeof *fresh);
        fresh->x = v[i];
        fresh->next = list;
        list = fresh;
    }
    double s = 1;
    for (int i = 0; i < n; i++) {
        struct node *l = at(list, (3 * i + 1) % n);
        l->x = sin(l->x * s) + at(list, i)->x;
        s += l->x;
    }
    while (list) {
        struct node *next = list->next;
        free(list);
        list = next;
    }
    return s;
}
