/* optim.c: settings, blocks, and the step of the first-order methods; the elements' arithmetic is in optim_kernels.inc.
 */
#include "optim_kernels.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* ---- Settings ---- */

static const struct {
    const char *name;
    adgen_settings settings;
} defaults[] = {
    [ADGEN_SGD] = {"sgd", {.method = ADGEN_SGD}},
    [ADGEN_ADAGRAD] = {"adagrad", {.method = ADGEN_ADAGRAD, .eps = 1e-10}},
    [ADGEN_RMSPROP] = {"rmsprop", {.method = ADGEN_RMSPROP, .alpha = 0.99, .eps = 1e-8}},
    [ADGEN_ADAM] = {"adam", {.method = ADGEN_ADAM, .beta1 = 0.9, .beta2 = 0.999, .eps = 1e-8}},
    [ADGEN_ADAMW] = {"adamw", {.method = ADGEN_ADAMW, .beta1 = 0.9, .beta2 = 0.999, .eps = 1e-8, .weight_decay = 1e-2}},
    [ADGEN_LBFGS] = {"lbfgs",
                     {.method = ADGEN_LBFGS,
                      .history = 100,
                      .max_iter = 20,
                      .tolerance_grad = 1e-7,
                      .tolerance_change = 1e-9,
                      .strong_wolfe = true}},
};

enum { METHODS = sizeof defaults / sizeof *defaults };

static adgen_settings with_rate(adgen_method method, double lr)
{
    adgen_settings settings = defaults[method].settings;
    settings.lr = lr;
    return settings;
}

adgen_settings adgen_sgd(double lr)
{
    return with_rate(ADGEN_SGD, lr);
}

adgen_settings adgen_adagrad(double lr)
{
    return with_rate(ADGEN_ADAGRAD, lr);
}

adgen_settings adgen_rmsprop(double lr)
{
    return with_rate(ADGEN_RMSPROP, lr);
}

adgen_settings adgen_adam(double lr)
{
    return with_rate(ADGEN_ADAM, lr);
}

adgen_settings adgen_adamw(double lr)
{
    return with_rate(ADGEN_ADAMW, lr);
}

adgen_settings adgen_lbfgs(void)
{
    return with_rate(ADGEN_LBFGS, 1.0);
}

bool adgen_settings_named(const char *name, double lr, adgen_settings *settings)
{
    for (int method = 0; method < METHODS; method++)
        if (strcmp(defaults[method].name, name) == 0) {
            *settings = with_rate((adgen_method)method, lr);
            return true;
        }
    return false;
}

/* A NaN is in no range. */
static bool at_least_zero(double a)
{
    return a >= 0.0;
}

static bool fraction(double a)
{
    return a >= 0.0 && a < 1.0;
}

bool adgen_settings_valid(const adgen_settings *s)
{
    const bool ranges = at_least_zero(s->lr) && at_least_zero(s->weight_decay) && at_least_zero(s->momentum) &&
                        at_least_zero(s->lr_decay) && at_least_zero(s->initial_sum) && at_least_zero(s->eps) &&
                        at_least_zero(s->alpha) && fraction(s->beta1) && fraction(s->beta2) && !isnan(s->dampening);
    const bool nesterov = !s->nesterov || (s->momentum > 0.0 && s->dampening == 0.0);
    const bool lbfgs =
        s->method != ADGEN_LBFGS ||
        (s->history > 0 && s->max_iter > 0 && at_least_zero(s->tolerance_grad) && at_least_zero(s->tolerance_change));
    return (unsigned)s->method < METHODS && ranges && nesterov && lbfgs;
}

/* ---- Blocks ---- */

void *adgen_array(size_t n, size_t size)
{
    return calloc(n > 0 ? n : 1, size);
}

static char *copied(const char *text)
{
    const size_t size = strlen(text) + 1;
    char *copy = malloc(size);
    return copy != NULL ? memcpy(copy, text, size) : NULL;
}

/* L-BFGS works on one vector: all blocks have that method, and one type. */
static bool fits_the_others(const adgen_optim *optim, adgen_real type, adgen_method method)
{
    if (optim->count == 0)
        return true;
    const adgen_block *first = &optim->blocks[0];
    if (method != ADGEN_LBFGS && first->settings.method != ADGEN_LBFGS)
        return true;
    return method == first->settings.method && type == first->type && optim->curvature == NULL;
}

