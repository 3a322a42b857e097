// A balanced tree of sums, built by recursion from an array.
// test: grad f(n = 7, v[7] ~ -1..1)

#include <adgen.h>
#include <math.h>
#include <stdlib.h>

struct node {
    double sum;
    struct node *child[2];
};

static struct node *build(const double *v, int low, int high)
{
    if (low >= high)
        return NULL;
    const int mid = (low + high) / 2;
    struct node *at = (struct node *)malloc(sizeof *at);
    at->child[0] = build(v, low, mid);
    at->child[1] = build(v, mid + 1, high);
    at->sum = v[mid] * v[mid];
    for (int k = 0; k < 2; k++)
        if (at->child[k])
            at->sum += sin(at->child[k]->sum);
    return at;
}

static double collect(const struct node *at)
{
    double s = 0;
    if (!at)
        return s;
    for (int k = 0; k < 2; k++)
        s += collect(at->child[k]) * at->sum;
    return s + at->sum * at->sum;
}

static void release(struct node *at)
{
    if (!at)
        return;
    for (int k = 0; k < 2; k++)
        release(at->child[k]);
    free(at);
}

ADGEN_GRAD(v)
double f(int n, const double *v)
{
    struct node *root = build(v, 0, n);
    const double s = collect(root);
    release(root);
    return s;
}
