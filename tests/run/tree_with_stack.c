// A binary tree, walked with a stack of pointers.
// test: grad f(t ~ ({v ~ 0.5, left = ({v ~ 2, left = null, right = null}),
//     right = ({v ~ -1, left = null, right = null})}))

#include <adgen.h>

struct tree {
    double v;
    struct tree *left, *right;
};

ADGEN_GRAD(t)
double f(const struct tree *t)
{
    const struct tree *stack[8];
    int depth = 0;
    double s = 0.5;
    stack[depth++] = t;
    while (depth > 0) {
        const struct tree *p = stack[--depth];
        s = s * p->v + 1;
        if (p->left)
            stack[depth++] = p->left;
        if (p->right)
            stack[depth++] = p->right;
    }
    return s;
}
