/*
 * counting.h: loops that count, found in the form that the front end gives them, a condition over carried values.
 */
#ifndef ADGEN_COUNTING_H
#define ADGEN_COUNTING_H

#include "ir.h"

/* next = carried + step, with a step that is the same in every iteration. */
typedef struct {
    Value *carried;
    Value *step;    /* an integer: visible before the loop, or computed in its body from what is (stepping_step) */
    Value *scalars; /* of a pointer to variable arrays */
    bool negative;  /* carried - step */
} Stepping;

bool stepping_find(const Value *loop, int k, Stepping *out);
/* The step, where the builder is. */
Value *stepping_step(Builder *b, const Stepping *s);

/* The loop goes on while `carried + ahead rel bound`. */
typedef struct {
    int index;    /* of the carried value that counts */
    int64_t step; /* its sign, where it is no constant */
    bool strides; /* ... which is so */
    ValueKind rel;
    Value *bound; /* visible before the loop, or of the condition; NULL: 0 */
    Value *also;  /* another bound, likewise; NULL: none */
    int against;  /* instead of a bound: another carried value, which steps too; -1: none */
    int64_t step_against;
    Value *ahead; /* NULL: nothing */
    bool ahead_is_subtracted;
    bool widened; /* the comparison is in another integer type than the counter's */
    int again;    /* the first iteration runs in any case: the carried truth that lets it; -1: none */
} Counting;

bool counting_find(const Value *loop, Counting *c);

#endif
