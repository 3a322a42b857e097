#include "bench.h"

void gelu_forward(float *out, const float *inp, int N);
typedef void gpt2_gelu_derivative(float *out, const float *inp, int N, float *out_bar, float *inp_bar);
gpt2_gelu_derivative gelu_forward_by_hand;
BENCH_OPTIONAL gpt2_gelu_derivative gelu_forward_vjp;

static struct {
    int N;
    float *out, *inp, *out_bar, *inp_bar;
} of;

static void set_up(const long *size)
{
    of.N = (int)size[0];
    const size_t n = (size_t)of.N;
    of.inp = bench_input_float("inp", n, &of.inp_bar, -3.0, 3.0);
    of.out = bench_output_float("out", n, &of.out_bar);
}

static double primal(void)
{
    gelu_forward(of.out, of.inp, of.N);
    return 0.0;
}

static double gradient(bench_function *derivative)
{
    ((gpt2_gelu_derivative *)derivative)(of.out, of.inp, of.N, of.out_bar, of.inp_bar);
    return 0.0;
}

const bench_problem bench_this = {
    .name = "gpt2_gelu",
    .parameters = "elements",
    .check = {50},
    .sizes = {{4096}, {196608}, {3145728}},
    .growth = {{65536}, {131072}, {262144}, {524288}},
    .in_float = true,
    .set_up = set_up,
    .primal = primal,
    .gradient = gradient,
    .by_hand = (bench_function *)gelu_forward_by_hand,
    .adgen = (bench_function *)gelu_forward_vjp,
};
