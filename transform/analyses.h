/*
 * analyses.h: what passes ask about a function before they change it. Answers are conservative: in doubt, the one that
 * changes nothing.
 */
#ifndef ADGEN_ANALYSES_H
#define ADGEN_ANALYSES_H

#include "ir.h"

/* ---- memory.c: addresses ---- */

/* --may-alias: pointer parameters of the primal may overlap one another, and then their adjoints do alike. */
void memory_let_params_alias(bool on);
bool memory_params_may_alias(void);
/* The object that an address points into: VAL_LOCAL, VAL_PARAM, VAL_PARAM_OBJECT, VAL_GLOBAL, VAL_ALLOC, or the value
 * that the chain of PTRADD, FIELD, DECAY and pointer casts starts with. */
Value *memory_base(Value *address);
/* ... or, where that is a pointer that was loaded, what the chain of loads starts from. */
const Value *memory_owner(const Value *base);
/* Sets is_private of each object. Needed again after passes that make objects or let addresses escape. */
void memory_mark_private(Function *fn);
/* The same fields and indices from the same base, computed once or twice. */
bool memory_same_address(const Value *a, const Value *b);
/*
 * May a write of one location change a read of the other? Both are addresses; values that they are made of stand for
 * the same in both (one iteration of the loops around both). Conservative: true when in doubt.
 */
bool memory_may_alias(const Value *address_a, const Value *address_b);
/* As memory_may_alias, for accesses in any two iterations of the loops around them. */
bool memory_may_alias_ever(const Value *address_a, const Value *address_b);
/* As memory_may_alias, for accesses in any two iterations of `loop`, but in one of the loops around it. */
bool memory_may_alias_within(const Value *address_a, const Value *address_b, const Value *loop);

/* May the address lie behind `base`, through choices and loops? */
bool memory_may_come_from(const Value *address, const Value *base);
/* The bases that the pointer may come from, through choices and loops; answers how many, -1: not all of them are known.
 */
enum { MEMORY_MAX_ROOTS = 8 };
int memory_roots(const Value *pointer, const Value *roots[MEMORY_MAX_ROOTS]);

/* A select, a carried value or a result: its roots are what it leads to. */
bool memory_is_choice(const Value *base);
/*
 * Do the two pointers, which a loop carries from step to step, only change places with one another, or go round among
 * more? Then they never lead to the same object in one iteration.
 */
bool memory_take_turns(const Value *a, const Value *b);
/* Memory with a beginning of its own: distinct objects are distinct memory. */
bool memory_is_object(const Value *base);
/* Is it memory of objects that are made in the block, or in blocks inside? */
bool memory_is_made_in(const Value *address, const Block *block);

/* ---- effects.c: what instructions do to memory ---- */

/* Writes that a region, or a whole block, may do; asks memory_may_alias for each. */
bool memory_region_writes(const Value *region, const Value *address);
bool memory_block_writes(const Block *block, const Value *address);
/* May v, an instruction of any kind, change what is at the address? */
bool memory_clobbers(const Value *v, const Value *address);
/* May v, or what is in it, change what is at the address in any iteration of the loops around the two? */
bool memory_writes_ever(const Value *v, const Value *address);
bool memory_block_writes_ever(const Block *block, const Value *address);
/* Does v have an effect beside its value: a write, a call, or a region with one in it? */
bool memory_has_effect(const Value *v);

/* ---- elements of arrays ---- */

/*
 * fill.c: the outermost of the loops around a write that, together, write every element of the local array `object`,
 * once each; NULL if they do not.
 */
const Value *fill_loop(const Value *object, const Value *write);
/* The elements that the counters of loops reach, one loop for each dimension. */
enum { FILL_MAX = 4 };
typedef struct {
    int rank;
    const Value *loops[FILL_MAX];
} FillRange;

/* The range that the address of an element covers; false where its indices are not plain counters. */
bool fill_range(const Value *object, const Value *address, FillRange *range);
/* As fill_loop: the outermost of the loops around a write that write the whole range; NULL if they do not. */
const Value *fill_range_loop(const Value *object, const Value *write, FillRange *range);
bool fill_same_range(const FillRange *a, const FillRange *b);
/* Do the loops count about as far as the array goes, so that a copy of all of it holds hardly more than they reach? */
bool fill_loops_span(Value *const *loops, int nloops, const Value *object);
/* Does the address of an element lie in its local object for sure, whether it is accessed or not? */
bool fill_is_inside(const Value *address);

/* index.c: do different iterations of these loops reach different memory by this address? False when in doubt. */
bool index_is_injective(const Value *address, Value *const *loops, int nloops);

