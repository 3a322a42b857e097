/*
 * optim_cases.h: runs each case of optim_cases.def on nine parameters in two blocks, of which the second has no weight
 * decay.
 *
 * First-order methods see the gradient g_i = (i + 1) / 4 (x_i - i / 2) + ((7 t + 3 i) mod 11 - 5) / 8 at step t = 0, 1,
 * ...; L-BFGS sees the chained Rosenbrock function, sum over i of 100 (x[i+1] - x[i]^2)^2 + (1 - x[i])^2.
 */
#ifndef OPTIM_CASES_H
#define OPTIM_CASES_H

#include "adgen_optim.h"

#include <string.h>

enum { PARAMETERS = 9, WEIGHTS = 6 };

typedef struct optim_case {
    const char *name;
    adgen_settings (*settings)(void);
} optim_case;

#define CASE(name, start, ...)                                                                                         \
    static inline adgen_settings settings_##name(void)                                                                 \
    {                                                                                                                  \
        adgen_settings s = start;                                                                                      \
        __VA_ARGS__;                                                                                                   \
        return s;                                                                                                      \
    }
#include "optim_cases.def"
#undef CASE

#define CASE(name, ...) {#name, settings_##name},
static const optim_case optim_cases[] = {
#include "optim_cases.def"
};
#undef CASE

enum { CASES = sizeof optim_cases / sizeof *optim_cases };

/* The parameters of a run, in the type that `single` says. */
typedef struct optim_run {
    adgen_optim optim;
    bool single;
    int step;
    double x[PARAMETERS], g[PARAMETERS];
    float xf[PARAMETERS], gf[PARAMETERS];
} optim_run;

static inline bool is_lbfgs(const optim_run *run)
{
    return run->optim.blocks[0].settings.method == ADGEN_LBFGS;
}

static inline double value_of(const optim_run *run, int i)
{
    return run->single ? (double)run->xf[i] : run->x[i];
}

static inline void begin_run(optim_run *run, const optim_case *which, bool single)
{
    const adgen_settings weights = which->settings();
    adgen_settings biases = weights;
    biases.weight_decay = 0.0;

    memset(run, 0, sizeof *run);
    run->optim = (adgen_optim)ADGEN_OPTIM_INIT;
    run->single = single;
    for (int i = 0; i < PARAMETERS; i++) {
        run->x[i] = weights.method == ADGEN_LBFGS ? (i % 2 == 0 ? -1.25 : 1.0) : 1.0 - 0.25 * i;
        run->xf[i] = (float)run->x[i];
    }
    if (single) {
        adgen_optim_addf(&run->optim, "w", run->xf, run->gf, WEIGHTS, &weights);
        adgen_optim_addf(&run->optim, "b", run->xf + WEIGHTS, run->gf + WEIGHTS, PARAMETERS - WEIGHTS, &biases);
    } else {
        adgen_optim_add(&run->optim, "w", run->x, run->g, WEIGHTS, &weights);
        adgen_optim_add(&run->optim, "b", run->x + WEIGHTS, run->g + WEIGHTS, PARAMETERS - WEIGHTS, &biases);
    }
}

static inline void noisy_gradient(optim_run *run)
{
    for (int i = 0; i < PARAMETERS; i++) {
        const double factor = (i + 1) * 0.25, centre = i * 0.5, noise = ((7 * run->step + 3 * i) % 11 - 5) * 0.125;
        run->g[i] = factor * (run->x[i] - centre) + noise;
        run->gf[i] = (float)factor * (run->xf[i] - (float)centre) + (float)noise;
    }
}

/* One function for both types; for float, it is evaluated in double and then rounded. */
static inline double rosenbrock(void *user)
{
    optim_run *run = user;
    double loss = 0.0, g[PARAMETERS] = {0.0};
    for (int i = 0; i + 1 < PARAMETERS; i++) {
        const double x = value_of(run, i), a = value_of(run, i + 1) - x * x, b = 1.0 - x;
        loss += 100.0 * a * a + b * b;
        g[i] += -400.0 * a * x - 2.0 * b;
        g[i + 1] += 200.0 * a;
    }
    for (int i = 0; i < PARAMETERS; i++) {
        run->g[i] = g[i];
        run->gf[i] = (float)g[i];
    }
    return loss;
}

static inline adgen_status take_step(optim_run *run)
{
    if (is_lbfgs(run))
        return adgen_optim_minimize(&run->optim, rosenbrock, run, NULL);
    noisy_gradient(run);
    run->step++;
    return adgen_optim_step(&run->optim);
}

/* Rounding differences grow from step to step of L-BFGS, so that only the first steps can be compared. */
static inline int steps_of(const optim_run *run)
{
    return !is_lbfgs(run) ? 50 : run->single ? 5 : 10;
}

/* How far the sequences may drift from PyTorch's, whose kernels fuse multiplications and additions. */
static inline double drift_of(const optim_run *run)
{
    return is_lbfgs(run) ? (run->single ? 1e-4 : 1e-8) : (run->single ? 2e-6 : 1e-13);
}

#endif
