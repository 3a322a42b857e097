/*
 * reverse.h: what the files that build the reverse sweep share. New values go where reverse_builder says.
 */
#ifndef ADGEN_REVERSE_H
#define ADGEN_REVERSE_H

#include "passes.h"

typedef struct Reverse Reverse;

Builder *reverse_builder(Reverse *r);
bool reverse_is_primal(const Reverse *r, const Value *v);
/* The adjoint of v so far; NULL is zero. */
Value *reverse_adjoint(const Reverse *r, const Value *v);
/* v_bar += x */
void reverse_contribute(Reverse *r, Value *v, Value *x);
/* Does what the address leads to have a shadow, for sure? */
bool reverse_has_shadow(const Reverse *r, Value *address);
/* It may have one, or not: that depends on the run. */
bool reverse_may_have_shadow(const Reverse *r, Value *address);
Value *reverse_shadow_address(Reverse *r, Value *address);
bool reverse_is_active(const Reverse *r, const Value *v);
/* Memory with an adjoint can be reached by the pointer. */
bool reverse_reaches_active(const Reverse *r, Value *address);
bool reverse_is_active_memory(const Reverse *r, Value *address);

/* call.c: the reverse of a call by the rule of the user's own. */
void reverse_call(Reverse *r, Value *call);
/* call.c: the reverse of a call of a recursive function, which becomes one of its forward half. */
void reverse_split_call(Reverse *r, Value *call);
bool reverse_call_is_active(const Reverse *r, const Value *call);

#endif
