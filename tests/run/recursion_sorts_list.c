// A list that is sorted by merging.
// test: grad f(n = 6, v[6] ~ 0.5 -1 2 0.25 -3 0.75)

#include <adgen.h>
#include <math.h>
#include <stdlib.h>

struct node {
    double x;
    struct node *next;
};

static struct node *merge(struct node *a, struct node *b)
{
    if (!a || !b)
        return a ? a : b;
    if (a->x < b->x) {
        a->next = merge(a->next, b);
        return a;
    }
    b->next = merge(a, b->next);
    return b;
}

static struct node *sort(struct node *list)
{
    if (!list || !list->next)
        return list;
    struct node *slow = list, *fast = list->next;
    while (fast && fast->next) {
        slow = slow->next;
        fast = fast->next->next;
    }
    struct node *second = slow->next;
    slow->next = NULL;
    return merge(sort(list), sort(second));
}

static double horner(const struct node *l, double x)
{
    return l ? l->x + x * horner(l->next, x) : 0;
}

ADGEN_GRAD(v)
double f(int n, const double *v)
{
    struct node *nodes = (struct node *)malloc((size_t)n * sizeof *nodes);
    for (int i = 0; i < n; i++) {
        nodes[i].x = v[i] * v[(i + 1) % n];
        nodes[i].next = i + 1 < n ? nodes + i + 1 : NULL;
    }
    const struct node *sorted = sort(nodes);
    const double y = horner(sorted, 0.5 * v[0]);
    free(nodes);
    return y;
}
