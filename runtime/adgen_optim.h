/*
 * adgen_optim.h: optimizers, with the formulas, the order of operations and the default settings of torch.optim.
 *
 *     adgen_settings weights = adgen_adamw(1e-3);
 *     adgen_settings biases = weights;
 *     biases.weight_decay = 0.0;
 *
 *     adgen_optim optim = ADGEN_OPTIM_INIT;
 *     adgen_optim_addf(&optim, "w1", w1, w1_bar, 784 * 128, &weights);
 *     adgen_optim_addf(&optim, "b1", b1, b1_bar, 128, &biases);
 *     for (...) {
 *         adgen_optim_zero_grad(&optim);
 *         loss_grad(..., w1, w1_bar, b1, b1_bar);
 *         adgen_clip_norm(&optim, 1.0);
 *         adgen_optim_step(&optim);
 *     }
 *     adgen_optim_free(&optim);
 *
 * A block is an array of parameters with its gradient and its settings. Both arrays are the caller's: they stay where
 * they are, and don't overlap, while the optimizer is in use. `double` and `float` blocks may stand side by side.
 *
 * As in PyTorch, what is computed once a step (bias corrections, step sizes) is computed in double and then rounded to
 * the block's type; what is computed for each element is computed in that type. Here t is the block's step count, from
 * 1; g its gradient, negated to maximize, and then, except in AdamW, g <- g + weight_decay x; lr the block's rate times
 * lr_factor.
 */
#ifndef ADGEN_OPTIM_H
#define ADGEN_OPTIM_H

