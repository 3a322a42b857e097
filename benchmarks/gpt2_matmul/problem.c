#include "bench.h"

void matmul_forward(float *out, const float *inp, const float *weight, const float *bias, int B, int T, int C, int OC);
typedef void gpt2_matmul_derivative(float *out, const float *inp, const float *weight, const float *bias, int B, int T,
                                    int C, int OC, float *out_bar, float *inp_bar, float *weight_bar, float *bias_bar);
gpt2_matmul_derivative matmul_forward_by_hand;
BENCH_OPTIONAL gpt2_matmul_derivative matmul_forward_vjp;

static struct {
    int B, T, C, OC;
    float *out, *inp, *weight, *bias, *out_bar, *inp_bar, *weight_bar, *bias_bar;
} of;

static void set_up(const long *size)
{
    of.B = (int)size[0];
    of.T = (int)size[1];
    of.C = (int)size[2];
    of.OC = (int)size[3];
    const size_t positions = (size_t)(of.B * of.T), in = (size_t)of.C, out = (size_t)of.OC;
    of.inp = bench_input_float("inp", positions * in, &of.inp_bar, -1.0, 1.0);
    of.weight = bench_input_float("weight", out * in, &of.weight_bar, -0.1, 0.1);
    of.bias = bench_input_float("bias", out, &of.bias_bar, -1.0, 1.0);
    of.out = bench_output_float("out", positions * out, &of.out_bar);
}

static double primal(void)
{
    matmul_forward(of.out, of.inp, of.weight, of.bias, of.B, of.T, of.C, of.OC);
    return 0.0;
}

static double gradient(bench_function *derivative)
{
    ((gpt2_matmul_derivative *)derivative)(of.out, of.inp, of.weight, of.bias, of.B, of.T, of.C, of.OC, of.out_bar,
                                           of.inp_bar, of.weight_bar, of.bias_bar);
    return 0.0;
}

const bench_problem bench_this = {
    .name = "gpt2_matmul",
    .parameters = "B T C OC",
    .check = {2, 3, 5, 7},
    .sizes = {{1, 16, 64, 64}, {4, 16, 256, 256}, {2, 32, 768, 768}},
    .growth = {{2, 16, 256, 128}, {2, 16, 256, 256}, {2, 16, 256, 512}, {2, 16, 256, 1024}},
    .in_float = true,
    .set_up = set_up,
    .primal = primal,
    .gradient = gradient,
    .by_hand = (bench_function *)matmul_forward_by_hand,
    .adgen = (bench_function *)matmul_forward_vjp,
};
