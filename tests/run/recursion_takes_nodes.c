// A search tree from which nodes are taken between two looks at it.
// test: grad f(n = 6, v[6] ~ 0.5 -1 2 0.25 -3 0.75)

#include <adgen.h>
#include <math.h>
#include <stdlib.h>

struct node {
    double key;
    double *weight;
    struct node *left, *right;
};

static struct node *insert(struct node *at, double key)
{
    if (!at) {
        at = (struct node *)malloc(sizeof *at);
        if (!at)
            abort();
        at->key = key;
        at->weight = (double *)malloc(2 * sizeof *at->weight);
        at->weight[0] = key * key;
        at->weight[1] = 2;
        at->left = at->right = NULL;
    } else if (key < at->key) {
        at->left = insert(at->left, key);
    } else {
        at->right = insert(at->right, key);
    }
    return at;
}

static struct node *leftmost(struct node *at)
{
    return at->left ? leftmost(at->left) : at;
}

static void node_free(struct node *at)
{
    free(at->weight);
    free(at);
}

static struct node *take(struct node *at, double key)
{
    if (!at)
        return NULL;
    if (key < at->key) {
        at->left = take(at->left, key);
        return at;
    }
    if (key > at->key) {
        at->right = take(at->right, key);
        return at;
    }
    if (!at->left || !at->right) {
        struct node *other = at->left ? at->left : at->right;
        node_free(at);
        return other;
    }
    const struct node *next = leftmost(at->right);
    at->key = next->key;
    at->weight[0] += next->weight[0];
    at->right = take(at->right, next->key);
    return at;
}

static double total(const struct node *at, double depth)
{
    return at ? at->key * depth * at->weight[0] + sin(total(at->left, depth + 1)) * at->weight[1] +
                    total(at->right, depth * at->key)
              : 1;
}

static void release(struct node *at)
{
    if (at) {
        release(at->left);
        release(at->right);
        node_free(at);
    }
}

ADGEN_GRAD(v)
double f(int n, const double *v)
{
    struct node *root = NULL;
    for (int i = 0; i < n; i++)
        root = insert(root, v[i]);
    double s = total(root, 1);
    root = take(root, v[0]);
    s *= total(root, 1.5);
    root = take(root, v[4]);
    s += total(root, 2);
    release(root);
    return s;
}
