// Aliasing arguments: a node and the root, through which it is changed.
// test: grad f(n = 4, v[4] ~ -1..1)

#include <adgen.h>
#include <math.h>
#include <stdlib.h>

struct node {
    double x, total;
    struct node *up, *next;
};

static void climb(struct node *root, struct node *at, double x)
{
    const double before = root->total;
    at->total += x * before;
    root->total += sin(at->total) * before;
    if (at->up)
        climb(root, at->up, 0.1 * x * at->total + 0.1 * root->total);
}

ADGEN_GRAD(v)
double f(int n, const double *v)
{
    struct node *last = NULL, *root = NULL;
    for (int i = 0; i < n; i++) {
        struct node *fresh = (struct node *)malloc(sizeof *fresh);
        fresh->x = v[i];
        fresh->total = v[i] * 0.5;
        fresh->up = last;
        fresh->next = NULL;
        if (!root)
            root = fresh;
        last = fresh;
    }
    for (int i = 0; i < 2; i++)
        climb(root, last, v[i]);
    double s = 0;
    while (last) {
        struct node *up = last->up;
        s += last->total * last->x;
        free(last);
        last = up;
    }
    return s;
}
