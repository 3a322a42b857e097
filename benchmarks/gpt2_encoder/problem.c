#include "bench.h"

void encoder_forward(float *out, const int *inp, const float *wte, const float *wpe, int B, int T, int C);
typedef void gpt2_encoder_derivative(float *out, const int *inp, const float *wte, const float *wpe, int B, int T,
                                     int C, float *out_bar, float *wte_bar, float *wpe_bar);
gpt2_encoder_derivative encoder_forward_by_hand;
BENCH_OPTIONAL gpt2_encoder_derivative encoder_forward_vjp;

static struct {
    int B, T, C, *inp;
    float *out, *wte, *wpe, *out_bar, *wte_bar, *wpe_bar;
} of;

static void set_up(const long *size)
{
    of.B = (int)size[0];
    of.T = (int)size[1];
    of.C = (int)size[2];
    const int tokens = (int)size[3];
    const size_t positions = (size_t)(of.B * of.T), channels = (size_t)of.C;
    of.inp = bench_integers("inp", positions, 0, tokens);
    of.wte = bench_input_float("wte", (size_t)tokens * channels, &of.wte_bar, -1.0, 1.0);
    of.wpe = bench_input_float("wpe", (size_t)of.T * channels, &of.wpe_bar, -1.0, 1.0);
    of.out = bench_output_float("out", positions * channels, &of.out_bar);
}

static double primal(void)
{
    encoder_forward(of.out, of.inp, of.wte, of.wpe, of.B, of.T, of.C);
    return 0.0;
}

static double gradient(bench_function *derivative)
{
    ((gpt2_encoder_derivative *)derivative)(of.out, of.inp, of.wte, of.wpe, of.B, of.T, of.C, of.out_bar, of.wte_bar,
                                            of.wpe_bar);
    return 0.0;
}

const bench_problem bench_this = {
    .name = "gpt2_encoder",
    .parameters = "B T C V",
    .check = {2, 3, 4, 5},
    .sizes = {{4, 32, 128, 500}, {4, 64, 768, 5000}, {16, 256, 768, 50257}},
    .growth = {{1, 64, 768, 5000}, {2, 64, 768, 5000}, {4, 64, 768, 5000}, {8, 64, 768, 5000}},
    .in_float = true,
    .set_up = set_up,
    .primal = primal,
    .gradient = gradient,
    .by_hand = (bench_function *)encoder_forward_by_hand,
    .adgen = (bench_function *)encoder_forward_vjp,
};
