/*
 * passes.h: what transform/ does to a function, in the order in which derive.c does it. Each pass says what it needs
 * and what it leaves true.
 */
#ifndef ADGEN_PASSES_H
#define ADGEN_PASSES_H

#include "analyses.h"
#include "transform.h"

/* ---- shape (before differentiation) ---- */

/* into.c: fn's body, lowered on demand; in it, recursive functions that return structs give them by a pointer. */
Block *into_body(Function *fn);
/* For messages: what the user calls the function, and which argument, from 1, the parameter is, or is a member of. */
const char *into_user_name(const Function *fn);
int into_user_argument(const Function *fn, int param);

/*
 * inline.c: a copy of `fn` in which calls of functions with bodies are replaced by those bodies.
 * Before: %3 = call @square %2      After: %9 = load ..., %10 = mul %9, %9
 * Leaves: calls of functions without bodies, of those with a rule of the user's own, and recursive ones.
 */
Function *inline_calls(Function *fn);

/*
 * passive.c: what is read and written through pointers that are ADGEN_PASSIVE has the derivative zero.
 * Before: %p = load %target; %x = load %p      After: ...; %y = passive %x
 */
void passive_pointers(Function *fn);

/* A function with the parameters of `fn`, a recursive one, that calls it: what is differentiated in its place. */
Function *inline_only_call(Function *fn);

/*
 * promote.c: scalars in memory become values. Objects (and leaves of small records and arrays) that are only loaded and
 * stored at constant places get SSA values, with results of branches and carried values of loops where needed.
 * Before: store %i, 0; loop { load %i ... store %i, %n }      After: loop carried %i' = 0 ... yield %n
 */
void promote_locals(Function *fn);

/*
 * blocks.c: memcpy, memmove and memset of memory with reals become loads and stores, realloc becomes malloc and a copy.
 * Needs: pointers in SSA form. True where something was there, whose addresses want to be promoted again.
 */
bool blocks_expand(Function *fn);
/* Is there a call left of a function that copies bytes? */
bool blocks_remain(const Function *fn);
/* q = realloc(p, n) of memory that knows its size (heap.h): allocates, copies what fits, gives back. */
void blocks_resize(Function *fn, Value *realloc_call);
bool blocks_can_resize(const Value *realloc_call);
/* *to = *from, scalar by scalar: `to` and `from` are addresses of one type without unions. */
void blocks_copy(Builder *b, Value *to, Value *from);

/*
 * own.c: by-value records that the function writes are copied to a local object first: the parameter keeps the caller's
 * value, to which its adjoint belongs.
 */
void own_records(Function *fn);
/* Objects of branches that run once at most belong to the function's outermost block, so that pointers to them last. */
void own_hoist(Function *fn);
/*
 * Objects of loops that pointers are kept to, or that hold pointers, too: each iteration has the object anew, but none
 * asks for what another left there, so that one object serves all; and pointers to its adjoint last till the reverse
 * sweep. An array whose size is known only in the block is memory from the heap instead.
 */
void own_hoist_kept(Function *fn);

/*
 * targets.c: calls of function pointers whose targets are known become direct calls, chosen by what chose the pointer.
 * Needs: pointers in SSA form. True where there were some: they want to be inlined.
 */
bool targets_resolve(Function *fn);
/* Is there a call of a function pointer left, or a comparison of one with a function? */
bool targets_remain(const Function *fn);

/* world.c: the functions that a loaded pointer to a function may lead to; false: not all of them are known. */
bool world_targets(Function *fn, const Value *load, Function ***targets, size_t *count);

/*
 * variants.c: calls of recursive functions that are given functions, or untyped memory, become calls of variants of
 * them that have what they are given built in. Needs: pointers in SSA form. True where there were some.
 */
bool variants_call(Function *fn);
/* Is there a call left that might become one? */
bool variants_remain(const Function *fn);

/*
 * loops.c: loops whose trip count is known on entry become counted, values that step evenly with the counter become
 * expressions of it, branches that only choose between computed values become selects.
 */
void loops_canonicalize(Function *fn, const DeriveOptions *options);

/* bounds.c: bounds of inner loops that outer loops don't change are computed before those. Needs: counted loops. */
void bounds_hoist(Function *fn);

