// A list whose order changes behind a walk by recursion.
// test: grad f(list ~ ({v ~ 0.5, next = ({v ~ 2, next = ({v ~ -1, next = null})})}))

#include <adgen.h>

struct node {
    double v;
    struct node *next;
};

static double walk(const struct node *l)
{
    return l ? l->v * (1 + walk(l->next)) : 1;
}

ADGEN_GRAD(list)
double f(struct node *list)
{
    double s = walk(list);
    struct node *second = list->next;
    list->next = second->next;
    s += s * walk(list);
    list->next = second;
    return s;
}
