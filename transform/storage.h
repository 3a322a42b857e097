/*
 * storage.h: what the files of storage_plan share. For each outermost region of the primal that the reverse sweep asks
 * something of:
 *
 *     storage.c         finds what is asked for, and runs the steps below
 *     storage_there.c   may a load be done again?
 *     storage_cost.c    what computing again and keeping cost
 *     storage_state.c   arrays whose state when a region begins serves its loads
 *     storage_told.c    conditions that what came of them tells
 *     storage_graph.c   where each value may come from, and the minimum cut that decides
 *     storage_keep.c    the values that are kept
 *     storage_copy.c    the arrays that are kept as a whole
 *     storage_back.c    what the reverse sweep itself brings back
 *     storage_supply.c  what stands for each value where the reverse sweep uses it
 */
#ifndef ADGEN_STORAGE_H
#define ADGEN_STORAGE_H

#include "accesses.h"
#include "cut.h"
#include "passes.h"
#include "section.h"

enum {
    COST_UNIT = 4,                 /* of an addition */
    COST_KEEP = 10 * COST_UNIT,    /* of storing and loading a value, with its part of memory traffic */
    COST_HAND_OUT = 2 * COST_UNIT, /* of keeping it in a local, where no loop is between */
    COST_HISTORY = 8 * COST_UNIT,  /* of an element of a state that writes itself there (history.c) */
    COST_ROW = COST_UNIT,          /* of an element of an array that outlives its iteration */
    COST_LOAD = 6,
    TRIPS_GUESS = 10,
    SMALL_BYTES = 4096, /* kept on the stack */
    MAX_DEPTH = 32
};

typedef VEC(Value *) Values;

/*
 * What an array holds while some region runs that does not write it: copied once for each run of the block that the
 * region is in, it serves all loads in the region. A local array of known extents is copied as a whole; of another one,
 * the section that the loads read, right before the region.
 */
typedef struct {
    Value *object;
    Section *section;    /* NULL: the whole */
    const Value *load;   /* ... one of those that read it */
    const Value *region; /* ... the first that does so */
    Block *block;
    Value *writer; /* the last value of the block, before the region, that writes the array; NULL: none */
    int node;
    bool expands; /* the array itself lives on, and nothing is copied */
    Value *array; /* of copies, one behind the other */
    Value *size;  /* of one, in elements, at most */
    bool kept;
    Value *reread; /* in the reverse sweep: where the copy of this run of the block begins */
    Value *after;  /* ... and the copy of the next, which is what this run leaves; NULL: nothing is read from there */
} State;

/* A comparison comes out the same with what is stored at the place for its operand. */
typedef struct {
    Value *place; /* NULL: it is as it stands */
    int operand;
} Told;

typedef struct {
    Function *function;
    const DeriveOptions *options;
    Accesses *accesses;
    Values *stores;   /* by id: where the program stores the value */
    Values handed_on; /* by id: the first result that hands the value out of its branch; NULL: none does */
    struct FreeResults *free_results; /* that hands further values out (storage_keep.c) */
    Value **yielded_as; /* by id: the result of the branch that the value is computed in; NULL: it hands on another */
    Value **twin;       /* by id of a primal region: its reverse */
    unsigned last_id;   /* values behind it are where they are used */
    /* per outermost region */
    Value *outermost; /* the primal region */
    bool *found_kept; /* by carried value of it: the state that a step finds is kept for sure; NULL: not known yet */
    Values copied;    /* arrays of which the copy that a step begins with is kept for sure */
    VEC(Use) uses;
    Values values;         /* everything that may be wanted */
    VEC(unsigned) touched; /* ids of which something is known below */
    int *node;             /* by id: its `again` node; `needed` is the next; 0: none */
    bool *kept;            /* by id */
    Value **copy;          /* by id: what stands for it in the reverse region */
    Value **home;          /* by id: array or tape that keeps it */
    Value **stored_at;     /* by id: the address where the program itself stores it, and where it stays */
    bool *handed_back;     /* by id: the state that an iteration leaves, where the state that it finds is kept */
    bool *was_kept;        /* by id: in a first plan */
    int *state_of;         /* by id: index + 1 of the state that it can be read from ... */
    Value **held_by;       /* ... and the load or store of the element */
    int *left_in;          /* by id: index + 1 of the state whose next copy has the value ... */
    Value **left_at;       /* ... and the address of the element */
    Told *told;            /* by id */
    bool *comes_back;      /* by id: the reverse sweep brings it back ... */
    bool *bound;           /* ... not where this is set: who asks before must find it as in the first plan */
    bool *was_kept_first;  /* by id: in that one */
    bool results_back;     /* in this plan, those do */
    bool probes;           /* nothing is built after the decision, nor reported */
    bool is_lost;          /* found so: an object that is gone is asked for */
    int64_t weight;        /* of the cut */
    VEC(State) states;
    CutGraph graph;
} Storage;