/*
 * walk.c: pointers that walk become a pointer that stays and an index that changes: all of them, or those that walk in
 * objects of inner blocks. True where there were some.
 */
typedef enum { WALKS_ALL, WALKS_IN_INNER_OBJECTS } Walks;
bool walk_by_index(Function *fn, Walks which);

/*
 * unroll.c: short loops are written out where that turns small arrays, or elements that the loop around leaves alone,
 * into scalars. Needs: counted loops. True where it changed something: locals want to be promoted again.
 */
bool unroll_loops(Function *fn);

/*
 * values.c: equal pure values become one; loads of what is known to be there become that; a store of `*p + e` to p
 * becomes an accumulation; carried values that never change become their initial value.
 */
void values_number(Function *fn);
/* The same between reverse_sweep and storage_plan, where the reverse of a region may use its primal's values. */
void values_number_sweeps(Function *fn);
/* --no-merging: reals are left as they are. Integers and pointers are not: addresses and bounds are compared by name.
 */
void values_let_reals_merge(bool on);

void values_accumulate(Function *fn);

/* overwritten.c: stores that others overwrite, unread, are left out. True where there were some. Needs: equal values
 * are one. */
bool stores_drop_overwritten(Function *fn);

/* rows.c: a flat pointer's places in a matrix, where they can be told. True where there were some. */
bool rows_fold(Function *fn);

/* dead.c: removes what nothing needs: values without uses, stores to objects that are never read, empty regions. */
void dead_remove(Function *fn);

/*
 * scratch.c: work arrays that each iteration of a loop fills anew before reading are declared in that loop.
 */
void scratch_place(Function *fn);

/* rename.c: work arrays that an iteration fills several times become several arrays. Needs: scratch_place. */
void arrays_rename(Function *fn);

/*
 * substitute.c: elements of work arrays that cost little are computed where they are read. True where there were some.
 * Needs: scratch_place.
 */
bool arrays_substitute(Function *fn);

/*
 * peel.c: first and last iterations that conditions single out are taken out of inner loops: all but those that only
 * choose neighbours around a ring, which are for later, or those. True where there were some. Needs: counted loops.
 */
typedef enum { PEEL_ALL, PEEL_ALL_BUT_RINGS, PEEL_RINGS } Peeling;
bool loops_peel(Function *fn, Peeling reason);

/* ---- with what is active known ---- */

/*
 * argmax.c: of an active value that iterations replace or leave alone, the loop remembers which one replaced it last,
 * and behind the loop it is read again from there. Needs: counted loops. True where it changed something.
 */
bool argmax_remember(Function *fn, const Request *request);
/* ... and what was read again is the loop's result where that is in reach. Needs: storage planned. */
void argmax_forget(Function *fn);

/* resize.c: realloc of memory that a pointer in memory leads to. True where there was some to be differentiated. */
bool reallocs_resize(Function *fn, const Request *request);

/* ---- reverse.c ---- */

/*
 * Appends the reverse sweep to fn, a prepared copy of the primal with the bars among its parameters: adjoints of
 * everything active, in reverse order, region by region. `seed` is the adjoint of the result, NULL where there is none.
 * Uses primal values freely, even out of scope: storage_plan makes that legal.
 */
void reverse_sweep(Function *fn, const Activity *activity, Value *seed, bool strong_zero);

/* ---- split.c: recursive functions ---- */

typedef struct Split Split;

/* Calls of the function are followed into its body. */
bool split_looks_into(const Function *fn);
bool split_is_recursive(Function *fn);
/* A call that is differentiated by the halves of its function. */
bool split_takes(const Value *call);
/*
 * Finds the recursive functions that fn calls, and makes their forward and reverse halves. False where one cannot be
 * taken apart; the reason is reported. Leaves: fn->split and fn->tape, where there are any.
 */
bool split_prepare(Function *fn, Request *request, const DeriveOptions *options);
/* The halves, and for each parameter whether the reverse half takes an adjoint. False: its derivative is zero. Without
 * a reverse half: there is nothing for it to do; idle: nor for the forward half. */
bool split_halves(const Split *split, const Function *callee, Function **forward, Function **reverse,
                  const bool **has_bar);
