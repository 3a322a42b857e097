/*
 * split.h: the functions of one derivative that are recursive, while they are taken apart (split.c).
 */
#ifndef ADGEN_SPLIT_H
#define ADGEN_SPLIT_H

#include "passes.h"

typedef struct {
    Function *function; /* the user's */
    Function *work;     /* prepared, then differentiated as a whole */
    Request request;    /* wanted: which parameters have adjoints */
    Function *forward, *reverse;
    bool is_flat; /* its derivative is zero: it is called as it is, and there are no halves */
} Part;

struct Split {
    VEC(Part *) parts;
    const char *name; /* of the derivative */
    const Function *requested;
    Function *caller; /* prepared */
    Type *tape;
    int ntapes;
    bool memory_stays; /* nothing writes what the functions' pointer parameters lead to, from the first forward call to
                          the last reverse one */
};

/* ---- split_recursive.c ---- */

/* Does nothing write what the functions' pointer parameters lead to, from the first forward call to the last reverse?
 */
bool split_find_memory_stays(const Split *split);

/* ---- split_refuse.c ---- */

/* Can it be taken apart? If not, the reason is reported. */
bool split_check(const Part *part);
bool split_refuse(const Function *fn, Loc loc, const char *why, const char *way_out);

/* ---- split_arguments.c ---- */

/* Which parameters lead to what is written, and which have adjoints: of all functions, to a fixpoint. */
void split_find_written(const Split *split);
void split_find_bars(const Split *split, const Request *request);

/* ---- split_halves.c ---- */

/* Adds the tapes to the parameters, and puts the body into a branch. */
void split_wrap_body(Function *work, const Split *split);
/* The two halves' signatures; then their bodies. */
void split_open(const Split *split, Part *part);
bool split_build(Part *part, const DeriveOptions *options);

/* ---- split.c ---- */

Part *split_part_of(const Split *split, const Function *callee);
bool split_is_active(const Part *part);

#endif
