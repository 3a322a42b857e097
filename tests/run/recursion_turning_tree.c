// A tree that turns as it grows, made anew in each step; its nodes are kept in an array on the way.
// test: grad f(n = 5, v[5] ~ 0.5 -1 2 0.25 -3)

#include <adgen.h>
#include <math.h>
#include <stdlib.h>

typedef struct tree {
    double key, sum;
    int priority;
    struct tree *child[2];
} tree;

static void update(tree *t)
{
    t->sum = sin(t->key);
    for (int k = 0; k < 2; k++)
        if (t->child[k])
            t->sum += t->child[k]->sum * t->key;
}

static tree *turned(tree *t, int side)
{
    tree *up = t->child[side];
    t->child[side] = up->child[1 - side];
    up->child[1 - side] = t;
    update(t);
    update(up);
    return up;
}

static tree *insert(tree *t, double key, int priority)
{
    if (!t) {
        t = (tree *)calloc(1, sizeof *t);
        t->key = key;
        t->priority = priority;
        update(t);
        return t;
    }
    const int side = key > t->key;
    t->child[side] = insert(t->child[side], key, priority);
    update(t);
    return t->child[side]->priority > t->priority ? turned(t, side) : t;
}

static double deepest(const tree *t)
{
    const tree *kids[2] = {t->child[0], t->child[1]};
    double best = 0;
    for (int k = 0; k < 2; k++)
        if (kids[k]) {
            const double below = deepest(kids[k]);
            best = below * below > best * best ? below : best;
        }
    return best * 0.5 + t->key * t->sum;
}

static void release(tree *t)
{
    if (!t)
        return;
    release(t->child[0]);
    release(t->child[1]);
    free(t);
}

ADGEN_GRAD(v)
double f(int n, const double *v)
{
    double x[8];
    for (int i = 0; i < n; i++)
        x[i] = v[i];
    for (int step = 0; step < 3; step++) {
        tree *t = NULL;
        for (int i = 0; i < n; i++)
            t = insert(t, x[i], (i * 7 + step * 3) % 5);
        x[step] += 0.1 * deepest(t) + t->sum;
        release(t);
    }
    return x[0] + x[1] * x[2];
}
