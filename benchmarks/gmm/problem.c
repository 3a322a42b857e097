#include "bench.h"

double gmm_objective(int d, int k, int n, const double alphas[k], const double means[k][d],
                     const double icf[k][d * (d + 1) / 2], const double x[n][d], double gamma, int m);
typedef double gmm_gradient(int d, int k, int n, const double alphas[k], const double means[k][d],
                            const double icf[k][d * (d + 1) / 2], const double x[n][d], double gamma, int m,
                            double alphas_bar[k], double means_bar[k][d], double icf_bar[k][d * (d + 1) / 2]);
gmm_gradient gmm_objective_by_hand;
BENCH_OPTIONAL gmm_gradient gmm_objective_grad, gmm_objective_adolc;

static struct {
    int d, k, n;
    double *alphas, *alphas_bar, *means_bar, *icf_bar;
    void *means, *icf, *x;
} of;

static void set_up(const long *size)
{
    of.d = (int)size[0];
    of.k = (int)size[1];
    of.n = (int)size[2];
    const size_t d = (size_t)of.d, k = (size_t)of.k, n = (size_t)of.n;
    of.alphas = bench_input("alphas", k, &of.alphas_bar, -1.0, 1.0);
    of.means = bench_input("means", k * d, &of.means_bar, -1.0, 1.0);
    of.icf = bench_input("icf", k * d * (d + 1) / 2, &of.icf_bar, -0.5, 0.5);
    of.x = bench_constant("x", n * d, -2.0, 2.0);
}

static double primal(void)
{
    return gmm_objective(of.d, of.k, of.n, of.alphas, of.means, of.icf, of.x, 1.0, 0);
}

static double gradient(bench_function *derivative)
{
    return ((gmm_gradient *)derivative)(of.d, of.k, of.n, of.alphas, of.means, of.icf, of.x, 1.0, 0, of.alphas_bar,
                                        (void *)of.means_bar, (void *)of.icf_bar);
}

const bench_problem bench_this = {
    .name = "gmm",
    .parameters = "d k n",
    .check = {5, 4, 30},
    .sizes = {{2, 5, 1000}, {10, 25, 400}, {64, 10, 200}, {64, 200, 50}},
    .growth = {{10, 25, 100}, {10, 25, 200}, {10, 25, 400}, {10, 25, 800}},
    .set_up = set_up,
    .primal = primal,
    .gradient = gradient,
    .by_hand = (bench_function *)gmm_objective_by_hand,
    .adgen = (bench_function *)gmm_objective_grad,
    .adolc = (bench_function *)gmm_objective_adolc,
};
