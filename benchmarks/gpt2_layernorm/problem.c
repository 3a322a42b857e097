#include "bench.h"

void layernorm_forward(float *out, const float *inp, const float *weight, const float *bias, int B, int T, int C);
typedef void gpt2_layernorm_derivative(float *out, const float *inp, const float *weight, const float *bias, int B,
                                       int T, int C, float *out_bar, float *inp_bar, float *weight_bar,
                                       float *bias_bar);
gpt2_layernorm_derivative layernorm_forward_by_hand;
BENCH_OPTIONAL gpt2_layernorm_derivative layernorm_forward_vjp;

static struct {
    int B, T, C;
    float *out, *inp, *weight, *bias, *out_bar, *inp_bar, *weight_bar, *bias_bar;
} of;

static void set_up(const long *size)
{
    of.B = (int)size[0];
    of.T = (int)size[1];
    of.C = (int)size[2];
    const size_t n = (size_t)(of.B * of.T * of.C), channels = (size_t)of.C;
    of.inp = bench_input_float("inp", n, &of.inp_bar, -1.0, 1.0);
    of.weight = bench_input_float("weight", channels, &of.weight_bar, 0.5, 1.5);
    of.bias = bench_input_float("bias", channels, &of.bias_bar, -1.0, 1.0);
    of.out = bench_output_float("out", n, &of.out_bar);
}

static double primal(void)
{
    layernorm_forward(of.out, of.inp, of.weight, of.bias, of.B, of.T, of.C);
    return 0.0;
}

static double gradient(bench_function *derivative)
{
    ((gpt2_layernorm_derivative *)derivative)(of.out, of.inp, of.weight, of.bias, of.B, of.T, of.C, of.out_bar,
                                              of.inp_bar, of.weight_bar, of.bias_bar);
    return 0.0;
}

const bench_problem bench_this = {
    .name = "gpt2_layernorm",
    .parameters = "B T C",
    .check = {2, 3, 8},
    .sizes = {{4, 16, 128}, {4, 64, 768}, {16, 256, 768}},
    .growth = {{1, 64, 768}, {2, 64, 768}, {4, 64, 768}, {8, 64, 768}},
    .in_float = true,
    .set_up = set_up,
    .primal = primal,
    .gradient = gradient,
    .by_hand = (bench_function *)layernorm_forward_by_hand,
    .adgen = (bench_function *)layernorm_forward_vjp,
};