/* The loops around a value within the outermost region, outermost first. */
typedef struct {
    Value *loop[MAX_DEPTH];
    int count;
} Nest;

/* ---- storage.c ---- */

/* The block of the reverse sweep that runs once for each run of the primal's `block`. */
Block *storage_twin_block(const Storage *s, const Block *block);
/* Is v known before the outermost region? */
bool storage_is_before(const Storage *s, const Value *v);

/* ---- storage_there.c ---- */

/*
 * Is what is at the address written, in any iteration, by what stands at places (accesses.h) from `from` to `until`?
 * Writes by the very same address are left out where `own` says that different iterations use it for different memory.
 */
bool storage_written_between(const Storage *s, const Value *address, unsigned from, unsigned until, bool own);
bool storage_written_inside(const Storage *s, const Value *address, const Value *region, bool own);
/* ... in one run of the region, where what its block uses stays the same. */
bool storage_written_in_run(const Storage *s, const Value *address, const Value *region, bool own);
/* Nothing writes to the address after v, an access to it, until `end`, a block around it, is over. */
bool storage_stays_until(const Storage *s, const Value *v, const Value *address, const Block *end);
/* ... until the region begins, which is behind what v is in. */
bool storage_stays_before(const Storage *s, const Value *v, const Value *address, const Value *region);
/* ... until the reverse region is over. */
bool storage_still_there(const Storage *s, const Value *v, Value *address);

/* ---- storage_cost.c ---- */

/* How often the block runs, as far as is guessed, in one run of the outermost region; likewise v. */
int64_t storage_times_of_block(const Storage *s, const Block *block);
int64_t storage_times_executed(const Storage *s, const Value *v);
/*
 * An integer that each iteration of a while loop adds the same to: the number of the iteration tells it. The product of
 * the two is a value that it takes, or wraps as it does, so that it doesn't overflow.
 */
bool storage_steps_evenly(const Value *v);
Value *storage_step_of(const Value *v);
/* Of computing v again from its operands; CUT_INFINITE where that cannot be done. */
int64_t storage_cost_again(const Storage *s, Value *v);
/* Integers and pointers are had again in any case: they say where things are. */
bool storage_may_be_had_again(const Storage *s, const Value *v);
int64_t storage_cost_keep(const Storage *s, const Value *v);
/* cost * times, where the cost is finite. */
int64_t storage_weighted(int64_t cost, int64_t times);

/* ---- storage_state.c ---- */

/* Is it an array of scalars whose extents are known before the outermost region? How many dimensions: 0 if not. */
int storage_dimensions_before(const Storage *s, const Value *object);
/* Of a copy, in elements. */
int64_t storage_guess_size(const State *state);
/* The object's state when `region`, which is in `block`, begins: its index + 1 in s->states, with its nodes. */
int storage_new_state(Storage *s, Value *object, Block *block, const Value *region, const Value *address);
/*
 * The outermost region around the load that has not written what it reads: the array's state when that region begins.
 * 0: none.
 */
int storage_find_state(Storage *s, Value *load);
/* The same of a state that is asked for already, of when what `access` touched is still there. */
int storage_find_later(const Storage *s, const Value *access);

/* ---- storage_told.c ---- */

/* Sets told[] for conditions that a first plan keeps, or computes again from what is kept. True where there are some.
 */
bool storage_find_told(Storage *s);