bool split_is_idle(const Split *split, const Function *callee);
bool split_has_bar(const Split *split, const Function *callee, int param);
/* Does the forward half take the adjoint of the parameter, too; does it give a shadow of the pointer that it returns?
 */
bool split_follows(const Split *split, const Function *callee, int param);
bool split_gives_shadow(const Split *split, const Function *callee);
/* Do pointers change as the recursive functions run? */
bool split_pointers_move(const Split *split);
/* ... or do they allocate memory, or give it back? */
bool split_owns_memory(const Split *split);
/* Does what the parameters of the recursive functions point to stay as it is while the derivative runs? */
bool split_memory_stays(const Split *split);
/* defer.c: pure operations of the reverse sweep stand behind the reverse calls that they don't come before for a use.
 */
void values_defer(Function *fn);
/* Where the halves of a recursive function keep what the reverse one needs. */
Value *split_tape(const Function *fn);
/* When fn is ready: what it calls and nobody else defines comes with it. */
void split_finish(Function *fn, const DeriveOptions *options);

/* terms.c: like terms of adjoints' sums are collected. True where there were some; what is left over is dead. */
bool terms_collect(Function *fn);

/* divide.c: adjoints divided by one value are multiplied with its reciprocal. Needs: storage not planned yet. */
void divide_by_reciprocals(Function *fn);
/* ... and those in loops in which that value is always the same. True where there were some. Needs: storage planned. */
bool divide_by_invariants(Function *fn);

/* inverses.c: what adjoints are divided by in each iteration of a loop is inverted once, in an array before it. True
 * where there was some. Needs: storage planned. */
bool divisors_invert(Function *fn);

/*
 * compact.c: values side by side in memory, in the order of the program, with ids that have no gaps. Leaves the
 * function as it is, but for where its values are: nobody may hold on to one meanwhile.
 */
void values_compact(Function *fn);

/*
 * checkpoint.c: loops with ADGEN_CHECKPOINT keep snapshots of their state, and their steps run again. Warns where that
 * can't be done. Needs: storage not planned yet, no loops fused. True where there were some.
 */
bool checkpoint_loops(Function *fn);

/* early.c: what the reverse sweep compares of primal values is compared in the primal. Needs: storage not planned yet.
 */
void conditions_early(Function *fn);

/* ---- invariant.c ---- */

/* Moves dear arithmetic that is the same in each iteration out of loops of the reverse sweep. */
void invariants_hoist(Function *fn);

/* ---- storage.c ---- */

/* Makes every use legal: what is still there is used or loaded again, what is cheap is computed again, the rest is
 * kept. Values behind last_id are where they are used. */
void storage_plan(Function *fn, const DeriveOptions *options, unsigned last_id);
/* What storage_plan would find it to cost: CUT_INFINITE where it cannot be done. */
int64_t storage_weigh(Function *fn, const DeriveOptions *options);
/* How many of the values inside[id] storage_plan would keep for the outermost reverse region `twin`, and how often that
 * would be for one of its iterations, times guessed trips. */
int storage_estimate(Function *fn, const DeriveOptions *options, Value *twin, const bool *inside, int64_t *weight);

/*
 * expand.c: can the array keep, as it is when `region` begins, what the reverse of its block asks for, if each run of
 * the block has one of its own?
 */
bool expand_is_possible(const Value *object, const Value *region);
/* `row`, a pointer to its elements, takes the object's place. */
void expand_object(Value *object, Value *row);

/* restore.c: arrays whose copies storage keeps, though what is kept besides tells them, are computed from that step by
 * step. Needs: storage planned, and nothing changed since. */
void states_restore(Function *fn);

/* history.c: arrays that storage keeps copies of are written to where the next copy is kept. Needs: storage planned. */
void history_move(Function *fn);
/* Does each iteration of the loop write the whole array anew, so that this could be done? */
bool history_is_renewed(Value *object, Value *loop);

/* order.c: reverse loops whose iterations may run in any order run forwards. Needs: storage planned. */
void order_loops(Function *fn);
/* Is every place in memory that the loop writes, other than by adding to it, one iteration's own? */
typedef struct Accesses Accesses; /* accesses.h */
bool order_is_free(const Accesses *accesses, const Value *loop);

