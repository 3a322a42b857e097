#include "bench.h"

double burgers(int n, int steps, double dt, double dx, const double *start, double viscosity, const double *target);
typedef double burgers_derivative(int n, int steps, double dt, double dx, const double *start, double viscosity,
                                  const double *target, double *start_bar, double *viscosity_bar);
burgers_derivative burgers_by_hand;
BENCH_OPTIONAL burgers_derivative burgers_grad;

static struct {
    int n, steps;
    double *start, *viscosity, *target, *start_bar, *viscosity_bar;
} of;

static void set_up(const long *size)
{
    of.n = (int)size[0];
    of.steps = (int)size[1];
    const size_t n = (size_t)of.n;
    of.start = bench_input("start", n, &of.start_bar, -1.0, 1.0);
    of.viscosity = bench_input("viscosity", 1, &of.viscosity_bar, 0.9 / of.n, 1.1 / of.n);
    of.target = bench_constant("target", n, -1.0, 1.0);
}

static double primal(void)
{
    return burgers(of.n, of.steps, 0.2 / of.n, 1.0 / of.n, of.start, *of.viscosity, of.target);
}

static double gradient(bench_function *derivative)
{
    return ((burgers_derivative *)derivative)(of.n, of.steps, 0.2 / of.n, 1.0 / of.n, of.start, *of.viscosity,
                                              of.target, of.start_bar, of.viscosity_bar);
}

const bench_problem bench_this = {
    .name = "burgers",
    .parameters = "cells steps",
    .check = {11, 9},
    .sizes = {{128, 200}, {1000, 1000}, {20000, 150}},
    .growth = {{1000, 250}, {1000, 500}, {1000, 1000}, {1000, 2000}},
    .set_up = set_up,
    .primal = primal,
    .gradient = gradient,
    .by_hand = (bench_function *)burgers_by_hand,
    .adgen = (bench_function *)burgers_grad,
};
