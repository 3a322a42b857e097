// A search tree on the heap, walked with a stack that gives it back.
// test: grad f(n = 5, v[5] ~ 0.5 -1 2 0.25 -3)

#include <adgen.h>
#include <stdlib.h>

struct node {
    double key;
    struct node *left, *right;
};

ADGEN_GRAD(v)
double f(int n, const double *v)
{
    struct node *root = NULL;
    for (int i = 0; i < n; i++) {
        struct node *fresh = (struct node *)calloc(1, sizeof *fresh), *at = root;
        fresh->key = v[i] * v[0];
        while (at) {
            struct node **to = fresh->key < at->key ? &at->left : &at->right;
            if (!*to) {
                *to = fresh;
                break;
            }
            at = *to;
        }
        if (!root)
            root = fresh;
    }
    double s = 0, p = 1;
    struct node *stack[16];
    int top = 0;
    stack[top++] = root;
    while (top > 0) {
        struct node *at = stack[--top];
        s += p * at->key * at->key;
        p *= 0.5;
        if (at->left)
            stack[top++] = at->left;
        if (at->right)
            stack[top++] = at->right;
        free(at);
    }
    return s;
}
