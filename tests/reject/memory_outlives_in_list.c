// A node at the end of the caller's list, which would be given back with its shadow.
// note:

#include <adgen.h>
#include <stdlib.h>

struct node {
    double x;
    struct node *next;
};

ADGEN_GRAD(l, x)
double f(struct node *l, double x)
{
    struct node *at = l;
    while (at->next)
        at = at->next;
    at->next = (struct node *)calloc(1, sizeof *at); // error: outlives the call
    at->next->x = x * x;
    return l->next->x;
}
