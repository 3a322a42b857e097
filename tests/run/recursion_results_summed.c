// A weight times the sum of what recursive calls return: their reverse gives the sum back.
// test: grad f(t ~ ({v ~ 0.5, b ~ 0.1, left = ({v ~ 2, b ~ -0.2, left = null, right = null}),
//     right = ({v ~ -1, b ~ 0.3, left = ({v ~ 0.3, b ~ 0.2, left = null, right = null}),
//     right = ({v ~ 0.7, b ~ -0.1, left = null, right = null})})}), x ~ 0.6)

#include <adgen.h>
#include <math.h>
#include <stddef.h>

struct tree {
    double v, b;
    struct tree *left, *right;
};

static double evaluate(const struct tree *t, double x)
{
    if (t->left == NULL)
        return tanh(t->v * x + t->b);
    return tanh(t->v * (evaluate(t->left, x) + evaluate(t->right, x)) + t->b);
}

ADGEN_GRAD(t, x)
double f(const struct tree *t, double x)
{
    return evaluate(t, x);
}
