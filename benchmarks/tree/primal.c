/* A network in the shape of a tree, walked by its pointers: a node squashes the sum of its children, a leaf the input.
 */
#include "tree.h"

#include <adgen.h>
#include <math.h>
#include <stddef.h>

ADGEN_GRAD(root, x)
double tree_value(const struct node *root, double x)
{
    if (root->left == NULL)
        return tanh(root->weight * x + root->bias);
    return tanh(root->weight * (tree_value(root->left, x) + tree_value(root->right, x)) + root->bias);
}
