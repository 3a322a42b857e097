// Two lists are given back by one function; only one carries derivatives.
// test: grad f(n = 3, v[3] ~ -1..1)

#include <adgen.h>
#include <math.h>
#include <stdlib.h>

struct node {
    double x;
    struct node *next;
};

static struct node *make(const double *v, int n)
{
    if (n == 0)
        return NULL;
    struct node *l = (struct node *)malloc(sizeof *l);
    l->x = v[n - 1];
    l->next = make(v, n - 1);
    return l;
}

static double total(const struct node *l)
{
    return l ? l->x * l->x + total(l->next) : 0;
}

static void list_free(struct node *l)
{
    if (!l)
        return;
    list_free(l->next);
    free(l);
}

ADGEN_GRAD(v)
double f(int n, const double *v)
{
    static const double weights[] = {1, 2, 3};
    struct node *a = make(v, n), *b = make(weights, 3);
    const double s = total(a) * total(b);
    list_free(a);
    list_free(b);
    return s;
}
