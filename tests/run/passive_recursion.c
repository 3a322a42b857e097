// Functions that are passive and stay calls: recursive ones, that read active memory and answer with indices or numbers.
// test: grad f(n = 4, x[4] ~ 0.5 -1 2 0.25, q ~ 0.3)

#include <adgen.h>
#include <math.h>
#include <stddef.h>

struct node {
    int point;
    struct node *left, *right;
};

ADGEN_PASSIVE
static struct node *build(int *order, int n, const double *x, struct node **pool)
{
    if (n <= 0)
        return NULL;
    struct node *t = (*pool)++;
    int m = 0;
    for (int i = 1; i < n; i++)
        if (x[order[i]] < x[order[0]]) {
            const int moved = order[i];
            order[i] = order[++m];
            order[m] = moved;
        }
    t->point = order[0];
    t->left = build(order + 1, m, x, pool);
    t->right = build(order + 1 + m, n - 1 - m, x, pool);
    return t;
}

ADGEN_PASSIVE
static double largest_integer(const double *x, int n)
{
    return n == 0 ? 0 : fmax(floor(x[0]), largest_integer(x + 1, n - 1));
}

ADGEN_GRAD(x, q)
double f(int n, const double *x, double q)
{
    struct node nodes[8], *pool = nodes;
    int order[8];
    double y[8];
    for (int i = 0; i < n; i++) {
        order[i] = i;
        y[i] = x[i] * x[i] * x[i] + 0.1;
    }
    const struct node *t = build(order, n, y, &pool), *nearest = t;
    while (t) {
        if (fabs(y[t->point] - q) < fabs(y[nearest->point] - q))
            nearest = t;
        t = q < y[t->point] ? t->left : t->right;
    }
    const double r = y[nearest->point] - q;
    return r * r * largest_integer(y, n);
}
