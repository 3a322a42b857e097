// A search tree, into which a function puts nodes by a pointer to a pointer.
// test: grad f(n = 5, v[5] ~ 0.5 -1 2 0.25 -3)

#include <adgen.h>
#include <math.h>
#include <stdlib.h>

struct node {
    double key;
    struct node *left, *right;
};

static void insert(struct node **at, double key)
{
    if (*at) {
        insert(key < (*at)->key ? &(*at)->left : &(*at)->right, key);
        (*at)->key += 0.125 * key;
        return;
    }
    *at = (struct node *)calloc(1, sizeof **at);
    (*at)->key = key;
}

static double walk(const struct node *at)
{
    return at ? sin(walk(at->left)) * at->key + at->key * walk(at->right) : 1;
}

static void release(struct node *at)
{
    if (!at)
        return;
    release(at->left);
    release(at->right);
    free(at);
}

ADGEN_GRAD(v)
double f(int n, const double *v)
{
    struct node *root = NULL;
    for (int i = 0; i < n; i++)
        insert(&root, v[i] * v[0]);
    const double s = walk(root);
    release(root);
    return s;
}
