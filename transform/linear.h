/*
 * linear.h: which additions to memory, in a loop, are of values that the loop computes by a linear map that it does not
 * change, from fewer values (linear.c).
 */
#ifndef ADGEN_LINEAR_H
#define ADGEN_LINEAR_H

#include "accesses.h"

/* To the loop: always the same; not that, nothing more known; linear in the source; something else. */
typedef enum { LINEAR_UNKNOWN, LINEAR_FIXED, LINEAR_VARIED, LINEAR_YES, LINEAR_NO } LinearKind;

typedef struct {
    const Accesses *accesses;
    const unsigned *uses; /* by id */
    LinearKind *kind;     /* by id */
    unsigned count;       /* of ids, of values from before */
    const Value *loop;
    VEC(const Value *) known, judged;
    VEC(const Value *) summed; /* sources whose sums are taken already: what is linear in them may leave for free */
    const Value *write;        /* whose value is looked at */
    Value *source; /* what it is linear in: a VAL_LOCAL, that is its elements, or a value. NULL: nothing found yet */
    bool pays;     /* the map is work that the loop would be spared */
} Linear;

/* To be called before questions about another loop. */
void linear_begin(Linear *l, const Value *loop);

/*
 * May the addition leave the loop? Then its source is what a sum over the loop's iterations is to be taken of: one for
 * each iteration of the loops between, whose bounds are there before the loop. All that its value depends on, but the
 * source, is as after the loop; that may be work arrays with additions of their own.
 */
bool linear_can_leave(Linear *l, const Value *accum);

/* Where v or its negative is stored, in v's own block, as an element of the array, which is a source: what v is then.
 */
typedef struct {
    const Value *store; /* NULL: nowhere */
    bool negative;
} StoredElement;
StoredElement linear_stored(const Linear *l, const Value *array, const Value *v);

/* The one store to the array, if nothing else is written to it. */
Value *linear_only_store(const Linear *l, const Value *array);
/* The writes to a work array that its elements are linear by, in the order of the program: clear or store, additions.
 */
AccessWalk linear_writes(const Linear *l, const Value *array);
Value *linear_next_write(AccessWalk *walk, const Value *array);

/* Where the value is listed, or the region that it is a result of. */
const Block *linear_block_of(const Value *v);

#endif
