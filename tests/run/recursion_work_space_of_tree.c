// A tree of means, whose builder has work space that it hands on.
// test: grad f(n = 5, v[5] ~ 0.5 -1 2 0.25 -3)

#include <adgen.h>
#include <math.h>
#include <stdlib.h>

struct node {
    double mean;
    struct node *low, *high;
};

static struct node *build(const double *v, int n)
{
    struct node *at = (struct node *)calloc(1, sizeof *at);
    for (int i = 0; i < n; i++)
        at->mean += v[i] / n;
    if (n == 1)
        return at;
    double *part = (double *)malloc((size_t)n * sizeof *part);
    int low = 0, high = n;
    for (int i = 0; i < n; i++)
        if (i % 2)
            part[low++] = sin(v[i]);
        else
            part[--high] = v[i] * at->mean;
    at->low = low ? build(part, low) : NULL;
    at->high = build(part + low, n - low);
    free(part);
    return at;
}

static double weigh(const struct node *at)
{
    return at ? at->mean * at->mean + 0.5 * weigh(at->low) * weigh(at->high) : 1;
}

static void release(struct node *at)
{
    if (!at)
        return;
    release(at->low);
    release(at->high);
    free(at);
}

ADGEN_GRAD(v)
double f(int n, const double *v)
{
    struct node *root = build(v, n);
    const double s = weigh(root);
    release(root);
    return s;
}
