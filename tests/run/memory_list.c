// A linked list that is built, walked and given back.
// test: grad f(n = 4, v[4] ~ -1..1)

#include <adgen.h>
#include <stdlib.h>

struct node {
    double x;
    int k;
    struct node *next;
};

ADGEN_GRAD(v)
double f(int n, const double *v)
{
    struct node *list = NULL;
    for (int i = 0; i < n; i++) {
        struct node *fresh = (struct node *)malloc(sizeof *fresh);
        fresh->x = v[i] * v[i];
        fresh->k = i;
        fresh->next = list;
        list = fresh;
    }
    double s = 1;
    for (struct node *at = list; at; at = at->next) {
        at->x *= s;
        s += at->x * (at->k + 1);
    }
    for (struct node *at = list; at; at = at->next)
        s += at->x * at->x;
    while (list) {
        struct node *next = list->next;
        free(list);
        list = next;
    }
    return s;
}