static adgen_status add(adgen_optim *optim, const adgen_block *block)
{
    const size_t size = adgen_kernels_of(block->type)->size;
    if (block->count > SIZE_MAX / size || !adgen_settings_valid(&block->settings) ||
        !fits_the_others(optim, block->type, block->settings.method))
        return ADGEN_BAD_ARGUMENT;

    adgen_block *blocks = realloc(optim->blocks, (optim->count + 1) * sizeof *blocks);
    if (blocks == NULL)
        return ADGEN_NO_MEMORY;
    optim->blocks = blocks;

    adgen_block *added = &blocks[optim->count];
    *added = *block;
    added->name = copied(block->name);
    if (added->name == NULL)
        return ADGEN_NO_MEMORY;
    optim->count++;
    return ADGEN_OK;
}

adgen_status adgen_optim_add(adgen_optim *optim, const char *name, double *value, double *grad, size_t count,
                             const adgen_settings *settings)
{
    const adgen_block block = {.name = (char *)name,
                               .type = ADGEN_DOUBLE,
                               .count = count,
                               .value = value,
                               .grad = grad,
                               .settings = *settings};
    return add(optim, &block);
}

adgen_status adgen_optim_addf(adgen_optim *optim, const char *name, float *value, float *grad, size_t count,
                              const adgen_settings *settings)
{
    const adgen_block block = {
        .name = (char *)name, .type = ADGEN_FLOAT, .count = count, .value = value, .grad = grad, .settings = *settings};
    return add(optim, &block);
}

void adgen_optim_free(adgen_optim *optim)
{
    for (size_t i = 0; i < optim->count; i++) {
        free(optim->blocks[i].name);
        for (size_t k = 0; k < STATE_ARRAYS; k++)
            free(optim->blocks[i].state[k]);
    }
    free(optim->blocks);
    adgen_curvature_free(optim->curvature);
    *optim = (adgen_optim)ADGEN_OPTIM_INIT;
}

void adgen_optim_zero_grad(adgen_optim *optim)
{
    for (size_t i = 0; i < optim->count; i++) {
        const adgen_block *block = &optim->blocks[i];
        adgen_kernels_of(block->type)->fill(block->grad, 0.0, block->count);
    }
}

/* ---- A step ---- */

/* Whether the method, as it is set, remembers state array k. */
static bool remembers(const adgen_settings *settings, size_t k)
{
    switch (settings->method) {
    case ADGEN_SGD:
        return k == SGD_MOMENTUM && settings->momentum != 0.0;
    case ADGEN_ADAGRAD:
        return k == ADAGRAD_SUM;
    case ADGEN_RMSPROP:
        return k == RMSPROP_SQUARE || (k == RMSPROP_MEAN && settings->centered) ||
               (k == RMSPROP_MOMENTUM && settings->momentum > 0.0);
    case ADGEN_ADAM:
    case ADGEN_ADAMW:
        return k == ADAM_MEAN || k == ADAM_SQUARE || (k == ADAM_LARGEST && settings->amsgrad);
    case ADGEN_LBFGS:
        return false;
    }
    return false;
}

/* Makes the state arrays that the block's next step needs and that aren't there yet. */
static adgen_status prepare(adgen_block *block)
{
    const adgen_kernels *kernels = adgen_kernels_of(block->type);
    if (block->settings.method == ADGEN_LBFGS)
        return ADGEN_NEEDS_CLOSURE;
    if (!adgen_settings_valid(&block->settings))
        return ADGEN_BAD_ARGUMENT;
    for (size_t k = 0; k < STATE_ARRAYS; k++) {
        if (block->state[k] != NULL || !remembers(&block->settings, k))
            continue;
        block->state[k] = adgen_array(block->count, kernels->size);
        if (block->state[k] == NULL)
            return ADGEN_NO_MEMORY;
        if (block->settings.method == ADGEN_ADAGRAD)
            kernels->fill(block->state[k], block->settings.initial_sum, block->count);
    }
    return ADGEN_OK;
}

adgen_status adgen_optim_step(adgen_optim *optim)
{
    for (size_t i = 0; i < optim->count; i++) {
        const adgen_status status = prepare(&optim->blocks[i]);
        if (status != ADGEN_OK)
            return status;
    }
    for (size_t i = 0; i < optim->count; i++) {
        adgen_block *block = &optim->blocks[i];
        block->steps++;
        adgen_kernels_of(block->type)->step[block->settings.method](block, block->settings.lr * optim->lr_factor);
    }
    return ADGEN_OK;
}

adgen_status adgen_optim_minimize(adgen_optim *optim, adgen_closure evaluate, void *user, double *loss)
{
    if (optim->count > 0 && optim->blocks[0].settings.method == ADGEN_LBFGS)
        return adgen_lbfgs_minimize(optim, evaluate, user, loss);
    const double before = evaluate(user);
    if (loss != NULL)
        *loss = before;
    return adgen_optim_step(optim);
}
