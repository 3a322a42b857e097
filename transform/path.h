/*
 * path.h: the way from a base to an address, by fields and indices.
 */
#ifndef ADGEN_PATH_H
#define ADGEN_PATH_H

#include "ir.h"

enum { MAX_PATH = 16 };

typedef struct {
    const Value *step[MAX_PATH]; /* VAL_FIELD and VAL_PTRADD, outermost first */
    int count;
    const Value *base;
    const Type *type; /* of the address */
    bool is_flat;     /* (double *)m goes on behind the row that it begins in */
} Path;

/* False where the path is too long. */
bool path_find(Path *path, const Value *address, const Value *base);
/* Do the two paths lead to different memory: in one iteration of the loops around both, or in any two? */
bool path_differs(const Path *a, const Path *b, bool same_iteration);
/* ... by indices that stay what they are while the loop runs: m[l + 1][i] and m[l][j] in a loop over j. */
bool path_differs_within(const Path *a, const Path *b, const Value *loop);

#endif
