#include "bench.h"

double heat2d(int ny, int nx, int steps, const double start[ny][nx], const double conductivity[ny][nx],
              const double target[ny][nx]);
typedef double heat2d_derivative(int ny, int nx, int steps, const double start[ny][nx],
                                 const double conductivity[ny][nx], const double target[ny][nx],
                                 double start_bar[ny][nx], double conductivity_bar[ny][nx]);
heat2d_derivative heat2d_by_hand;
BENCH_OPTIONAL heat2d_derivative heat2d_grad;

static struct {
    int ny, nx, steps;
    double *start, *conductivity, *target, *start_bar, *conductivity_bar;
} of;

static void set_up(const long *size)
{
    of.ny = (int)size[0];
    of.nx = (int)size[1];
    of.steps = (int)size[2];
    const size_t cells = (size_t)(of.ny * of.nx);
    of.start = bench_input("start", cells, &of.start_bar, -1.0, 1.0);
    of.conductivity = bench_input("conductivity", cells, &of.conductivity_bar, 0.05, 0.2);
    of.target = bench_constant("target", cells, -1.0, 1.0);
}

static double primal(void)
{
    return heat2d(of.ny, of.nx, of.steps, (void *)of.start, (void *)of.conductivity, (void *)of.target);
}

static double gradient(bench_function *derivative)
{
    return ((heat2d_derivative *)derivative)(of.ny, of.nx, of.steps, (void *)of.start, (void *)of.conductivity,
                                             (void *)of.target, (void *)of.start_bar, (void *)of.conductivity_bar);
}

const bench_problem bench_this = {
    .name = "heat2d",
    .parameters = "ny nx steps",
    .check = {6, 7, 8},
    .sizes = {{16, 16, 1000}, {60, 60, 1000}, {256, 256, 50}},
    .growth = {{60, 60, 125}, {60, 60, 250}, {60, 60, 500}, {60, 60, 1000}},
    .set_up = set_up,
    .primal = primal,
    .gradient = gradient,
    .by_hand = (bench_function *)heat2d_by_hand,
    .adgen = (bench_function *)heat2d_grad,
};
