#include "bench.h"

double brusselator(int n, int steps, double dt, double diffusion, const double u0[n][n], const double v0[n][n],
                   double a, double b);
typedef double brusselator_derivative(int n, int steps, double dt, double diffusion, const double u0[n][n],
                                      const double v0[n][n], double a, double b, double u0_bar[n][n],
                                      double v0_bar[n][n], double *a_bar, double *b_bar);
brusselator_derivative brusselator_by_hand;
BENCH_OPTIONAL brusselator_derivative brusselator_grad;

static struct {
    int n, steps;
    double *u0, *v0, *a, *b, *u0_bar, *v0_bar, *a_bar, *b_bar;
} of;

static void set_up(const long *size)
{
    of.n = (int)size[0];
    of.steps = (int)size[1];
    const size_t cells = (size_t)(of.n * of.n);
    of.u0 = bench_input("u0", cells, &of.u0_bar, 0.5, 1.5);
    of.v0 = bench_input("v0", cells, &of.v0_bar, 2.0, 4.0);
    of.a = bench_input("a", 1, &of.a_bar, 0.9, 1.1);
    of.b = bench_input("b", 1, &of.b_bar, 2.9, 3.1);
}

static double primal(void)
{
    return brusselator(of.n, of.steps, 0.005, 2.0, (void *)of.u0, (void *)of.v0, *of.a, *of.b);
}

static double gradient(bench_function *derivative)
{
    return ((brusselator_derivative *)derivative)(of.n, of.steps, 0.005, 2.0, (void *)of.u0, (void *)of.v0, *of.a,
                                                  *of.b, (void *)of.u0_bar, (void *)of.v0_bar, of.a_bar, of.b_bar);
}

const bench_problem bench_this = {
    .name = "brusselator",
    .parameters = "n steps",
    .check = {5, 10},
    .sizes = {{16, 100}, {64, 200}, {200, 40}},
    .growth = {{64, 50}, {64, 100}, {64, 200}, {64, 400}},
    .set_up = set_up,
    .primal = primal,
    .gradient = gradient,
    .by_hand = (bench_function *)brusselator_by_hand,
    .adgen = (bench_function *)brusselator_grad,
};
