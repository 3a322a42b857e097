#include "bench.h"

void residual_forward(float *out, const float *inp1, const float *inp2, int N);
typedef void gpt2_residual_derivative(float *out, const float *inp1, const float *inp2, int N, float *out_bar,
                                      float *inp1_bar, float *inp2_bar);
gpt2_residual_derivative residual_forward_by_hand;
BENCH_OPTIONAL gpt2_residual_derivative residual_forward_vjp;

static struct {
    int N;
    float *out, *inp1, *inp2, *out_bar, *inp1_bar, *inp2_bar;
} of;

static void set_up(const long *size)
{
    of.N = (int)size[0];
    const size_t n = (size_t)of.N;
    of.inp1 = bench_input_float("inp1", n, &of.inp1_bar, -1.0, 1.0);
    of.inp2 = bench_input_float("inp2", n, &of.inp2_bar, -1.0, 1.0);
    of.out = bench_output_float("out", n, &of.out_bar);
}

static double primal(void)
{
    residual_forward(of.out, of.inp1, of.inp2, of.N);
    return 0.0;
}

static double gradient(bench_function *derivative)
{
    ((gpt2_residual_derivative *)derivative)(of.out, of.inp1, of.inp2, of.N, of.out_bar, of.inp1_bar, of.inp2_bar);
    return 0.0;
}

const bench_problem bench_this = {
    .name = "gpt2_residual",
    .parameters = "elements",
    .check = {50},
    .sizes = {{16384}, {196608}, {3145728}},
    .growth = {{65536}, {131072}, {262144}, {524288}},
    .in_float = true,
    .set_up = set_up,
    .primal = primal,
    .gradient = gradient,
    .by_hand = (bench_function *)residual_forward_by_hand,
    .adgen = (bench_function *)residual_forward_vjp,
};
