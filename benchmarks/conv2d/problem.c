#include "bench.h"

void conv2d(int batch, int in_channels, int out_channels, int size, int kernel,
            const float in[batch][in_channels][size][size],
            const float weight[out_channels][in_channels][kernel][kernel], const float bias[out_channels],
            float out[batch][out_channels][size][size]);
typedef void conv2d_derivative(int batch, int in_channels, int out_channels, int size, int kernel,
                               const float in[batch][in_channels][size][size],
                               const float weight[out_channels][in_channels][kernel][kernel],
                               const float bias[out_channels], float out[batch][out_channels][size][size],
                               float in_bar[batch][in_channels][size][size],
                               float weight_bar[out_channels][in_channels][kernel][kernel],
                               float bias_bar[out_channels], float out_bar[batch][out_channels][size][size]);
conv2d_derivative conv2d_by_hand;
BENCH_OPTIONAL conv2d_derivative conv2d_vjp;

static struct {
    int batch, channels, size, kernel;
    float *in, *weight, *bias, *out, *in_bar, *weight_bar, *bias_bar, *out_bar;
} of;

static void set_up(const long *size)
{
    of.batch = (int)size[0];
    of.channels = (int)size[1];
    of.size = (int)size[2];
    of.kernel = (int)size[3];
    const size_t channels = (size_t)of.channels, image = (size_t)(of.batch * of.size * of.size) * channels;
    of.in = bench_input_float("in", image, &of.in_bar, -1.0, 1.0);
    of.weight =
        bench_input_float("weight", channels * channels * (size_t)(of.kernel * of.kernel), &of.weight_bar, -0.2, 0.2);
    of.bias = bench_input_float("bias", channels, &of.bias_bar, -1.0, 1.0);
    of.out = bench_output_float("out", image, &of.out_bar);
}

static double primal(void)
{
    conv2d(of.batch, of.channels, of.channels, of.size, of.kernel, (void *)of.in, (void *)of.weight, of.bias,
           (void *)of.out);
    return 0.0;
}

static double gradient(bench_function *derivative)
{
    ((conv2d_derivative *)derivative)(of.batch, of.channels, of.channels, of.size, of.kernel, (void *)of.in,
                                      (void *)of.weight, of.bias, (void *)of.out, (void *)of.in_bar,
                                      (void *)of.weight_bar, of.bias_bar, (void *)of.out_bar);
    return 0.0;
}

const bench_problem bench_this = {
    .name = "conv2d",
    .parameters = "batch channels size kernel",
    .check = {2, 3, 6, 3},
    .sizes = {{1, 8, 16, 3}, {4, 16, 32, 3}, {8, 32, 64, 3}},
    .growth = {{1, 16, 32, 3}, {2, 16, 32, 3}, {4, 16, 32, 3}, {8, 16, 32, 3}},
    .in_float = true,
    .set_up = set_up,
    .primal = primal,
    .gradient = gradient,
    .by_hand = (bench_function *)conv2d_by_hand,
    .adgen = (bench_function *)conv2d_vjp,
};
