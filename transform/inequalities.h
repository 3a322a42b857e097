/*
 * inequalities.h: systems of linear inequalities. Elimination of one variable after another (Fourier and Motzkin) tells
 * that a system has no solution in the rational numbers, and so none in the integers.
 */
#ifndef ADGEN_INEQUALITIES_H
#define ADGEN_INEQUALITIES_H

#include <stdbool.h>
#include <stdint.h>

enum { INEQUALITIES_VARIABLES = 28, INEQUALITIES_MAX = 192 };

/* constant + the sum of times[k] x[k] */
typedef struct {
    int64_t constant, times[INEQUALITIES_VARIABLES];
} Linear;

/* Each of them is 0 or more. */
typedef struct {
    int count;
    Linear at[INEQUALITIES_MAX];
} Inequalities;

/* *sum += scale * x; false where a number grows too large. */
bool linear_add(Linear *sum, const Linear *x, int64_t scale);
bool linear_is_constant(const Linear *x);
/* x >= 0; x >= 1 is written as x - 1 >= 0. What does not fit is left out: fewer of them prove less, but nothing wrong. */
void inequalities_add(Inequalities *all, const Linear *x);
/* Is there no solution, with x >= 0 beside them where x is not NULL? False when in doubt. */
bool inequalities_contradict(const Inequalities *all, const Linear *x);

#endif
