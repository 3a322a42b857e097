/*
 * merge.h: two loops of one block that count alike become one: the second's body goes behind the first's. What makes
 * that right is for the caller to know: fuse.c (a loop and its reverse), join.c (neighbours of the reverse sweep).
 */
#ifndef ADGEN_MERGE_H
#define ADGEN_MERGE_H

#include "passes.h"

/*
 * The order of each block, and what stands for what is gone. What a merge moves is still found at its old place, behind
 * its new one: between a later pair, one rather finds too much.
 */
typedef struct {
    Function *function;
    unsigned capacity;
    int *position;      /* by id: in its block */
    Value **stands_for; /* by id */
    bool changed;
} Merge;

Merge merge_begin(Function *fn);
/* Could v be computed before the loop as well? */
bool merge_can_move_ahead(const Merge *m, const Value *v, const Value *loop);
/* Can all that the second loop's body needs from its own block be had before the first loop? */
bool merge_can_feed(const Merge *m, const Value *first, const Value *second);
/*
 * Appends the second loop's iterations to the first's; what the second carries, the first carries too. A carried value
 * that starts with something that is only there behind the first loop must be a sum: it starts from zero, and the start
 * is added behind.
 */
void merge_loops(Merge *m, Value *first, Value *second);
/* After a merge: v's operands, and those of what is in it, are what stands for them. */
void merge_resolve(const Merge *m, Value *v);
/* All are. Were any loops merged? */
bool merge_end(Merge *m);

#endif
