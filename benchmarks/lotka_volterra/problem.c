#include "bench.h"

double lotka_volterra(int steps, double dt, const double rates[4], const double start[2], const double *observed);
typedef double lotka_volterra_derivative(int steps, double dt, const double rates[4], const double start[2],
                                         const double *observed, double rates_bar[4], double start_bar[2]);
lotka_volterra_derivative lotka_volterra_by_hand;
BENCH_OPTIONAL lotka_volterra_derivative lotka_volterra_grad, lotka_volterra_adolc;

static struct {
    int steps;
    double *rates, *start, *observed, *rates_bar, *start_bar;
} of;

static void set_up(const long *size)
{
    of.steps = (int)size[0];
    of.rates = bench_input("rates", 4, &of.rates_bar, 0.5, 1.5);
    of.start = bench_input("start", 2, &of.start_bar, 0.5, 1.5);
    of.observed = bench_constant("observed", 2 * (size_t)of.steps, 0.5, 1.5);
}

static double primal(void)
{
    return lotka_volterra(of.steps, 0.01, of.rates, of.start, of.observed);
}

static double gradient(bench_function *derivative)
{
    return ((lotka_volterra_derivative *)derivative)(of.steps, 0.01, of.rates, of.start, of.observed, of.rates_bar,
                                                     of.start_bar);
}

const bench_problem bench_this = {
    .name = "lotka_volterra",
    .parameters = "steps",
    .check = {60},
    .sizes = {{1000}, {30000}, {1000000}},
    .growth = {{10000}, {20000}, {40000}, {80000}},
    .set_up = set_up,
    .primal = primal,
    .gradient = gradient,
    .by_hand = (bench_function *)lotka_volterra_by_hand,
    .adgen = (bench_function *)lotka_volterra_grad,
    .adolc = (bench_function *)lotka_volterra_adolc,
};
