#include "bench.h"

double cholesky_likelihood(int n, const double a[n][n], const double b[n]);
typedef double cholesky_derivative(int n, const double a[n][n], const double b[n], double a_bar[n][n], double b_bar[n]);
cholesky_derivative cholesky_likelihood_by_hand;
BENCH_OPTIONAL cholesky_derivative cholesky_likelihood_grad;

static struct {
    int n;
    double *a, *b, *a_bar, *b_bar;
} of;

static void set_up(const long *size)
{
    of.n = (int)size[0];
    const size_t n = (size_t)of.n;
    of.a = bench_input("a", n * n, &of.a_bar, -1.0, 1.0);
    of.b = bench_input("b", n, &of.b_bar, -1.0, 1.0);
    for (size_t i = 0; i < n; i++)
        of.a[i * n + i] += 2.0 * of.n;
}

static double primal(void)
{
    return cholesky_likelihood(of.n, (void *)of.a, of.b);
}

static double gradient(bench_function *derivative)
{
    return ((cholesky_derivative *)derivative)(of.n, (void *)of.a, of.b, (void *)of.a_bar, of.b_bar);
}

const bench_problem bench_this = {
    .name = "cholesky",
    .parameters = "n",
    .check = {9},
    .sizes = {{32}, {128}, {512}},
    .growth = {{96}, {121}, {152}, {192}},
    .set_up = set_up,
    .primal = primal,
    .gradient = gradient,
    .by_hand = (bench_function *)cholesky_likelihood_by_hand,
    .adgen = (bench_function *)cholesky_likelihood_grad,
};