/* fission.c: additions to neighbouring elements are gathered, or get a loop each. Needs: reverse loops that may run
 * forwards do. True where there were some. */
bool loops_split(Function *fn, const DeriveOptions *options);

/* clears.c: shadows are not cleared where nobody looks again, ... */
void clears_drop_dead(Function *fn);
/* ... or where the first addition can be a store. Needs: additions gathered, which makes more of them the first. */
void clears_store_first(Function *fn);

/* interchange.c: loops that only add to adjoints change places where the inner one then goes along rows. Needs: reverse
 * loops that may run forwards do. True where there were some. */
bool loops_interchange(Function *fn);

/* gather.c: what a loop adds to one place is summed in a local and added once, behind the loop. */
void gather_adjoints(Function *fn);

/*
 * join.c: neighbouring reverse loops that count alike become one where the second goes on with the elements that the
 * first leaves in a work array. Needs: first additions stored. Answers whether any did; leaves work for values_number
 * and dead_remove then.
 */
bool join_loops(Function *fn);

/* factor.c: adjoints that a linear map hands on, which a loop does not change, are summed first and mapped once behind
 * it. True where there were some. Needs: additions gathered, nothing dead. */
bool maps_factor(Function *fn);

/* guard.c: reverse loops whose adjoint a choice of the primal has made zero are not run. */
void guard_loops(Function *fn);

/* ring.c: what loops around a ring add to neighbours is gathered from neighbours. True where there was some. Needs:
 * loops ordered, nothing dead. */
bool rings_gather(Function *fn);
/* (i + 1) % n, where i counts to n, becomes i < n - 1 ? i + 1 : 0. True where there was some. */
bool rings_choose(Function *fn);

/* lanes.c: loops that only sums of adjoints keep from being vectorised sum in lanes. Changes the order of those sums.
 */
bool lanes_split(Function *fn);

/* jam.c: loops over rows that sum up take several rows together. True where there were some: equal values are several
 * then. Needs: nothing dead. */
bool rows_jam(Function *fn);

/* chains.c: what an iteration adds to a sum of adjoints is added up first. True where there was some. */
bool chains_shorten(Function *fn);
/* The same for additions to one place in memory. */
bool additions_merge(Function *fn);

/* fuse.c: loops whose forward and reverse sweep can run together do: one pass, nothing stored. */
void fuse_loops(Function *fn);

/* turns.c: work arrays that are copied back to a state change places with it. True where there were some. Needs:
 * nothing looks for the copy any more. */
bool arrays_take_turns(Function *fn);

/* sink.c: adjoints are cleared behind what they are added to. Needs: nothing moves any more. */
void clears_sink(Function *fn);

/* restrict.c: parameters that the function writes through say that nothing else overlaps them. */
void restrict_params(Function *fn);

/* apart.c: parameters that hide what inlined bodies mean by their name get another one. */
void apart_rename(Function *fn);

/* ---- derive.c ---- */

/* Checks the IR behind a pass, if the options say so. */
void derive_verify(const Function *fn, const DeriveOptions *options, const char *stage);
/* ---- signature.c ---- */

/* Has the function a parameter of this name? */
bool signature_has(const Function *fn, const char *name);
/* Appends a parameter to a derivative's; its value. */
Value *signature_add_param(Function *fn, Param param);
/* Declares the parameter `restrict`. */
void signature_restrict(Param *p);
/* Appends the adjoints of parameters, and that of the result, which is the answer (NULL: there is none). */
Value *signature_add_bars(Function *fn, const Activity *activity, Mode mode);

/* ---- reserve.c ---- */

/* In front of arrays that are allocated, a call says how many bytes they are together. */
void arrays_reserve(Function *fn);

/* ---- workspace.c ---- */

/*
 * Gives the derivative `fn`, which is otherwise ready, a last parameter `workspace` in place of what it allocates, and
 * makes fn->workspace, the function that says how large it is. False, with the reason reported, where that size is not
 * known beforehand. Leaves: no VAL_FREE, and of VAL_ALLOC those that only name a part of the workspace.
 */
bool workspace_use(Function *fn);

#endif
