// A recursive function that only hands an argument on has a reverse: the adjoint of its result goes there. Beside it, one
// that does nothing but give memory back, which has none.
// test: grad f(n = 3, x[3] ~ 0.2..1)

#include <adgen.h>
#include <math.h>
#include <stdlib.h>

struct node {
    double value;
    struct node *next;
};

static double handed_on(int m, double a, double b)
{
    if (m <= 0)
        return 1.25;
    const double t = handed_on(m - 1, sin(a), b);
    (void)t;
    return a;
}

static void give_back(struct node *list)
{
    if (list) {
        give_back(list->next);
        free(list);
    }
}

ADGEN_GRAD(x)
double f(int n, const double *x)
{
    struct node *list = NULL;
    for (int i = 0; i < n; i++) {
        struct node *first = malloc(sizeof *first);
        first->value = x[i] * x[i];
        first->next = list;
        list = first;
    }
    double sum = 0;
    for (const struct node *at = list; at; at = at->next)
        sum += handed_on(n, at->value, sum) * at->value;
    give_back(list);
    return sum;
}
