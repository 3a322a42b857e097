/*
 * reverse.h: what the files that build the reverse sweep share.
 *
 *     reverse.c         the walk backwards, pure operations, loads and stores
 *     reverse_region.c  branches and loops
 *     reverse_shadow.c  where adjoints of memory live
 *     call.c            calls by rules and of recursive functions
 *
 * New values go to the builder b.
 */
#ifndef ADGEN_REVERSE_H
#define ADGEN_REVERSE_H

#include "heap.h"
#include "passes.h"

/* A value outside the region that the region contributes to. */
typedef struct {
    Value *primal;
    Value *before;       /* its adjoint outside */
    struct Frame *owner; /* who had touched it before */
    int index;           /* loop: of the carried adjoint */
    Value *after_then;   /* branch: its adjoint after the first block */
} Touched;

typedef VEC(Touched) TouchedList;

/* One region of the reverse sweep being built. */
typedef struct Frame {
    struct Frame *outer;
    const Block *primal;
    Value *loop; /* the reverse loop; NULL in a branch and at the top */
    TouchedList touched;
} Frame;

/* The shadow of a variable outside functions: of this call, zero when it begins. */
typedef struct {
    const Global *global;
    Value *shadow;
} GlobalShadow;

typedef struct {
    Function *function;
    const Activity *activity;
    unsigned last_id;   /* of the primal's values */
    Value **adjoint;    /* by id of a primal value; NULL is zero */
    Frame **touched_by; /* by id */
    Value **shadow;     /* by id: shadow object of a local, shadow of a loaded or chosen pointer */
    Frame *frame;
    Builder b;
    Value ***shadow_args; /* by id of a call of a recursive function: what its forward half takes besides (call.c) */
    VEC(GlobalShadow) globals;
    bool strong_zero;     /* --strong-zero: zero times anything is zero */
    const Value *refused; /* the local object that was, at last */
} Reverse;

/* ---- reverse.c ---- */

bool reverse_is_primal(const Reverse *r, const Value *v);
bool reverse_is_active(const Reverse *r, const Value *v);
/* The adjoint of v so far; NULL is zero. */
Value *reverse_adjoint(const Reverse *r, const Value *v);
/* v_bar += x */
void reverse_contribute(Reverse *r, Value *v, Value *x);
/* Before a region first contributes to a value outside it: the regions around take note, outermost first. */
void reverse_touch(Reverse *r, Frame *frame, Value *v);
void reverse_block(Reverse *r, const Block *block);
Value *reverse_zero(Reverse *r, Type *type);
const char *reverse_bar_name(const Value *v);
Builder reverse_builder_at(const Reverse *r, Block *block, Value *before, Loc loc);

/* ---- reverse_region.c ---- */

bool reverse_region_is_active(const Reverse *r, const Value *v);
void reverse_if(Reverse *r, const Value *v);
void reverse_loop(Reverse *r, Value *v);

/* ---- reverse_shadow.c ---- */

/* Puts shadow pointers beside primal ones, and shadows beside the objects that last: first of all. */
void reverse_shadow_block(Reverse *r, Block *block);
/* Memory stays for the reverse sweep, ... */
void reverse_delay_frees(const Reverse *r, const Block *block);
/* ... which gives it back where the program allocated. */
void reverse_free_both(Reverse *r, Value *v);
/* Memory from the heap that has a shadow, or such memory's end. */
bool reverse_is_shadowed(const Reverse *r, const Value *call, HeapRole role);
/* A local object whose shadow the reverse of its block makes. */
bool reverse_wants_shadow(const Reverse *r, const Value *local);
void reverse_make_shadow(Reverse *r, Value *local);
/* The address where the derivative of what is at `address` lives. */
Value *reverse_shadow_address(Reverse *r, Value *address);
/* ... and that of passive memory is null, wherever in it the pointer points: to be kept, or handed on. */
Value *reverse_shadow_pointer(Reverse *r, Value *pointer);
/* The condition that an address has a shadow, where the pointer may also lead to passive memory; NULL where it has for
 * sure. */
Value *reverse_shadow_exists(Reverse *r, Value *address);
/* Does what the address leads to have a shadow, for sure? */
bool reverse_has_shadow(const Reverse *r, Value *address);
/* It may have one, or not: that depends on the run. */
bool reverse_may_have_shadow(const Reverse *r, Value *address);
bool reverse_is_active_memory(const Reverse *r, Value *address);
/* Memory with an adjoint can be reached by the pointer. */
bool reverse_reaches_active(const Reverse *r, Value *address);

/* ---- call.c ---- */

/* The reverse of a call by the rule of the user's own. */
void reverse_call(Reverse *r, Value *call);
/* The reverse of a call of a recursive function, which becomes one of its forward half. */
void reverse_split_call(Reverse *r, Value *call);
/* ... where its forward half goes along with shadow pointers: those, and that of its result, beside the call. */
void reverse_shadow_call(Reverse *r, Value *call);
bool reverse_call_is_active(const Reverse *r, const Value *call);

#endif
