#include "bench.h"

double stiff_chain(int n, int steps, double dt, const double *stiffness, const double *start);
typedef double stiff_chain_derivative(int n, int steps, double dt, const double *stiffness, const double *start,
                                      double *stiffness_bar, double *start_bar);
stiff_chain_derivative stiff_chain_by_hand;
BENCH_OPTIONAL stiff_chain_derivative stiff_chain_grad;

static struct {
    int n, steps;
    double *stiffness, *start, *stiffness_bar, *start_bar;
} of;

static void set_up(const long *size)
{
    of.n = (int)size[0];
    of.steps = (int)size[1];
    const size_t n = (size_t)of.n;
    of.stiffness = bench_input("stiffness", n, &of.stiffness_bar, 50.0, 100.0);
    of.start = bench_input("start", n, &of.start_bar, -1.0, 1.0);
}

static double primal(void)
{
    return stiff_chain(of.n, of.steps, 0.002, of.stiffness, of.start);
}

static double gradient(bench_function *derivative)
{
    return ((stiff_chain_derivative *)derivative)(of.n, of.steps, 0.002, of.stiffness, of.start, of.stiffness_bar,
                                                  of.start_bar);
}

const bench_problem bench_this = {
    .name = "stiff_chain",
    .parameters = "cells steps",
    .check = {7, 12},
    .sizes = {{32, 200}, {200, 1000}, {4000, 500}},
    .growth = {{200, 250}, {200, 500}, {200, 1000}, {200, 2000}},
    .set_up = set_up,
    .primal = primal,
    .gradient = gradient,
    .by_hand = (bench_function *)stiff_chain_by_hand,
    .adgen = (bench_function *)stiff_chain_grad,
};
