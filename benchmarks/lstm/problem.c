#include "bench.h"

double lstm_objective(int l, int c, int b, const double *main_params, const double *extra_params, double *state,
                      const double *sequence);
typedef double lstm_gradient(int l, int c, int b, const double *main_params, const double *extra_params, double *state,
                             const double *sequence, double *main_params_bar, double *extra_params_bar,
                             double *state_bar);
lstm_gradient lstm_objective_by_hand;
BENCH_OPTIONAL lstm_gradient lstm_objective_grad;

static struct {
    int l, c, b;
    double *main_params, *extra_params, *state, *sequence, *main_params_bar, *extra_params_bar, *state_bar;
} of;

static void set_up(const long *size)
{
    of.l = (int)size[0];
    of.c = (int)size[1];
    of.b = (int)size[2];
    const size_t l = (size_t)of.l, c = (size_t)of.c, b = (size_t)of.b;
    of.main_params = bench_input("main_params", l * 8 * b, &of.main_params_bar, -1.0, 1.0);
    of.extra_params = bench_input("extra_params", 3 * b, &of.extra_params_bar, -1.0, 1.0);
    of.state = bench_inout("state", l * 2 * b, &of.state_bar, -1.0, 1.0);
    of.sequence = bench_constant("sequence", c * b, 0.0, 1.0);
}

static double primal(void)
{
    return lstm_objective(of.l, of.c, of.b, of.main_params, of.extra_params, of.state, of.sequence);
}

static double gradient(bench_function *derivative)
{
    return ((lstm_gradient *)derivative)(of.l, of.c, of.b, of.main_params, of.extra_params, of.state, of.sequence,
                                         of.main_params_bar, of.extra_params_bar, of.state_bar);
}

const bench_problem bench_this = {
    .name = "lstm",
    .parameters = "layers items width",
    .check = {2, 5, 6},
    .sizes = {{2, 64, 14}, {2, 128, 128}, {4, 128, 1024}},
    .growth = {{2, 65, 128}, {2, 129, 128}, {2, 257, 128}, {2, 513, 128}},
    .set_up = set_up,
    .primal = primal,
    .gradient = gradient,
    .by_hand = (bench_function *)lstm_objective_by_hand,
    .adgen = (bench_function *)lstm_objective_grad,
};
