/*
 * track.h: values that go along with pointers. Where a pointer is one of several that are known (a branch's, a loop's,
 * a choice's), what is known of each becomes a value that is chosen in the same way.
 */
#ifndef ADGEN_TRACK_H
#define ADGEN_TRACK_H

#include "ir.h"

typedef struct {
    Function *function;
    Type *type; /* of the value */
    bool (*accepts)(const void *user, const Value *leaf);
    Value *(*leaf)(const void *user, Builder *b, const Value *leaf); /* its value, built where the leaf is visible */
    const void *user;
    const char *hint;
    VEC(const Value *) met;
    VEC(Value *) found; /* of each that was met; NULL while it is only listed */
} Track;

/* Is everything that the pointer may be accepted? */
bool track_is_known(Track *track, const Value *pointer);

/* The value that goes along with a pointer that is known. */
Value *track_value(Track *track, Value *pointer);

#endif
