#include "bench.h"

void batch_norm(int n, int channels, int pixels, const float x[n][channels][pixels], const float *gamma,
                const float *beta, float y[n][channels][pixels]);
typedef void batch_norm_derivative(int n, int channels, int pixels, const float x[n][channels][pixels],
                                   const float *gamma, const float *beta, float y[n][channels][pixels],
                                   float x_bar[n][channels][pixels], float *gamma_bar, float *beta_bar,
                                   float y_bar[n][channels][pixels]);
batch_norm_derivative batch_norm_by_hand;
BENCH_OPTIONAL batch_norm_derivative batch_norm_vjp;

static struct {
    int n, channels, pixels;
    float *x, *gamma, *beta, *y, *x_bar, *gamma_bar, *beta_bar, *y_bar;
} of;

static void set_up(const long *size)
{
    of.n = (int)size[0];
    of.channels = (int)size[1];
    of.pixels = (int)size[2];
    const size_t channels = (size_t)of.channels, all = (size_t)(of.n * of.pixels) * channels;
    of.x = bench_input_float("x", all, &of.x_bar, -1.0, 1.0);
    of.gamma = bench_input_float("gamma", channels, &of.gamma_bar, 0.5, 1.5);
    of.beta = bench_input_float("beta", channels, &of.beta_bar, -1.0, 1.0);
    of.y = bench_output_float("y", all, &of.y_bar);
}

static double primal(void)
{
    batch_norm(of.n, of.channels, of.pixels, (void *)of.x, of.gamma, of.beta, (void *)of.y);
    return 0.0;
}

static double gradient(bench_function *derivative)
{
    ((batch_norm_derivative *)derivative)(of.n, of.channels, of.pixels, (void *)of.x, of.gamma, of.beta, (void *)of.y,
                                          (void *)of.x_bar, of.gamma_bar, of.beta_bar, (void *)of.y_bar);
    return 0.0;
}

const bench_problem bench_this = {
    .name = "batch_norm",
    .parameters = "batch channels pixels",
    .check = {3, 2, 10},
    .sizes = {{8, 8, 64}, {32, 16, 256}, {64, 64, 1024}},
    .growth = {{8, 16, 256}, {16, 16, 256}, {32, 16, 256}, {64, 16, 256}},
    .in_float = true,
    .set_up = set_up,
    .primal = primal,
    .gradient = gradient,
    .by_hand = (bench_function *)batch_norm_by_hand,
    .adgen = (bench_function *)batch_norm_vjp,
};