/*
 * dependence.c: does `write` never come, later, to what `access` has touched at `address`? Both run in one run of the
 * block `both` or, where `loop` is not NULL, in two iterations of it, the write in the later one (`both`: its body).
 */
bool dependence_is_apart(const Value *access, const Value *address, const Value *write, const Block *both,
                         const Value *loop);

/* ---- trips.c: how often loops run ---- */

/*
 * Can it be told in the block how often the loop runs at most? One of its ends may move with the loops around, as in
 * for (j = 0; j < i; j++); where both do, they may stay close to one another, and nothing but a tape is small.
 */
bool trips_are_bounded(const Value *loop, const Block *outside);
/* How often it runs, where that is a constant of at most `most`; 0 otherwise. */
int trips_constant(const Value *loop, int most);
/* An unsigned difference, or a negative number made unsigned, may have wrapped around, or what is made of one. */
bool trips_may_wrap(const Value *v);
/* How often the loop runs, at most: a value visible in the block, of type size_t. */
Value *trips_count(Builder *b, const Value *loop, const Block *outside);
/* How many steps the loop makes from there to the counter. */
Value *trips_between(Builder *b, const Value *loop, Value *from, Value *counter);
/* Which iteration it is, from 0 or more, in either sweep. */
Value *trips_number(Builder *b, const Value *loop, Value *counter, const Block *outside);
/* Whether a loop from `from` up to `to` has so many iterations. Their difference is for where it runs: bounds that say
 * that nothing is to be done, INT_MAX and INT_MIN, may be too far apart for their type. */
Value *trips_at_least(Builder *b, Value *from, Value *to, int64_t trips);
/* The loop runs once at least, whenever it is come to. */
bool trips_for_sure(const Value *loop);

/* series.c: an integer that a counted loop carries, and that has a closed form. */
enum { SERIES_TERMS = 4 };

typedef struct {
    Type *type;
    Value *init;
    int64_t constant, per; /* each step adds constant + per * counter + the terms, each so many times */
    int nterms;
    Value *term[SERIES_TERMS]; /* from before the loop */
    int64_t times[SERIES_TERMS];
} Series;

bool series_find(const Value *carried, Series *series);
/* What the integer is in iteration `number` (from 0) of the loop, which begins with counter `from`. */
Value *series_value(Builder *b, const Series *series, const Value *loop, Value *from, Value *number);

/* sums.c: does carried value `index` of the loop only add up, so that the order of iterations does not matter? */
typedef struct Sums Sums;
Sums *sums_find(Function *fn);
bool sums_is_sum(Sums *s, const Value *loop, int index);

/* ---- activity.c ---- */

typedef struct Activity Activity;

/* Which values and objects carry derivatives from the request's parameters to its results. Reports what cannot be
 * differentiated. */
Activity *activity_find(Function *fn, const Request *request);
bool activity_is_active(const Activity *a, const Value *v);              /* a real value with a derivative */
bool activity_is_active_memory(const Activity *a, const Value *address); /* reals at the address have a shadow */
/* Is there memory with a shadow to be reached from the pointer? */
bool activity_leads_to_active(const Activity *a, const Value *pointer);
bool activity_shadow_may_be_null(const Activity *a, const Value *pointer); /* it may point to passive memory as well */
bool activity_has_bar(const Activity *a, int param);
/* By parameter: may the function write what the pointer leads to? */
bool *activity_written_params(const Function *fn);
/* As activity_find, without reporting anything. */
Activity *activity_probe(Function *fn, const Request *request);
/* May both pointers lead to the same memory? */
bool activity_is_same_memory(const Activity *a, const Value *p, const Value *q);
/* ... or to memory from where pointers lead to the same? */
bool activity_may_meet(const Activity *a, const Value *p, const Value *q);
/* May the pointer lead to memory that was there before the call, or that recursive functions make or end? */
bool activity_is_foreign(const Activity *a, const Value *pointer);

/* ---- call.c: functions with a reverse rule of the user's own ---- */

bool call_has_rule(const Value *v);
/* ... or by a recursive function's halves: what it reads and writes is known from its prototype. */
bool call_is_known(const Value *v);
/* May the callee write what argument `arg` leads to? Not where its prototype says const. */
bool call_writes_through(const Value *call, int arg);
/* ... or what pointers in there lead to? */
bool call_follows_pointers(const Value *call, int arg);
/* The argument before this one that may lead to the same memory, where that is written by one of them; -1: none. */
int call_overlap(const Activity *a, const Value *call, int arg);
/* Does the rule take an adjoint for the parameter? */
bool call_has_bar(const Function *callee, int param);

#endif
