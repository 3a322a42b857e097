/*
 * The adjoint of tree_value by hand. The forward walk pushes each node's value, children first; the reverse walk,
 * parent first and right before left, pops them. A child's walk hands its value back, so that the parent has the sum
 * that its weight was multiplied with, and one double a node is all that is kept.
 */
#include "tree.h"

#include <math.h>
#include <stddef.h>
#include <stdlib.h>

double tree_value_by_hand(const struct node *root, double x, struct node *root_bar, double *x_bar);

typedef struct {
    double *at, *end, *base;
} stack;

static void push(stack *s, double value)
{
    if (s->at == s->end) {
        const size_t used = (size_t)(s->at - s->base), room = used ? 2 * used : 1024;
        s->base = realloc(s->base, room * sizeof *s->base);
        if (!s->base)
            abort();
        s->at = s->base + used;
        s->end = s->base + room;
    }
    *s->at++ = value;
}

static double forward(const struct node *t, double x, stack *s)
{
    double sum = x;
    if (t->left != NULL) {
        sum = forward(t->left, x, s);
        sum += forward(t->right, x, s);
    }
    const double value = tanh(t->weight * sum + t->bias);
    push(s, value);
    return value;
}

static double reverse(const struct node *t, struct node *t_bar, double x, double seed, double *x_bar, stack *s)
{
    const double value = *--s->at, inner_bar = seed * (1.0 - value * value), sum_bar = inner_bar * t->weight;
    double sum = x;
    if (t->left != NULL) {
        sum = reverse(t->right, t_bar->right, x, sum_bar, x_bar, s);
        sum += reverse(t->left, t_bar->left, x, sum_bar, x_bar, s);
    } else {
        *x_bar += sum_bar;
    }
    t_bar->bias += inner_bar;
    t_bar->weight += inner_bar * sum;
    return value;
}

double tree_value_by_hand(const struct node *root, double x, struct node *root_bar, double *x_bar)
{
    stack s = {NULL, NULL, NULL};
    double x_sum = 0.0;
    const double value = forward(root, x, &s);
    reverse(root, root_bar, x, 1.0, &x_sum, &s);
    *x_bar += x_sum;
    free(s.base);
    return value;
}
