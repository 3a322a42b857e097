/*
 * Checks the gradient of a transformer's block against central differences, in every parameter and every input, and
 * with block_forward_vjp that attention is causal: nothing that comes later has any influence. Exits with 1 if not.
 */
#include "model.h"
#include "model_grad.h"

#include <adgen_check.h>
#include <adgen_init.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>

enum { LENGTH = 6, INPUTS = LENGTH * WIDTH };

/* All that the loss is differentiated by, in one piece, so that the check can move each number. */
struct point {
    struct block block;
    double x[INPUTS];
};

enum { NUMBERS = sizeof(struct point) / sizeof(double) };

static double target[INPUTS];

static double loss_at(const double *numbers, void *user)
{
    static struct point p;
    (void)user;
    memcpy(&p, numbers, sizeof p);
    return loss(&p.block, LENGTH, p.x, target);
}

static bool check_gradient(const struct point *p)
{
    static double numbers[NUMBERS], gradient[NUMBERS];
    static struct point bar;
    adgen_check_report report;

    const double value = loss_grad(&p->block, LENGTH, p->x, target, &bar.block, bar.x);
    memcpy(numbers, p, sizeof *p);
    memcpy(gradient, &bar, sizeof bar);
    printf("loss %.12g, %d derivatives\n", value, (int)NUMBERS);
    const bool right = adgen_check_gradient(loss_at, NULL, numbers, gradient, NUMBERS, 1e-6, &report, NULL) == ADGEN_OK;
    adgen_check_print(stdout, &report);
    return right;
}

/* How much all outputs of token t depend on each token: the sum of the derivatives' absolute values. */
static bool check_causality(const struct point *p)
{
    bool causal = true;

    puts("influence of each token (across) on the output of each (down)");
    for (int t = 0; t < LENGTH; t++) {
        static struct block block_bar;
        double out[INPUTS], out_bar[INPUTS] = {0.0}, x_bar[INPUTS] = {0.0};
        for (int i = 0; i < WIDTH; i++)
            out_bar[t * WIDTH + i] = 1.0 + 0.1 * i; /* the seed */
        block_forward_vjp(&p->block, LENGTH, p->x, out, &block_bar, x_bar, out_bar);
        for (int s = 0; s < LENGTH; s++) {
            double sum = 0.0;
            for (int i = 0; i < WIDTH; i++)
                sum += x_bar[s * WIDTH + i] < 0.0 ? -x_bar[s * WIDTH + i] : x_bar[s * WIDTH + i];
            printf(" %9.5f", sum);
            causal = causal && (s > t ? sum == 0.0 : sum > 0.0);
        }
        puts("");
    }
    puts(causal ? "causal" : "NOT causal");
    return causal;
}

int main(void)
{
    static struct point p;
    adgen_random random;

    adgen_random_seed(&random, 5);
    double numbers[NUMBERS];
    adgen_init_normal(&random, numbers, NUMBERS, 0.0, 0.4);
    memcpy(&p, numbers, sizeof p);
    for (int i = 0; i < WIDTH; i++) {
        p.block.before_attention.gain[i] += 1.0;
        p.block.before_layer.gain[i] += 1.0;
    }
    adgen_init_normal(&random, target, INPUTS, 0.0, 1.0);

    const bool right = check_gradient(&p);
    return check_causality(&p) && right ? 0 : 1;
}
