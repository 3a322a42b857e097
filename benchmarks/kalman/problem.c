#include "bench.h"

#include <math.h>

double kalman(int n, int steps, const double transition[n][n], const double noise[n][n], const double *look,
              double deviation, const double *seen);
typedef double kalman_derivative(int n, int steps, const double transition[n][n], const double noise[n][n],
                                 const double *look, double deviation, const double *seen, double transition_bar[n][n],
                                 double noise_bar[n][n], double *deviation_bar);
kalman_derivative kalman_by_hand;
BENCH_OPTIONAL kalman_derivative kalman_grad;

static struct {
    int n, steps;
    double *transition, *noise, *look, *deviation, *seen, *transition_bar, *noise_bar, *deviation_bar;
} of;

static void set_up(const long *size)
{
    of.n = (int)size[0];
    of.steps = (int)size[1];
    const size_t n = (size_t)of.n;
    const double high = 1.5 / sqrt((double)of.n);
    of.transition = bench_input("transition", n * n, &of.transition_bar, -high, high);
    of.noise = bench_input("noise", n * n, &of.noise_bar, -0.02 / of.n, 0.02 / of.n);
    of.look = bench_constant("look", n, -1.0, 1.0);
    of.deviation = bench_input("deviation", 1, &of.deviation_bar, 0.5, 1.0);
    of.seen = bench_constant("seen", (size_t)of.steps, -1.0, 1.0);
    for (int i = 0; i < of.n; i++) {
        for (int j = 0; j < i; j++)
            of.noise[i * of.n + j] = of.noise[j * of.n + i];
        of.noise[i * of.n + i] += 0.1;
    }
}

static double primal(void)
{
    return kalman(of.n, of.steps, (void *)of.transition, (void *)of.noise, of.look, *of.deviation, of.seen);
}

static double gradient(bench_function *derivative)
{
    return ((kalman_derivative *)derivative)(of.n, of.steps, (void *)of.transition, (void *)of.noise, of.look,
                                             *of.deviation, of.seen, (void *)of.transition_bar, (void *)of.noise_bar,
                                             of.deviation_bar);
}

const bench_problem bench_this = {
    .name = "kalman",
    .parameters = "states steps",
    .check = {4, 6},
    .sizes = {{4, 500}, {16, 200}, {64, 100}},
    .growth = {{16, 100}, {16, 200}, {16, 400}, {16, 800}},
    .set_up = set_up,
    .primal = primal,
    .gradient = gradient,
    .by_hand = (bench_function *)kalman_by_hand,
    .adgen = (bench_function *)kalman_grad,
};
