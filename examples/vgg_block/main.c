/*
 * Checks the gradient of a convolutional block against central differences, in every parameter and every pixel, and
 * then uses it: the block learns to do what another one does. Exits with 1 if the gradient is wrong or nothing is
 * learnt.
 */
#include "model.h"
#include "model_grad.h"

#include <adgen_check.h>
#include <adgen_init.h>
#include <adgen_optim.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>

enum { STEPS = 400 };

/* All that the loss is differentiated by, in one piece, so that the check can move each number. */
struct point {
    struct block block;
    struct maps x;
};

enum { NUMBERS = sizeof(struct point) / sizeof(double), WEIGHTS = sizeof(struct block) / sizeof(double) };

static struct half_maps target;

static void init_convolution(struct convolution *layer, adgen_random *random)
{
    adgen_init_he_normal(random, &layer->kernel[0][0][0][0], CHANNELS * CHANNELS * 9, CHANNELS * 9, ADGEN_GAIN_RELU);
    adgen_init_normal(random, layer->bias, CHANNELS, 0.0, 0.1);
}

static void init_normalisation(struct normalisation *layer, adgen_random *random)
{
    adgen_init_normal(random, layer->gain, CHANNELS, 1.0, 0.1);
    adgen_init_normal(random, layer->shift, CHANNELS, 0.0, 0.1);
}

static void init_block(struct block *block, adgen_random *random)
{
    init_convolution(&block->first, random);
    init_convolution(&block->second, random);
    init_normalisation(&block->first_norm, random);
    init_normalisation(&block->second_norm, random);
}

static double loss_at(const double *numbers, void *user)
{
    static struct point p;
    (void)user;
    memcpy(&p, numbers, sizeof p);
    return loss(&p.block, &p.x, &target);
}

static double gradient_at(const struct point *p, struct point *bar)
{
    memset(bar, 0, sizeof *bar);
    return loss_grad(&p->block, &p->x, &target, &bar->block, &bar->x);
}

static bool check(const struct point *p)
{
    static double numbers[NUMBERS], gradient[NUMBERS];
    static struct point bar;
    adgen_check_report report;

    gradient_at(p, &bar);
    memcpy(numbers, p, sizeof *p);
    memcpy(gradient, &bar, sizeof bar);
    const bool right = adgen_check_gradient(loss_at, NULL, numbers, gradient, NUMBERS, 1e-6, &report, NULL) == ADGEN_OK;
    adgen_check_print(stdout, &report);
    return right;
}

/* Adam's steps on the weights of p; the loss that is left. */
static double learn(struct point *p)
{
    static double weights[WEIGHTS], weights_bar[WEIGHTS];
    static struct point bar;
    const adgen_settings settings = adgen_adam(0.02);
    adgen_optim optim = ADGEN_OPTIM_INIT;
    double left = 0.0;

    memcpy(weights, &p->block, sizeof p->block);
    if (adgen_optim_add(&optim, "block", weights, weights_bar, WEIGHTS, &settings) != ADGEN_OK)
        return 1.0;
    for (int step = 0; step <= STEPS; step++) {
        memcpy(&p->block, weights, sizeof p->block);
        left = gradient_at(p, &bar);
        memcpy(weights_bar, &bar.block, sizeof bar.block);
        adgen_optim_step(&optim);
        if (step % 50 == 0)
            printf("step %3d   loss %.6f\n", step, left);
    }
    adgen_optim_free(&optim);
    return left;
}

int main(void)
{
    static struct block teacher;
    static struct point p;
    adgen_random random;

    adgen_random_seed(&random, 3);
    adgen_init_normal(&random, &p.x.at[0][0][0][0], sizeof p.x / sizeof(double), 0.0, 1.0);
    init_block(&teacher, &random);
    init_block(&p.block, &random);
    block_forward(&teacher, &p.x, &target);

    const bool right = check(&p);
    const double left = learn(&p);
    return right && left < 0.02 ? 0 : 1;
}
