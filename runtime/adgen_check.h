/*
 * adgen_check.h: is this derivative right? Two tests, for functions made by adgen and for rules written by hand.
 *
 * The gradient check compares a gradient with central differences, (f(x + h e) - f(x - h e)) / 2h. A large h has a
 * large truncation error, a small one a large rounding error, so it goes through a sweep of steps and keeps, for each
 * coordinate, the one that agrees best: a right gradient agrees somewhere to many digits, a wrong one nowhere.
 *
 * The product check compares forward mode with reverse mode: for any x_dot and y_bar, <y_bar, J x_dot> = <J' y_bar,
 * x_dot>, to rounding. It doesn't need the function, is exact, and one random direction sees every element of J.
 *
 * Functions whose name ends in f are for float; sums and differences are taken in double there, too.
 */
#ifndef ADGEN_CHECK_H
#define ADGEN_CHECK_H

#include "adgen_random.h"
#include "adgen_status.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

#ifdef __cplusplus
extern "C" {
#endif

/* ---- Against central differences ---- */

typedef double (*adgen_function)(const double *x, void *user);
typedef float (*adgen_functionf)(const float *x, void *user);

/* The steps are h = 2^-3, 2^-6, 2^-9, ... times max(1, |x_i|): this many in double, and in float. */
enum { ADGEN_CHECK_STEPS = 14, ADGEN_CHECK_STEPSF = 6 };

/*
 * What was found at one coordinate, with the step that agrees best. The error is |gradient - difference| divided by the
 * largest of |gradient|, |difference|, a thousandth of the largest element of the gradient, and |f(x)| eps^(1/3) /
 * max(1, |x_i|), so that elements which are zero but for rounding don't count.
 */
typedef struct adgen_check_place {
    size_t index;
    double gradient;
    double difference;
    double error; /* infinite where one of these is not finite */
    double step;  /* h */
} adgen_check_place;

typedef struct adgen_check_report {
    size_t count;            /* of coordinates */
    double tolerance;        /* the largest error allowed */
    adgen_check_place worst; /* the coordinate with the largest error */
    size_t wrong;            /* coordinates whose error is over the tolerance */
    double best_step;        /* relative to max(1, |x_i|): the one step with which the worst coordinate is best */
    double best_step_error;  /* that error */
} adgen_check_report;

/*
 * Checks gradient[i] = df/dx_i at x, for i < n. `places` has room for the findings at all n coordinates, or is NULL.
 * ADGEN_OK if all errors are at most `tolerance` (1e-6 is usual for double, 1e-2 for float), ADGEN_MISMATCH if not,
 * ADGEN_NO_MEMORY. x is not changed: f is called on a copy.
 */
adgen_status adgen_check_gradient(adgen_function f, void *user, const double *x, const double *gradient, size_t n,
                                  double tolerance, adgen_check_report *report, adgen_check_place *places);
adgen_status adgen_check_gradientf(adgen_functionf f, void *user, const float *x, const float *gradient, size_t n,
                                   double tolerance, adgen_check_report *report, adgen_check_place *places);

/* The report in a few lines of text. */
void adgen_check_print(FILE *out, const adgen_check_report *report);

/* ---- Forward mode against reverse mode ---- */

/* Computes y_dot = J x_dot at the point that `user` knows. */
typedef void (*adgen_forward)(const double *x_dot, double *y_dot, void *user);
typedef void (*adgen_forwardf)(const float *x_dot, float *y_dot, void *user);

/* Adds J' y_bar to x_bar, which is zero before; y_bar may be overwritten. So do the functions that adgen makes. */
typedef void (*adgen_reverse)(double *y_bar, double *x_bar, void *user);
typedef void (*adgen_reversef)(float *y_bar, float *x_bar, void *user);

typedef struct adgen_product_report {
    double tolerance;
    double forward; /* <y_bar, J x_dot> in the worst trial */
    double reverse; /* <J' y_bar, x_dot> */
    double
        error; /* their difference divided by the larger of the sums of |products|; infinite where one is not finite */
} adgen_product_report;

/*
 * Checks a function of n inputs and m outputs with `trials` pairs of random normal directions. ADGEN_OK if all errors
 * are at most `tolerance` (1e-12 is usual for double, 1e-5 for float), ADGEN_MISMATCH if not, ADGEN_NO_MEMORY.
 */
adgen_status adgen_check_products(adgen_forward forward, adgen_reverse reverse, void *user, size_t n, size_t m,
                                  int trials, adgen_random *random, double tolerance, adgen_product_report *report);
adgen_status adgen_check_productsf(adgen_forwardf forward, adgen_reversef reverse, void *user, size_t n, size_t m,
                                   int trials, adgen_random *random, double tolerance, adgen_product_report *report);

/* The report in one line of text. */
void adgen_product_print(FILE *out, const adgen_product_report *report);

#ifdef __cplusplus
}
#endif

#endif
