/*
 * accesses.h: an index of what a function reads and writes, by the order of the program and by what the address starts
 * from, so that "who touches this between here and there?" looks only at those that may.
 */
#ifndef ADGEN_ACCESSES_H
#define ADGEN_ACCESSES_H

#include "ir.h"

typedef struct Accesses Accesses;

/* A load, an addition, a store, ... or a call; not a region. */
typedef struct {
    Value *by;
    unsigned at; /* its place in the order of the program */
} Access;

typedef VEC(Access) AccessList;

/* Which of them are asked for. */
typedef enum { ACCESS_ALL, ACCESS_NO_ADDITIONS, ACCESS_WRITES, ACCESS_KINDS } AccessKind;

enum { ACCESS_LISTS = 5 };

typedef struct {
    const AccessList *lists[ACCESS_LISTS];
    int nlists, list;
    size_t next;
    unsigned from, until;
} AccessWalk;

/* Needs: memory_mark_private. True of the function as it is; values that are made later have no place in it. */
Accesses *accesses_find(Function *fn);

/* Places: of a value; of the last value in it, itself where it is no region; of the last value of a block. */
unsigned accesses_place(const Accesses *a, const Value *v);
unsigned accesses_last(const Accesses *a, const Value *v);
unsigned accesses_end(const Accesses *a, const Block *block);

/*
 * Whoever may touch what is at the address, at places from `from` to `until`; more than do, in no order but that of
 * their lists. Calls are of every kind.
 */
AccessWalk accesses_walk(const Accesses *a, const Value *address, unsigned from, unsigned until, AccessKind kind);
Value *accesses_next(AccessWalk *walk); /* NULL at the end */

#endif
