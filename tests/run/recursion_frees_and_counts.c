// What a function that gives a tree back does besides still happens.
// test: grad f(n = 4, v[4] ~ -1..1)

#include <adgen.h>
#include <math.h>
#include <stdlib.h>

struct node {
    double x;
    int *tag;
    struct node *next;
};

static int list_free(struct node *l, int *tags)
{
    if (!l)
        return 0;
    *tags += *l->tag;
    const int n = list_free(l->next, tags);
    free(l->tag);
    free(l);
    return n + 1;
}

ADGEN_GRAD(v)
double f(int n, const double *v)
{
    struct node *list = NULL;
    for (int i = 0; i < n; i++) {
        struct node *fresh = (struct node *)malloc(sizeof *fresh);
        fresh->x = v[i];
        fresh->tag = (int *)malloc(sizeof *fresh->tag);
        *fresh->tag = i;
        fresh->next = list;
        list = fresh;
    }
    double s = 0.5;
    for (struct node *l = list; l; l = l->next)
        s = sin(s + l->x) * (1 + *l->tag);
    int tags = 0;
    const int count = list_free(list, &tags);
    return s * count + s * s * tags;
}
