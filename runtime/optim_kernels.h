/*
 * optim_kernels.h: the loops over parameters, for each type. What is above them (which blocks, which line search, which
 * file) is written once, on untyped arrays, and comes here for every element. Private to the runtime.
 */
#ifndef ADGEN_OPTIM_KERNELS_H
#define ADGEN_OPTIM_KERNELS_H

#include "adgen_optim.h"

#include <string.h>

/* Which of a block's state arrays is what. */
enum {
    SGD_MOMENTUM = 0,
    ADAGRAD_SUM = 0,
    RMSPROP_SQUARE = 0,
    RMSPROP_MEAN = 1,
    RMSPROP_MOMENTUM = 2,
    ADAM_MEAN = 0,
    ADAM_SQUARE = 1,
    ADAM_LARGEST = 2,
    STATE_ARRAYS = 3
};

/* Arrays have n elements of the table's type; outputs come first and don't overlap inputs; scalars are rounded to it.
 */
typedef struct adgen_kernels {
    size_t size; /* of an element */

    /* One step of a block whose state arrays are there and whose `steps` counts this one. */
    void (*step[ADGEN_LBFGS])(adgen_block *block, double lr);

    void (*fill)(void *x, double a, size_t n);                               /* x = a */
    void (*scale)(void *x, double a, size_t n);                              /* x *= a */
    void (*clip)(void *x, double limit, size_t n);                           /* x = min(max(x, -limit), limit) */
    void (*add_scaled)(void *y, double a, const void *x, size_t n);          /* y += a x */
    void (*set_scaled)(void *y, double a, const void *x, size_t n);          /* y = a x */
    void (*set_difference)(void *z, const void *x, const void *y, size_t n); /* z = x - y */

    double (*dot)(const void *x, const void *y, size_t n); /* summed in double, from the front */
    double (*max_abs)(const void *x, size_t n);            /* max |x|; NaN if there is one; 0 if n is */
    double (*sum_abs)(const void *x, size_t n);            /* of |x|, in double, from the front */
    size_t (*nonfinite)(const void *x, size_t n);          /* the first index of one, or n */
    double (*at)(const void *x, size_t i);
} adgen_kernels;

const adgen_kernels *adgen_kernels_of(adgen_real type);

/* n elements of `size` bytes, zeroed; NULL if out of memory. Never NULL for 0 elements. */
void *adgen_array(size_t n, size_t size);

/* memcpy, for arrays that may be NULL if n is 0. */
static inline void adgen_copy(void *to, const void *from, size_t n)
{
    if (n > 0)
        memcpy(to, from, n);
}

/* Whether the settings are in range. */
bool adgen_settings_valid(const adgen_settings *settings);

/* A step that L-BFGS remembers. */
typedef struct adgen_pair {
    void *y;    /* the gradient's change in the step */
    void *s;    /* the step */
    double rho; /* 1 / y's */
} adgen_pair;

/* What L-BFGS remembers between iterations. */
typedef struct adgen_curvature {
    size_t n;       /* parameters, of all blocks */
    size_t history; /* length of pairs */
    size_t used;    /* of which this many are set, the oldest first */
    adgen_pair *pairs;
    void *direction;      /* of the last step */
    void *last_grad;      /* before it */
    double length;        /* the last step is length * direction */
    double scale;         /* the Hessian's inverse is estimated from scale * identity */
    uint64_t iterations;  /* so far */
    uint64_t evaluations; /* so far */
} adgen_curvature;

/* Memory for n parameters; NULL if there is none. */
adgen_curvature *adgen_curvature_new(size_t n, size_t history, size_t element_size);
void adgen_curvature_free(adgen_curvature *memory);

/* Makes the next free pair of `memory`, dropping the oldest if all are used; NULL if out of memory. */
adgen_pair *adgen_curvature_add_pair(adgen_curvature *memory, size_t element_size);

/* adgen_optim_minimize, for L-BFGS. */
adgen_status adgen_lbfgs_minimize(adgen_optim *optim, adgen_closure evaluate, void *user, double *loss);

#endif
