// The caller's list is turned around, and its adjoints with it.
// test: vjp f(l ~ ({v ~ 0.5, next = ({v ~ 2, next = ({v ~ -1, next = null})})}))

#include <adgen.h>
#include <math.h>
#include <stddef.h>

struct node {
    double v;
    struct node *next;
};

static struct node *turn(struct node *l, struct node *onto)
{
    if (!l)
        return onto;
    struct node *rest = l->next;
    l->next = onto;
    l->v = sin(l->v);
    return turn(rest, l);
}

static double walk(const struct node *l)
{
    return l ? l->v * (1 + walk(l->next)) : 1;
}

ADGEN_VJP(l)
double f(struct node *l)
{
    double s = walk(l);
    struct node *r = turn(l, NULL);
    s += walk(r) * walk(r->next);
    r = turn(r, NULL);
    return s + walk(r);
}
