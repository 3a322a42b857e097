// A recursive function gives the caller's nodes back.
// note:

#include <adgen.h>
#include <math.h>
#include <stdlib.h>

struct node {
    double x;
    struct node *next;
};

static double list_free(struct node *l)
{
    if (!l)
        return 0;
    const double x = l->x + list_free(l->next);
    free(l);
    return x;
}

ADGEN_GRAD(l)
double f(struct node *l)
{
    const double x = list_free(l->next); // error: 'list_free' gives back memory that carries derivatives and may be the caller's
    l->next = NULL;
    return x * x;
}
