#include "tree.h"

#include "bench.h"

double tree_value(const struct node *root, double x);
typedef double tree_gradient(const struct node *root, double x, struct node *root_bar, double *x_bar);
tree_gradient tree_value_by_hand;
BENCH_OPTIONAL tree_gradient tree_value_grad;

static struct {
    struct node *nodes, *shadows;
    double *x, *x_bar;
} of;

/* A random tree of 2 k - 1 nodes: k leaves, then joined two at a time. */
static void set_up(const long *size)
{
    const size_t leaves = (size_t)size[0], count = 2 * leaves - 1;
    struct node *const nodes = bench_memory(count * sizeof *nodes), *const shadows =
                                                                        bench_memory(count * sizeof *nodes);
    int *const open = bench_memory(leaves * sizeof *open), *const place = bench_memory(count * sizeof *place);
    of.x = bench_input("x", 1, &of.x_bar, 0.5, 1.0);
    /* Nodes lie in memory in any order, as an allocator that has run for a while would leave them. */
    for (size_t i = 0; i < count; i++) {
        const size_t j = (size_t)bench_uniform(0.0, (double)i + 1.0);
        place[i] = place[j];
        place[j] = (int)i;
        nodes[i].weight = bench_uniform(-1.0, 1.0);
        nodes[i].bias = bench_uniform(-0.5, 0.5);
    }
    for (size_t i = 0; i < leaves; i++)
        open[i] = place[i];
    int root = open[0];
    for (size_t left = leaves, next = leaves; left > 1; left--, next++) {
        const size_t a = (size_t)bench_uniform(0.0, (double)left), b = (a + 1) % left;
        root = place[next];
        nodes[root].left = &nodes[open[a]];
        nodes[root].right = &nodes[open[b]];
        shadows[root].left = &shadows[open[a]];
        shadows[root].right = &shadows[open[b]];
        open[a] = root;
        open[b] = open[left - 1];
        if (a == left - 1)
            open[b] = root;
    }
    for (size_t i = 0; i < count; i++) {
        bench_member(&nodes[i].weight, &shadows[i].weight);
        bench_member(&nodes[i].bias, &shadows[i].bias);
    }
    of.nodes = &nodes[root];
    of.shadows = &shadows[root];
}

static double primal(void)
{
    return tree_value(of.nodes, *of.x);
}

static double gradient(bench_function *derivative)
{
    return ((tree_gradient *)derivative)(of.nodes, *of.x, of.shadows, of.x_bar);
}

const bench_problem bench_this = {
    .name = "tree",
    .parameters = "leaves",
    .check = {9},
    .sizes = {{500}, {20000}, {400000}},
    .growth = {{5000}, {10000}, {20000}, {40000}},
    .set_up = set_up,
    .primal = primal,
    .gradient = gradient,
    .by_hand = (bench_function *)tree_value_by_hand,
    .adgen = (bench_function *)tree_value_grad,
};
