#include "bench.h"

double conjugate_gradients(int n, int iterations, const int *row, const int *column, const double *value,
                           const double *b);
typedef double cg_derivative(int n, int iterations, const int *row, const int *column, const double *value,
                             const double *b, double *value_bar, double *b_bar);
cg_derivative conjugate_gradients_by_hand;
BENCH_OPTIONAL cg_derivative conjugate_gradients_grad;

static struct {
    int n, iterations, *row, *column;
    double *value, *b, *value_bar, *b_bar;
} of;

static void set_up(const long *size)
{
    /* Five points of a square grid, a little more than the Laplacian. */
    const int side = (int)size[0];
    int entries = 0;
    of.n = side * side;
    of.iterations = (int)size[1];
    of.row = bench_memory(((size_t)of.n + 1) * sizeof *of.row);
    of.column = bench_memory(5 * (size_t)of.n * sizeof *of.column);
    of.b = bench_input("b", (size_t)of.n, &of.b_bar, -1.0, 1.0);
    of.value = bench_input("value", (size_t)(5 * of.n - 4 * side), &of.value_bar, -1.0, -1.0);
    for (int i = 0; i < of.n; i++) {
        const int y = i / side, x = i % side;
        const int neighbour[5] = {y > 0 ? i - side : -1, x > 0 ? i - 1 : -1, i, x < side - 1 ? i + 1 : -1,
                                  y < side - 1 ? i + side : -1};
        of.row[i] = entries;
        for (int k = 0; k < 5; k++)
            if (neighbour[k] >= 0) {
                of.column[entries] = neighbour[k];
                of.value[entries++] = neighbour[k] == i ? bench_uniform(4.1, 5.0) : -1.0;
            }
    }
    of.row[of.n] = entries;
}

static double primal(void)
{
    return conjugate_gradients(of.n, of.iterations, of.row, of.column, of.value, of.b);
}

static double gradient(bench_function *derivative)
{
    return ((cg_derivative *)derivative)(of.n, of.iterations, of.row, of.column, of.value, of.b, of.value_bar,
                                         of.b_bar);
}

const bench_problem bench_this = {
    .name = "cg",
    .parameters = "side iterations",
    .check = {4, 5},
    .sizes = {{16, 20}, {60, 40}, {160, 40}},
    .growth = {{32, 20}, {45, 20}, {64, 20}, {90, 20}},
    .set_up = set_up,
    .primal = primal,
    .gradient = gradient,
    .by_hand = (bench_function *)conjugate_gradients_by_hand,
    .adgen = (bench_function *)conjugate_gradients_grad,
};
