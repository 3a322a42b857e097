// A binary tree, walked by recursion.
// test: grad f(t ~ ({v ~ 0.5, left = ({v ~ 2, left = null, right = null}),
//     right = ({v ~ -1, left = null, right = null})}))

#include <adgen.h>

struct tree {
    double v;
    struct tree *left, *right;
};

static double evaluate(const struct tree *t)
{
    if (!t)
        return 1;
    return t->v * evaluate(t->left) + evaluate(t->right) * t->v * t->v;
}

ADGEN_GRAD(t)
double f(const struct tree *t)
{
    return evaluate(t);
}