#include "adgen_status.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#ifdef __cplusplus
extern "C" {
#endif

/* ---- Settings ---- */

typedef enum adgen_method {
    ADGEN_SGD,
    ADGEN_ADAGRAD,
    ADGEN_RMSPROP,
    ADGEN_ADAM,
    ADGEN_ADAMW,
    ADGEN_LBFGS
} adgen_method;

/* Begin with one of the functions below, and change members as you like, also between steps (not the method). */
typedef struct adgen_settings {
    adgen_method method;
    double lr;
    double weight_decay; /* all but L-BFGS */
    bool maximize;       /* all but L-BFGS */
    double momentum;     /* SGD, RMSProp */
    double dampening;    /* SGD */
    bool nesterov;       /* SGD: needs momentum > 0 and dampening = 0 */
    double lr_decay;     /* Adagrad */
    double initial_sum;  /* Adagrad: what its sums of squares begin with */
    double eps;          /* Adagrad, RMSProp, Adam, AdamW */
    double alpha;        /* RMSProp */
    bool centered;       /* RMSProp */
    double beta1, beta2; /* Adam, AdamW */
    bool amsgrad;        /* Adam, AdamW */

    /* L-BFGS, which reads the settings of the first block only */
    size_t history;          /* the number of steps that the Hessian is estimated from */
    size_t max_iter;         /* iterations in one call of adgen_optim_minimize */
    size_t max_eval;         /* evaluations of the loss in it; 0: max_iter * 5 / 4 */
    double tolerance_grad;   /* stop when no element of the gradient is larger */
    double tolerance_change; /* stop when loss or parameters change by less */
    bool strong_wolfe;       /* line search; without it, steps have length lr */
} adgen_settings;

/*
 * b <- g at first, then b <- momentum b + (1 - dampening) g;   x <- x - lr b,   Nesterov: x <- x - lr (g + momentum b)
 * Without momentum x <- x - lr g. Momentum is 0 at first.
 */
adgen_settings adgen_sgd(double lr);

/* s <- s + g^2;   x <- x - lr / (1 + (t - 1) lr_decay) g / (sqrt s + eps).   eps = 1e-10; PyTorch's lr is 1e-2 */
adgen_settings adgen_adagrad(double lr);

/*
 * v <- alpha v + (1 - alpha) g^2;   a = sqrt(v) + eps
 * centered: m <- alpha m + (1 - alpha) g, a = sqrt(v - m^2) + eps
 * x <- x - lr g / a,   with momentum: b <- momentum b + g / a, x <- x - lr b
 * alpha = 0.99, eps = 1e-8; PyTorch's lr is 1e-2
 */
adgen_settings adgen_rmsprop(double lr);

/*
 * m <- beta1 m + (1 - beta1) g;   v <- beta2 v + (1 - beta2) g^2;   AMSGrad: w <- max(w, v), otherwise w = v
 * x <- x - lr / (1 - beta1^t) m / (sqrt(w) / sqrt(1 - beta2^t) + eps)
 * beta1 = 0.9, beta2 = 0.999, eps = 1e-8; PyTorch's lr is 1e-3
 */
adgen_settings adgen_adam(double lr);

/* Adam, but that weight decay, 1e-2 at first, shrinks the parameters: x <- (1 - lr weight_decay) x before the step. */
adgen_settings adgen_adamw(double lr);

/*
 * Limited-memory BFGS (Nocedal and Wright, algorithm 7.4), for smooth losses that are the same at each evaluation. It
 * needs adgen_optim_minimize. lr = 1, history = 100, max_iter = 20, tolerance_grad = 1e-7, tolerance_change = 1e-9 as
 * in PyTorch; strong_wolfe is true (there, it has to be asked for).
 */
adgen_settings adgen_lbfgs(void);

/*
 * The settings above for "sgd", "adagrad", "rmsprop", "adam", "adamw" or "lbfgs" (which then has `lr` too); false, and
 * *settings is unchanged, for any other name. For command lines.
 */
bool adgen_settings_named(const char *name, double lr, adgen_settings *settings);

/* ---- The optimizer ---- */

typedef enum adgen_real { ADGEN_FLOAT, ADGEN_DOUBLE } adgen_real;

typedef struct adgen_block {
    char *name;              /* owned */
    adgen_real type;         /* of the elements of value and grad */
    size_t count;            /* of these */
    void *value;             /* the parameters; the caller's */
    void *grad;              /* the gradient; the caller's */
    adgen_settings settings; /* may be changed between steps, but for the method */
    uint64_t steps;          /* taken so far */
    bool momentum_started;   /* SGD: the momentum is not that of a first step */
    void *state[3];          /* what the method remembers of each element, or NULL; owned */
} adgen_block;

typedef struct adgen_optim {
    adgen_block *blocks; /* owned */
    size_t count;
    double lr_factor;                  /* multiplies every block's rate; see adgen_schedule.h */
    struct adgen_curvature *curvature; /* what L-BFGS remembers, or NULL; owned */
} adgen_optim;

/* An optimizer of no blocks. */
/* clang-format off */
#define ADGEN_OPTIM_INIT {NULL, 0, 1.0, NULL}
/* clang-format on */

/*
 * Adds a block of `count` parameters `value` with gradient `grad`; name and settings are copied. Several methods may
 * stand side by side, but for L-BFGS: there, all blocks have that method and one type. Fails with ADGEN_BAD_ARGUMENT (a
 * setting is out of range) or ADGEN_NO_MEMORY, and then adds nothing.
 */
adgen_status adgen_optim_add(adgen_optim *optim, const char *name, double *value, double *grad, size_t count,
                             const adgen_settings *settings);
adgen_status adgen_optim_addf(adgen_optim *optim, const char *name, float *value, float *grad, size_t count,
                              const adgen_settings *settings);

/* Frees what the optimizer owns, and leaves it without blocks. */
void adgen_optim_free(adgen_optim *optim);

/* Sets all gradients to zero, since the functions that adgen makes add to them. */
void adgen_optim_zero_grad(adgen_optim *optim);

/*
 * One step of every block, from the gradients as they are. Fails with ADGEN_NO_MEMORY, ADGEN_BAD_ARGUMENT (a setting is
 * out of range) or ADGEN_NEEDS_CLOSURE (L-BFGS), and then changes no parameter.
 */
adgen_status adgen_optim_step(adgen_optim *optim);

/* Computes the loss at the parameters as they are, and its gradient (set, not added: see adgen_optim_zero_grad). */
typedef double (*adgen_closure)(void *user);

/*
 * One step, with a function that evaluates loss and gradient: L-BFGS does up to max_iter iterations, the others
 * evaluate once and step. *loss, if not NULL, becomes the loss before the step. Fails as adgen_optim_step does, and
 * with ADGEN_NOT_FINITE where L-BFGS is begun at such a loss.
 *
 * In the line search of L-BFGS a loss that is NaN counts as too high. After the step, the parameters are at the best
 * point found, but the gradients are those of the last point tried.
 */
adgen_status adgen_optim_minimize(adgen_optim *optim, adgen_closure evaluate, void *user, double *loss);

/* ---- Gradients ---- */

/* Limits every element of every gradient to [-limit, limit]; a NaN stays. */
void adgen_clip_value(adgen_optim *optim, double limit);

/*
 * Scales all gradients by min(1, limit / (norm + 1e-6)), where norm is the Euclidean norm of all of them together,
 * summed in double; returns norm. An infinite norm makes finite elements zero and infinite ones NaN; a NaN makes all
 * NaN, as in PyTorch: see adgen_optim_check_finite.
 */
double adgen_clip_norm(adgen_optim *optim, double limit);

/* Where a number isn't finite. */
typedef struct adgen_nonfinite {
    const char *block; /* its name, owned by the optimizer */
    size_t index;      /* in the block */
    bool in_gradient;  /* otherwise in the parameters */
    double number;     /* NaN or an infinity */
} adgen_nonfinite;

/*
 * ADGEN_OK if all gradients and all parameters are finite, otherwise ADGEN_NOT_FINITE, and *where, if not NULL, becomes
 * the first place: block by block, each first in its gradient and then in its parameters.
 */
adgen_status adgen_optim_check_finite(const adgen_optim *optim, adgen_nonfinite *where);

/* Prints, for example, `gradient of "w1" at index 17 is nan` and a line's end. */
void adgen_nonfinite_print(FILE *out, const adgen_nonfinite *where);

/* ---- Keeping a run ---- */

/*
 * Writes parameters, settings and all that the methods remember to a file, so that a run which loads it continues bit
 * for bit. The `extra_size` bytes at `extra` (NULL if 0) go with them: the generator's state, an epoch's number. The
 * file appears whole or not at all: it is written as PATH.tmp, and then renamed. Fails with ADGEN_CANNOT_WRITE or
 * ADGEN_NO_MEMORY.
 */
adgen_status adgen_optim_save(const adgen_optim *optim, const char *path, const void *extra, size_t extra_size);

/*
 * Reads what adgen_optim_save wrote, into an optimizer with the same blocks: as many, with the same names, types and
 * lengths, in the same order, and `extra_size` as it was. On failure (any status from ADGEN_CANNOT_READ on, or
 * ADGEN_NO_MEMORY) nothing changes: neither optimizer nor parameters nor *extra.
 */
adgen_status adgen_optim_load(adgen_optim *optim, const char *path, void *extra, size_t extra_size);

#ifdef __cplusplus
}
#endif

#endif
