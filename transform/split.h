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
    Value *twin; /* in `work`: the reverse of the branch that the body is in; NULL: there is nothing to reverse */
    Function *forward, *reverse;
    unsigned first_id; /* in the shape (activity_shape.c) */
    bool *follows;     /* by parameter: the forward half is given its adjoint, too (split_shadows.c) */
    bool is_quiet;     /* there is a forward half only: for pointers, and what stays longer */
    bool is_idle;      /* ... and that does nothing */
    bool is_flat;      /* its derivative is zero: it is called as it is, and there are no halves */
} Part;

struct Split {
    VEC(Part *) parts;
    const char *name; /* of the derivative */
    const Function *requested;
    Function *caller; /* prepared */
    Type *tape;
    bool is_kept_on;    /* something is put on the tape */
    Activity *shape;    /* which memory their calls put together (activity_shape.c) */
    bool pointers_move; /* pointers are written to memory that the functions see: the forward halves go along with
                           shadow pointers, since the reverse ones would find others */
    bool params_alias;  /* what two of their parameters lead to may overlap */
    bool gives_back;    /* one of the functions gives memory back to the heap */
    bool memory_stays;  /* nothing writes what the functions' pointer parameters lead to, from the first forward call to
                           the last reverse one */
};

/* ---- split_recursive.c ---- */

/* Does nothing write what the functions' pointer parameters lead to, from the first forward call to the last reverse?
 */
bool split_find_memory_stays(const Split *split);

/* A store, or a copy, of pointers to what may carry derivatives. */
bool split_writes_pointer(const Value *v);
/* Are such pointers in a variable of the type? */
bool split_holds_real_pointers(const Type *t);

/* ---- split_shadows.c ---- */

bool split_find_pointers_move(const Split *split);
/* Sets follows[]. */
void split_find_followed(const Split *split);
/* Sets is_quiet: when it is known what is active. */
void split_find_quiet(const Split *split);
/* Sets is_idle, and leaves out calls of what is: when the halves are made. */
void split_drop_idle(const Split *split);

/* ---- activity_shape.c ---- */

void activity_find_shape(Split *split);

/* ---- split_refuse.c ---- */

/* Can it be taken apart? If not, the reason is reported. */
bool split_check(const Part *part);
bool split_refuse(const Function *fn, Loc loc, const char *why, const char *way_out);

/* ---- split_arguments.c ---- */

/* Which parameters lead to what is written, and which have adjoints: of all functions, to a fixpoint. */
void split_find_written(const Split *split);
void split_find_bars(const Split *split, const Request *request);

/* ---- split_halves.c ---- */

/* Adds the tape to the parameters, and puts the body into a branch. */
void split_wrap_body(Function *work, const Split *split);
/* The two halves' signatures; the derivative as a whole; then their bodies. */
void split_open(const Split *split, Part *part);
bool split_sweep(Part *part, const DeriveOptions *options);
bool split_build(Part *part, const DeriveOptions *options);

/* ---- split_result.c ---- */

/* Which reverse halves return what the function returned. Needs: split_sweep, of all. */
void split_choose_returns(const Split *split, const DeriveOptions *options);

/* ---- split.c ---- */

Part *split_part_of(const Split *split, const Function *callee);
bool split_is_active(const Part *part);

#endif
