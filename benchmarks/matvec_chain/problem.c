#include "bench.h"

#include <math.h>

double matvec_chain(int links, int n, const double a[links][n][n], const double start[n]);
typedef double chain_gradient(int links, int n, const double a[links][n][n], const double start[n],
                              double a_bar[links][n][n], double start_bar[n]);
chain_gradient matvec_chain_by_hand;
BENCH_OPTIONAL chain_gradient matvec_chain_grad, matvec_chain_adolc;

static struct {
    int links, n;
    void *a;
    double *a_bar, *start, *start_bar;
} of;

static void set_up(const long *size)
{
    of.links = (int)size[0];
    of.n = (int)size[1];
    const size_t links = (size_t)of.links, n = (size_t)of.n;
    const double high = sqrt(3.0 / of.n);
    of.a = bench_input("a", links * n * n, &of.a_bar, -high, high);
    of.start = bench_input("start", n, &of.start_bar, -1.0, 1.0);
}

static double primal(void)
{
    return matvec_chain(of.links, of.n, of.a, of.start);
}

static double gradient(bench_function *derivative)
{
    return ((chain_gradient *)derivative)(of.links, of.n, of.a, of.start, (void *)of.a_bar, of.start_bar);
}

const bench_problem bench_this = {
    .name = "matvec_chain",
    .parameters = "links n",
    .check = {4, 9},
    .sizes = {{20, 32}, {10, 256}, {10, 1024}},
    .growth = {{8, 128}, {16, 128}, {32, 128}, {64, 128}},
    .set_up = set_up,
    .primal = primal,
    .gradient = gradient,
    .by_hand = (bench_function *)matvec_chain_by_hand,
    .adgen = (bench_function *)matvec_chain_grad,
    .adolc = (bench_function *)matvec_chain_adolc,
};
