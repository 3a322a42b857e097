// A list walked by recursion, whose nodes have arrays.
// test: grad f(y[2] ~ 0.5 -1, n = 2, l ~ ({w ~ 0.5, a ~ (1 2), next = ({w ~ 2, a ~ (-1 0.5), next = null})}))

#include <adgen.h>

struct node {
    double w;
    double *a;
    struct node *next;
};

static double total(const struct node *l, const double *y, int n)
{
    double s = 0;
    if (!l)
        return 1;
    for (int i = 0; i < n; i++)
        s += l->a[i] * l->w * y[i];
    return s * s + total(l->next, y, n) * l->w;
}

ADGEN_GRAD(y, l)
double f(const double *y, int n, const struct node *l)
{
    return total(l, y, n);
}
