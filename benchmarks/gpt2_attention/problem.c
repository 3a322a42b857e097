#include "bench.h"

void attention_forward(float *out, const float *inp, int B, int T, int C, int NH);
typedef void gpt2_attention_derivative(float *out, const float *inp, int B, int T, int C, int NH, float *out_bar,
                                       float *inp_bar);
gpt2_attention_derivative attention_forward_by_hand;
BENCH_OPTIONAL gpt2_attention_derivative attention_forward_vjp;

static struct {
    int B, T, C, NH;
    float *out, *inp, *out_bar, *inp_bar;
} of;

static void set_up(const long *size)
{
    of.B = (int)size[0];
    of.T = (int)size[1];
    of.C = (int)size[2];
    of.NH = (int)size[3];
    const size_t n = (size_t)(of.B * of.T * of.C);
    of.inp = bench_input_float("inp", 3 * n, &of.inp_bar, -1.0, 1.0);
    of.out = bench_output_float("out", n, &of.out_bar);
}

static double primal(void)
{
    attention_forward(of.out, of.inp, of.B, of.T, of.C, of.NH);
    return 0.0;
}

static double gradient(bench_function *derivative)
{
    ((gpt2_attention_derivative *)derivative)(of.out, of.inp, of.B, of.T, of.C, of.NH, of.out_bar, of.inp_bar);
    return 0.0;
}

const bench_problem bench_this = {
    .name = "gpt2_attention",
    .parameters = "B T C NH",
    .check = {2, 5, 6, 2},
    .sizes = {{1, 32, 64, 4}, {4, 64, 192, 3}, {4, 64, 768, 12}},
    .growth = {{1, 64, 192, 3}, {2, 64, 192, 3}, {4, 64, 192, 3}, {8, 64, 192, 3}},
    .in_float = true,
    .set_up = set_up,
    .primal = primal,
    .gradient = gradient,
    .by_hand = (bench_function *)attention_forward_by_hand,
    .adgen = (bench_function *)attention_forward_vjp,
};
