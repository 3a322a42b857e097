/*
 * simplify.h: what a pure operation is worth before it is built. Each answers with a value that computes the same, or
 * NULL. Integer arithmetic is folded as C has it. Real arithmetic of the user's own code is left as written, to the
 * last rounding; what differentiation adds (Builder.adjoint) is tidied by identities that are exact in IEEE arithmetic.
 */
#ifndef ADGEN_SIMPLIFY_H
#define ADGEN_SIMPLIFY_H

#include "ir.h"

int64_t simplify_wrap(const Type *type, int64_t i); /* i as an integer of that type holds it */
Value *simplify_unary(Builder *b, ValueKind kind, Type *type, Value *x);
Value *simplify_binary(Builder *b, ValueKind kind, Type *type, Value *x, Value *y);
Value *simplify_select(Builder *b, Value *condition, Value *x, Value *y);
Value *simplify_root(Builder *b, Type *type, const Value *x); /* sqrt(x) */
Value *simplify_cast(Builder *b, Type *type, Value *x);
/* Whether a comparison of an integer with a constant follows, or its opposite, from another that holds or doesn't. */
bool simplify_implied(const Value *known, bool holds, const Value *comparison, bool *answer);
/* steps.c: the difference of two pointers into one array, and their comparison, by indices; NULL: it is not seen. */
Value *steps_difference(Builder *b, Type *type, Value *p, Value *q);
Value *steps_compare(Builder *b, ValueKind kind, Type *type, Value *p, Value *q);
bool simplify_is_real_constant(const Value *v, long double x);

#endif
