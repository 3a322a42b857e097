#include "bench.h"

void crossentropy_forward(float *losses, const float *logits, const int *targets, int B, int T, int V);
typedef void gpt2_cross_entropy_derivative(float *losses, const float *logits, const int *targets, int B, int T, int V,
                                           float *losses_bar, float *logits_bar);
gpt2_cross_entropy_derivative crossentropy_forward_by_hand;
BENCH_OPTIONAL gpt2_cross_entropy_derivative crossentropy_forward_vjp;

static struct {
    int B, T, V, *targets;
    float *losses, *logits, *losses_bar, *logits_bar;
} of;

static void set_up(const long *size)
{
    of.B = (int)size[0];
    of.T = (int)size[1];
    of.V = (int)size[2];
    const size_t positions = (size_t)(of.B * of.T);
    of.logits = bench_input_float("logits", positions * (size_t)of.V, &of.logits_bar, -3.0, 3.0);
    of.targets = bench_integers("targets", positions, 0, of.V);
    of.losses = bench_output_float("losses", positions, &of.losses_bar);
}

static double primal(void)
{
    crossentropy_forward(of.losses, of.logits, of.targets, of.B, of.T, of.V);
    return 0.0;
}

static double gradient(bench_function *derivative)
{
    ((gpt2_cross_entropy_derivative *)derivative)(of.losses, of.logits, of.targets, of.B, of.T, of.V, of.losses_bar,
                                                  of.logits_bar);
    return 0.0;
}

const bench_problem bench_this = {
    .name = "gpt2_cross_entropy",
    .parameters = "B T V",
    .check = {2, 3, 11},
    .sizes = {{4, 16, 256}, {4, 16, 4096}, {4, 64, 50257}},
    .growth = {{1, 16, 4096}, {2, 16, 4096}, {4, 16, 4096}, {8, 16, 4096}},
    .in_float = true,
    .set_up = set_up,
    .primal = primal,
    .gradient = gradient,
    .by_hand = (bench_function *)crossentropy_forward_by_hand,
    .adgen = (bench_function *)crossentropy_forward_vjp,
};
