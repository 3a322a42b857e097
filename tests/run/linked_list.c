// A list is walked by pointer; its shadow is a list of the same shape.
// test: grad f(list ~ ({v ~ 0.5, next = ({v ~ 2, next = ({v ~ -1, next = null})})}))

#include <adgen.h>

struct node {
    double v;
    struct node *next;
};

ADGEN_GRAD(list)
double f(const struct node *list)
{
    double s = 0.5;
    for (const struct node *p = list; p; p = p->next)
        s = s * p->v + p->v * p->v;
    return s;
}
