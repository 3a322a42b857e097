// A list that recursion makes, with arrays of which some carry derivatives; loops give it back.
// test: grad f(n = 4, v[4] ~ -1..1)

#include <adgen.h>
#include <math.h>
#include <stdlib.h>

struct node {
    double *x, *fixed;
    int *k;
    struct node *next;
};

static struct node *make(const double *v, int n)
{
    if (n == 0)
        return NULL;
    struct node *l = (struct node *)malloc(sizeof *l);
    l->x = (double *)malloc(2 * sizeof *l->x);
    l->fixed = (double *)malloc(sizeof *l->fixed);
    l->k = (int *)malloc(sizeof *l->k);
    l->x[0] = v[0];
    l->x[1] = v[0] * n;
    l->fixed[0] = n;
    l->k[0] = n % 2;
    l->next = make(v + 1, n - 1);
    return l;
}

static double total(const struct node *l)
{
    return l ? l->x[l->k[0]] * l->fixed[0] + l->x[0] * total(l->next) : 1;
}

ADGEN_GRAD(v)
double f(int n, const double *v)
{
    struct node *l = make(v, n);
    double s = total(l), fixed = 0;
    const double two[] = {1, 2};
    struct node *other = make(two, 2);
    for (struct node *at = other; at; at = at->next)
        fixed += at->fixed[0] * at->x[1];
    while (l) {
        struct node *next = l->next;
        free(l->x);
        free(l->fixed);
        free(l->k);
        free(l);
        l = next;
    }
    while (other) {
        struct node *next = other->next;
        free(other->x);
        free(other->fixed);
        free(other->k);
        free(other);
        other = next;
    }
    return sin(s * fixed);
}
