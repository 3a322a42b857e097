/*
 * transform.h: what the front end and the code generator may ask of transform/, whose header is ir.h besides.
 */
#ifndef ADGEN_TRANSFORM_H
#define ADGEN_TRANSFORM_H

#include "ir.h"

typedef struct {
    bool one_pass;    /* --no-one-pass */
    bool recompute;   /* --no-recompute */
    bool unroll;      /* --no-unroll */
    bool replay;      /* --no-replay */
    bool strong_zero; /* --strong-zero */
    bool may_alias;   /* --may-alias */
    bool workspace;   /* --workspace */
    bool verify;      /* check the IR after each pass (default in debug builds) */
} DeriveOptions;

/*
 * The derivative that `request` asks for, as a new function of the module, ready for codegen: every use is visible,
 * nothing is dead. NULL with errors reported where it cannot be made.
 */
Function *derive(Module *module, Request *request, const DeriveOptions *options);

/* The request's function with its calls inlined and its locals promoted, before differentiation: for --emit=ir and
 * --emit=dot. */
Function *derive_prepared(Module *module, Function *fn, const DeriveOptions *options);

/*
 * May a write of one location change a read of the other? Both are addresses; values that they are made of stand for
 * the same in both (one iteration of the loops around both). Conservative: true when in doubt.
 */
bool memory_may_alias(const Value *address_a, const Value *address_b);

/* The object that an address points into: VAL_LOCAL, VAL_PARAM, VAL_PARAM_OBJECT, VAL_GLOBAL, VAL_ALLOC, or the value
 * that the chain of PTRADD, FIELD, DECAY and pointer casts starts with. */
Value *memory_base(Value *address);

#endif