/* ---- storage_graph.c ---- */

/* Is v known in the reverse sweep without more ado? */
bool storage_is_there(const Storage *s, const Value *v);
/*
 * Where the program itself stores v, behind it in the same block, and leaves it: from there it can be loaded. Behind a
 * branch that v is the value of, likewise: t = c ? v : w; a[i] = t. NULL if there is no such place.
 */
Value *storage_own_place(const Storage *s, const Value *v);

typedef void (*ChoiceOperand)(Storage *s, Value *operand, void *request);

/* Applies `visit` to what a branch is computed from: its condition, and what its blocks take from outside. */
void storage_visit_choice(Storage *s, const Value *region, ChoiceOperand visit, void *request);
/* Sets kept[], stored_at[], left_in[], state_of[] and states[].kept for what s->uses ask for. */
void storage_decide(Storage *s);

/* ---- storage_back.c ---- */

/* Is there anything that comes back, and somebody who may ask for it? */
bool storage_any_comes_back(const Storage *s);
/* Is v, which is neither loaded nor computed again, there behind some place of the reverse sweep? */
bool storage_comes_back(const Storage *s, const Value *v);
/* In the graph of a second plan: sets bound[]. */
void storage_bind_early(Storage *s);
Value *storage_bring_back(Storage *s, const Value *v);

/* ---- storage_keep.c ---- */

Nest storage_loops_around(const Storage *s, const Block *block);
Builder storage_builder_before(const Storage *s, Value *v);
Value *storage_size_cast(Builder *b, Value *v);
/* The place in the array, row-major over the loops around. One loop: its number as it is; more: in int or size_t. */
Value *storage_array_index(Storage *s, Builder *b, const Nest *nest, bool reverse);
/* The address of the value's place in its array `home`, which is local with a dimension for each loop, or allocated. */
Value *storage_element(Storage *s, Builder *b, Value *home, const Nest *nest, bool reverse);
/* Gives `storage` back behind the region, and behind its reverse where it has one in the same block. */
void storage_free_behind(Storage *s, const Value *place, Value *storage, ValueKind kind);
/*
 * Storage is made once a call, not once an iteration: as far out as the trip counts are known. The region of that outer
 * block before which it is made, and behind which it is given back. `state`: what the copies are of, or NULL.
 */
Value *storage_outermost_place(const Storage *s, const Nest *nest, const State *state);
/* The user's name for what is at the address; NULL where there is none. */
const char *storage_name_of_place(const Value *address);
/* For --report: what is decided about v in steps that run the block. `overwrites`: the line that does, 0 for none. */
void storage_note(Storage *s, DecisionKind kind, const Value *v, const Block *block, unsigned overwrites);
/* The place in s->handed_on. */
Value **storage_handed_on(Storage *s, const Value *v);
void storage_keep(Storage *s, Value *v);
/* In a recursive function: to the beginning of b's block, the twin of v's. */
Value *storage_pass_by_tape(Storage *s, Value *v, Builder *b);

/* ---- storage_copy.c ---- */

/* Of the arrays that steps begin with copying, those whose copies are told apart by the number of the step alone. */
bool storage_has_row_a_step(const Storage *s, const State *state);
void storage_keep_state(Storage *s, State *state);
Value *storage_load_from_state(Storage *s, const Value *v, Builder *b, Value *user, Block *from);
/* When all uses are supplied: what the last step leaves is copied too, where that is read. */
void storage_copy_last_states(Storage *s);
/* When all uses are supplied: arrays that live on become rows. */
void storage_expand_arrays(Storage *s);

/* ---- storage_supply.c ---- */

/* Which carried value of the outermost loop v is the next of, where that carried value is kept; -1 if none. */
int storage_next_of_kept(const Storage *s, const Value *v);
/* Says what stands for v from now on. */
Value *storage_set_copy(Storage *s, const Value *v, Value *copy);
/* What stands for the primal's v at a use in the reverse sweep, before `user` in `from`. */
Value *storage_supply(Storage *s, Value *v, Value *user, Block *from);
/* When all uses are supplied: what each iteration finds is what the one before it left. */
void storage_close_hand_backs(Storage *s);

#endif
