/*
 * clone.h: copies of values and blocks, with operands replaced by a map.
 */
#ifndef ADGEN_CLONE_H
#define ADGEN_CLONE_H

#include "ir.h"

/* From values of one function, by id, to what stands for them in the copy. NULL: not mapped. */
typedef struct CloneMap {
    Value **to;
    unsigned count;
    /* Called for VAL_CALL before it is copied; true where it dealt with the call and mapped its value. May be NULL. */
    bool (*call)(struct CloneMap *map, Builder *b, Value *call);
    /* Called for other values without blocks before they are copied; true: it is dealt with, and mapped where it has a
     * value. May be NULL. */
    bool (*take)(struct CloneMap *map, Builder *b, Value *v);
    void *user;
    bool share_outside; /* values without a mapping stand for themselves (copies within one function) */
} CloneMap;

void clone_map_init(CloneMap *map, const Function *from);
Value *clone_lookup(CloneMap *map, Builder *b, Value *v); /* leaves are copied when first met */
void clone_set(CloneMap *map, const Value *from, Value *to);
Value *clone_value(CloneMap *map, Builder *b, Value *v); /* one value, with its blocks; returns the copy */
/* A counted loop that counts as `loop` does, and carries and does nothing yet. */
Value *clone_counting(CloneMap *map, Builder *b, const Value *loop);
void clone_block(CloneMap *map, Builder *b, const Block *from); /* appends copies of its values, not its yields */

#endif
