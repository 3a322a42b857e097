// A search tree, built by insertion, walked and given back, all of it by recursion.
// test: grad f(n = 5, v[5] ~ 0.5 -1 2 0.25 -3)

#include <adgen.h>
#include <math.h>
#include <stdlib.h>

struct node {
    double key;
    struct node *left, *right;
};

static struct node *insert(struct node *root, double key)
{
    if (!root) {
        struct node *fresh = (struct node *)malloc(sizeof *fresh);
        fresh->key = key;
        fresh->left = fresh->right = NULL;
        return fresh;
    }
    if (key < root->key)
        root->left = insert(root->left, key);
    else
        root->right = insert(root->right, key);
    return root;
}

static double walk(const struct node *at, double depth)
{
    return at ? sin(walk(at->left, depth + 1)) * at->key + depth * at->key * walk(at->right, depth + 1) : 1;
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
    struct node *root = NULL;
    for (int i = 0; i < n; i++)
        root = insert(root, v[i] * v[0]);
    const double s = walk(root, 1);
    release(root);
    return s;
}
