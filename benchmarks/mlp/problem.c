#include "bench.h"

#include <math.h>

double mlp_loss(int batch, int inputs, int hidden, int classes, const double w1[hidden][inputs],
                const double b1[hidden], const double w2[classes][hidden], const double b2[classes],
                const double x[batch][inputs], const int label[batch]);
typedef double mlp_gradient(int batch, int inputs, int hidden, int classes, const double w1[hidden][inputs],
                            const double b1[hidden], const double w2[classes][hidden], const double b2[classes],
                            const double x[batch][inputs], const int label[batch], double w1_bar[hidden][inputs],
                            double b1_bar[hidden], double w2_bar[classes][hidden], double b2_bar[classes]);
mlp_gradient mlp_loss_by_hand;
BENCH_OPTIONAL mlp_gradient mlp_loss_grad, mlp_loss_adolc;

static struct {
    int batch, inputs, hidden, classes;
    void *w1, *w2, *x;
    double *b1, *b2, *w1_bar, *b1_bar, *w2_bar, *b2_bar;
    int *label;
} of;

static void set_up(const long *size)
{
    of.batch = (int)size[0];
    of.inputs = (int)size[1];
    of.hidden = (int)size[2];
    of.classes = (int)size[3];
    const size_t batch = (size_t)of.batch, inputs = (size_t)of.inputs, hidden = (size_t)of.hidden;
    const size_t classes = (size_t)of.classes;
    const double he1 = sqrt(6.0 / of.inputs), he2 = sqrt(6.0 / of.hidden);
    of.w1 = bench_input("w1", hidden * inputs, &of.w1_bar, -he1, he1);
    of.b1 = bench_input("b1", hidden, &of.b1_bar, -0.1, 0.1);
    of.w2 = bench_input("w2", classes * hidden, &of.w2_bar, -he2, he2);
    of.b2 = bench_input("b2", classes, &of.b2_bar, -0.1, 0.1);
    of.x = bench_constant("x", batch * inputs, 0.0, 1.0);
    of.label = bench_integers("label", batch, 0, of.classes);
}

static double primal(void)
{
    return mlp_loss(of.batch, of.inputs, of.hidden, of.classes, of.w1, of.b1, of.w2, of.b2, of.x, of.label);
}

static double gradient(bench_function *derivative)
{
    return ((mlp_gradient *)derivative)(of.batch, of.inputs, of.hidden, of.classes, of.w1, of.b1, of.w2, of.b2, of.x,
                                        of.label, (void *)of.w1_bar, of.b1_bar, (void *)of.w2_bar, of.b2_bar);
}

const bench_problem bench_this = {
    .name = "mlp",
    .parameters = "batch inputs hidden classes",
    .check = {5, 20, 12, 4},
    .sizes = {{64, 16, 32, 10}, {64, 784, 128, 10}, {16, 3072, 1024, 100}},
    .growth = {{16, 784, 128, 10}, {32, 784, 128, 10}, {64, 784, 128, 10}, {128, 784, 128, 10}},
    .set_up = set_up,
    .primal = primal,
    .gradient = gradient,
    .by_hand = (bench_function *)mlp_loss_by_hand,
    .adgen = (bench_function *)mlp_loss_grad,
    .adolc = (bench_function *)mlp_loss_adolc,
};
