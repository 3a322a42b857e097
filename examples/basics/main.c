/*
 * Evaluates the gradients of model.c and compares each with what is known: closed forms, published numbers, central
 * differences. Exits with 1 if one is off.
 */
#include "model_grad.h"

#include <adgen_check.h>
#include <math.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>

static bool all_right = true;

static void compare(const char *name, double found, double expected, double tolerance)
{
    const bool right = fabs(found - expected) <= tolerance * fmax(1e-3, fabs(expected));
    printf("    %-12s %22.15g%s\n", name, found, right ? "" : "   WRONG");
    if (!right)
        printf("    %-12s %22.15g\n", "  expected", expected);
    all_right = all_right && right;
}

static void product_of_sum(void)
{
    double x_bar = 0.0, y_bar = 0.0, z_bar = 0.0; /* gradients are added to: begin with zero */
    const double value = g_grad(-2.0, 5.0, -4.0, &x_bar, &y_bar, &z_bar);

    puts("g = (x + y) z at (-2, 5, -4)");
    compare("g", value, -12.0, 0.0);
    compare("dg/dx", x_bar, -4.0, 0.0);
    compare("dg/dy", y_bar, -4.0, 0.0);
    compare("dg/dz", z_bar, 3.0, 0.0);
}

static void logistic_neuron(void)
{
    const double w[3] = {2.0, -3.0, -3.0}, x[2] = {-1.0, -2.0};
    double w_bar[3] = {0.0}, x_bar[2] = {0.0};
    const double s = neuron_grad(w, x, w_bar, x_bar);
    const double slope = s * (1.0 - s); /* of the logistic function */

    puts("1 / (1 + exp(-(w0 x0 + w1 x1 + w2))) at w = (2, -3, -3), x = (-1, -2)");
    compare("value", s, 1.0 / (1.0 + exp(-1.0)), 1e-15);
    compare("d/dw0", w_bar[0], slope * x[0], 1e-14);
    compare("d/dw1", w_bar[1], slope * x[1], 1e-14);
    compare("d/dw2", w_bar[2], slope, 1e-14);
    compare("d/dx0", x_bar[0], slope * w[0], 1e-14);
    compare("d/dx1", x_bar[1], slope * w[1], 1e-14);
}

/* What r() reads, in one piece, so that the gradient check can move each number. */
struct network {
    double w0[3][3], w1[3][3], w2[3][3], p[3], q[3];
};

enum { NUMBERS = sizeof(struct network) / sizeof(double) };

/* The value, and the gradient in *bar. */
static double network_grad(const struct network *n, struct network *bar)
{
    memset(bar, 0, sizeof *bar);
    return r_grad(n->w0, n->w1, n->w2, n->p, n->q, bar->w0, bar->w1, bar->w2, bar->p, bar->q);
}

static double network_value(const double *x, void *user)
{
    struct network n, bar;
    (void)user;
    memcpy(&n, x, sizeof n);
    return network_grad(&n, &bar);
}

static void shared_layer(void)
{
    adgen_random random;
    adgen_check_report report;
    double x[NUMBERS], gradient[NUMBERS];
    struct network n, bar;

    adgen_random_seed(&random, 1);
    for (int i = 0; i < NUMBERS; i++)
        x[i] = adgen_random_normal(&random);
    memcpy(&n, x, sizeof n);
    const double value = network_grad(&n, &bar);
    memcpy(gradient, &bar, sizeof bar);

    printf("R(P, Q) = f3(f1(W1 f0(W0 P, Q)), f2(W2 f0(W0 P, Q))) = %.15g, %d derivatives\n", value, (int)NUMBERS);
    if (adgen_check_gradient(network_value, NULL, x, gradient, NUMBERS, 1e-7, &report, NULL) != ADGEN_OK)
        all_right = false;
    adgen_check_print(stdout, &report);
}

static void thirty_functions(void)
{
    double x_bar = 0.0;
    nested_grad(30, 4.2, &x_bar);

    puts("cos(tan(sin(x))), 30 times, at 4.2");
    compare("derivative", x_bar, 0.00255077238173787, 1e-12);
}

static void shared_weights(void)
{
    const double t1 = 0.5, t2 = -0.25, t3 = 0.75, r1 = -1.0, r2 = 1.0;
    double t1_bar = 0.0, t2_bar = 0.0, t3_bar = 0.0;
    shared_grad(t1, t2, t3, r1, r2, &t1_bar, &t2_bar, &t3_bar);

    /* The same by hand. Softmax: ds1/dz1 = s1 s2, ds1/dz2 = -s1 s2, d(-log s2)/dz1 = s1, d(-log s2)/dz2 = -s1. */
    const double s1 = 1.0 / (1.0 + exp(t2 * r2 - t1 * r1)), s2 = 1.0 - s1;
    const double y4 = 1.0 / (1.0 + exp(-(t1 * r1 + t3 * r2))), slope = y4 * (1.0 - y4);
    const double y5 = t2 * r1 + t2 * s1 + t3 * y4;

    puts("the graph with shared weights at theta = (0.5, -0.25, 0.75), r = (-1, 1)");
    compare("dJ/dtheta1", t1_bar, s1 * r1 + 2.0 * y5 * (t2 * s1 * s2 + t3 * slope) * r1, 1e-13);
    compare("dJ/dtheta2", t2_bar, -s1 * r2 + 2.0 * y5 * (r1 + s1 - t2 * s1 * s2 * r2), 1e-13);
    compare("dJ/dtheta3", t3_bar, 2.0 * y5 * (y4 + t3 * slope * r2), 1e-13);
}

int main(void)
{
    product_of_sum();
    logistic_neuron();
    shared_layer();
    thirty_functions();
    shared_weights();
    puts(all_right ? "all as expected" : "NOT as expected");
    return all_right ? 0 : 1;
}
