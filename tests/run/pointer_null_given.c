// What is left out by a null pointer: the copy that is made, worked on, and given back otherwise, and the work with it.
// test: grad f(n = 4, x[4] ~ -1..1)
// test: grad g(n = 4, x[4] ~ -1..1)

#include <adgen.h>
#include <stdlib.h>

struct order {
    int n;
    const int *list;
};

static double *ordered(int n, const int *order, const double *x)
{
    double *y = malloc(sizeof(double) * (size_t)(n > 1 ? n : 1));
    if (!y)
        return NULL;
    for (int i = 0; i < n; i++)
        y[i] = x[order[i]];
    return y;
}

static void give_back(double *p)
{
    if (p)
        free(p);
}

static double weigh(const struct order *order, double *x)
{
    double *y = order->list ? ordered(order->n, order->list, x) : x;
    double *copy = order->list ? y : NULL;
    double s = 0.0;
    if (!order->n || !y) {
        give_back(copy);
        return 0.0;
    }
    for (int i = 0; i < order->n; i++)
        s += (i + 1) * y[i] * y[i];
    give_back(copy);
    return s;
}

ADGEN_GRAD(x)
double f(int n, double *x)
{
    struct order none = {n, NULL};
    return weigh(&none, x);
}

ADGEN_GRAD(x)
double g(int n, double *x)
{
    static const int list[] = {2, 0, 3, 1};
    struct order some = {n, list};
    return weigh(&some, x);
}
