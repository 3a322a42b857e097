#include "bench.h"

#include <math.h>

void fft(int n, double *re, double *im, const double *cosine, const double *sine);
typedef void fft_derivative(int n, double *re, double *im, const double *cosine, const double *sine, double *re_bar,
                            double *im_bar);
fft_derivative fft_by_hand;
BENCH_OPTIONAL fft_derivative fft_vjp;

static struct {
    int n;
    double *re, *im, *cosine, *sine, *re_bar, *im_bar;
} of;

static void set_up(const long *size)
{
    of.n = (int)size[0];
    const size_t n = (size_t)of.n;
    of.re = bench_inout("re", n, &of.re_bar, -1.0, 1.0);
    of.im = bench_inout("im", n, &of.im_bar, -1.0, 1.0);
    of.cosine = bench_constant("cosine", n / 2, 0.0, 0.0);
    of.sine = bench_constant("sine", n / 2, 0.0, 0.0);
    for (int k = 0; k < of.n / 2; k++) {
        of.cosine[k] = cos(2.0 * 3.14159265358979323846 * k / of.n);
        of.sine[k] = sin(2.0 * 3.14159265358979323846 * k / of.n);
    }
}

static double primal(void)
{
    fft(of.n, of.re, of.im, of.cosine, of.sine);
    return 0.0;
}

static double gradient(bench_function *derivative)
{
    ((fft_derivative *)derivative)(of.n, of.re, of.im, of.cosine, of.sine, of.re_bar, of.im_bar);
    return 0.0;
}

const bench_problem bench_this = {
    .name = "fft",
    .parameters = "n",
    .check = {16},
    .sizes = {{1024}, {16384}, {1048576}},
    .growth = {{8192}, {16384}, {32768}, {65536}},
    .set_up = set_up,
    .primal = primal,
    .gradient = gradient,
    .by_hand = (bench_function *)fft_by_hand,
    .adgen = (bench_function *)fft_vjp,
};
