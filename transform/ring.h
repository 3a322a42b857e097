/*
 * ring.h: indices of neighbours on a ring, which loops take at their ends from the other one.
 */
#ifndef ADGEN_RING_H
#define ADGEN_RING_H

#include "passes.h"

typedef enum { IS_FIRST, IS_LAST } End;

/* Is it a comparison that holds, or does not, in the loop's first or last iteration only? at_end: what it is there. */
bool end_is_singled_out(const Value *loop, const Value *comparison, End *end, bool *at_end);
/* Is x the other value plus `offset`, in so many words? */
bool end_equals(const Value *x, const Value *value, int64_t offset);

/* +1, -1: the index is that of the next iteration, or the one before, around the loop's end; 0: it is something else. */
int ring_step(const Value *loop, const Value *index);

#endif
