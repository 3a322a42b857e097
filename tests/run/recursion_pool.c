// Nodes come from an array in a struct of the caller's.
// test: grad f(n = 5, v[5] ~ 0.5 -1 2 0.25 -3)

#include <adgen.h>
#include <math.h>
#include <stdlib.h>

struct node {
    double key;
    struct node *left, *right;
};

struct pool {
    struct node at[16];
    int used;
};

static struct node *insert(struct pool *pool, struct node *root, double key)
{
    if (!root) {
        struct node *fresh = &pool->at[pool->used++];
        fresh->key = key;
        return fresh;
    }
    if (key < root->key)
        root->left = insert(pool, root->left, key);
    else
        root->right = insert(pool, root->right, key);
    return root;
}

static double walk(const struct node *at, double depth)
{
    return at ? sin(walk(at->left, depth + 1)) * at->key + depth * at->key * walk(at->right, depth + 1) : 1;
}

ADGEN_GRAD(v)
double f(int n, const double *v)
{
    struct pool pool = {.used = 0};
    struct node *root = NULL;
    for (int i = 0; i < n; i++)
        root = insert(&pool, root, v[i] * v[0]);
    return walk(root, 1);
}
