// Recursion that keeps the best node, by a pointer to a pointer, and changes it behind.
// test: grad f(n = 5, v[5] ~ 0.5 -1 2 0.25 -3)

#include <adgen.h>
#include <math.h>
#include <stdlib.h>

struct node {
    double x;
    struct node *left, *right;
};

static struct node *grow(const double *v, int low, int high)
{
    if (low == high)
        return NULL;
    struct node *at = (struct node *)malloc(sizeof *at);
    const int mid = (low + high) / 2;
    at->x = v[mid];
    at->left = grow(v, low, mid);
    at->right = grow(v, mid + 1, high);
    return at;
}

static void best(struct node *at, struct node **found, double *value)
{
    if (!at)
        return;
    if (!*found || at->x > *value) {
        *found = at;
        *value = at->x;
    }
    best(at->left, found, value);
    best(at->right, found, value);
}

static double total(const struct node *at)
{
    return at ? at->x * at->x + sin(total(at->left)) + at->x * total(at->right) : 0.5;
}

static void release(struct node *at)
{
    if (at) {
        release(at->left);
        release(at->right);
        free(at);
    }
}

ADGEN_GRAD(v)
double f(int n, const double *v)
{
    struct node *root = grow(v, 0, n);
    double s = 0;
    for (int i = 0; i < 3; i++) {
        struct node *found = NULL;
        double value = 0;
        best(root, &found, &value);
        found->x = -0.5 * value * value + s;
        s += total(root);
    }
    release(root);
    return s;
}
