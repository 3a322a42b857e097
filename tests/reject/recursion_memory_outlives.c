// A recursive function puts memory that it allocates at the end of the caller's list.
// note:

#include <adgen.h>
#include <math.h>
#include <stdlib.h>

struct node {
    double x;
    struct node *next;
};

static void append(struct node *at, double x)
{
    if (at->next) {
        append(at->next, x);
        return;
    }
    at->next = (struct node *)calloc(1, sizeof *at);
    at->next->x = x;
}

ADGEN_GRAD(l, x)
double f(struct node *l, double x)
{
    append(l, x * x); // error: memory that 'append' allocates carries derivatives and outlives the call of 'f'
    return l->next->x;
}
