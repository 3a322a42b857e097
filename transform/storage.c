/*
 * storage.c: where the reverse sweep gets the primal's values from. reverse.c names primal values as it likes; those of
 * a loop's or a branch's inside are gone when the twin region runs. For each such region at the outermost level, a
 * minimum cut decides what to do about all of them at once:
 *
 *     still there   a load whose memory nobody overwrites is done again, and what the program stores and leaves there
 *                   is loaded, if only from the copy of an array with which the next step begins; a counted loop's
 *                   counter counts back
 *     computed again   a pure operation, from operands that are themselves there
 *     kept          stored when it is computed, in an array with a place for each iteration
 *
 * In the graph a value v has two nodes: v is needed (below) and v is computed again (above).
 *
 *     source --cost of computing v--> again(v) --cost of keeping v--> needed(v) --> sink, for what is asked for
 *     needed(operand) --infinite--> again(v)
 *
 * A cut above keeps nothing and computes v again, which needs its operands; a cut between the two keeps v. Costs are
 * times the expected number of executions. What cannot be computed again has an infinite cost above.
 *
 * Kept values live in arrays allocated once, before the outermost loop, indexed by the iteration numbers of the loops
 * around; where a trip count is not known before, on a tape.
 */
#include "accesses.h"
#include "clone.h"
#include "cut.h"
#include "flat.h"
#include "heap.h"
#include "passes.h"
#include "rules.h"

#include <stdlib.h>

enum {
    COST_UNIT = 4,                 /* of an addition */
    COST_KEEP = 10 * COST_UNIT,    /* of storing and loading a value, with its part of memory traffic */
    COST_HAND_OUT = 2 * COST_UNIT, /* of keeping it in a local, where no loop is between */
    COST_ROW = COST_UNIT,          /* of an element of an array that outlives its iteration */
    COST_LOAD = 6,
    TRIPS_GUESS = 10,
    SMALL_BYTES = 4096, /* kept on the stack */
    MAX_DEPTH = 32
};

typedef struct {
    Value *user; /* a value of the reverse region; NULL: a yield of `block` */
    Block *block;
    int arg; /* operand or yield; -1 from, -2 to */
} Use;

typedef VEC(Value *) Values;

/*
 * What a local array holds while some region runs that does not write it: copied as a whole, once for each run of the
 * block that the region is in, it serves all loads in the region.
 */
typedef struct {
    Value *object;
    Block *block;
    Value *writer; /* the last value of the block, before the region, that writes the array; NULL: none */
    int node;
    bool expands; /* the array itself lives on, and nothing is copied */
    Value *array; /* of copies, one behind the other */
    Value *size;  /* of one, in elements */
    bool kept;
    Value *reread; /* in the reverse sweep: where the copy of this run of the block begins */
    Value *after;  /* ... and the copy of the next, which is what this run leaves; NULL: nothing is read from there */
} State;

typedef struct {
    Function *function;
    const DeriveOptions *options;
    Accesses *accesses;
    Values *stores; /* by id: where the program stores the value */
    Once *once;
    Value **twin;     /* by id of a primal region: its reverse */
    unsigned last_id; /* values behind it are where they are used */
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
    int *state_of;         /* by id of a load: index + 1 of the state that it can read instead */
    int *left_in;          /* by id: index + 1 of the state whose next copy has the value ... */
    Value **left_at;       /* ... and the address of the element */
    VEC(State) states;
    CutGraph graph;
} Storage;

/* ---- the two sweeps' regions ---- */

/* The block of the reverse sweep that runs once for each run of the primal's `block`. */
static Block *twin_block(const Storage *s, const Block *block)
{
    const Value *owner = block->owner, *twin = s->twin[owner->id];
    if (!twin)
        diag_internal(owner->loc, "a value is needed of a region that has no reverse");
    return twin->blocks[owner->blocks[1] == block];
}

static bool is_before(const Storage *s, const Value *v)
{
    return ir_visible(v, s->outermost->block);
}

/* ---- may a load be done again? ---- */

/*
 * Does v, or what is in it, write what is at the address, in any iteration? Writes by the very same address are left
 * out where `own` says that different iterations use it for different memory.
 */
static bool writes_ever(const Value *v, const Value *address, bool own)
{
    if (ir_writes_memory(v))
        return !(own && memory_same_address(v->args[0], address)) && memory_may_alias_ever(v->args[0], address);
    if (v->kind != VAL_IF && v->kind != VAL_LOOP)
        return memory_clobbers(v, address);
    for (int k = 0; k < 2; k++)
        for (const Value *w = v->blocks[k] ? v->blocks[k]->first : NULL; w; w = w->next)
            if (writes_ever(w, address, own))
                return true;
    return false;
}

/* As writes_ever, of what stands at places from `from` to `until`. */
static bool written_between(const Storage *s, const Value *address, unsigned from, unsigned until, bool own)
{
    AccessWalk walk = accesses_walk(s->accesses, address, from, until, true);
    for (const Value *w; (w = accesses_next(&walk));)
        if (writes_ever(w, address, own))
            return true;
    return false;
}

static bool written_inside(const Storage *s, const Value *address, const Value *region, bool own)
{
    return written_between(s, address, accesses_place(s->accesses, region), accesses_last(s->accesses, region), own);
}

static bool is_object(const Value *v)
{
    return v->kind == VAL_LOCAL || v->kind == VAL_ALLOC;
}

/*
 * Between the halves of a recursive function anything may run: constants stay, and pointers to adjoints (split.c), and
 * what a parameter leads to where nothing that may run writes.
 */
static bool stays_between_parts(const Storage *s, const Value *load, const Value *base)
{
    if (base->kind == VAL_GLOBAL && base->global->is_const_data)
        return true;
    while (base->kind == VAL_LOAD)
        base = memory_base(base->args[0]);
    if (base->kind == VAL_PARAM && !base->adjoint && split_memory_stays(s->function->split))
        return true;
    return type_is_pointer(load->type) && base->kind == VAL_PARAM && base->adjoint;
}

/* As writes_ever; what goes by the name of `fresh`, an object that each iteration makes anew, is another one. */
static bool writes_fresh(const Value *v, const Value *address, const Value *fresh)
{
    const bool writes = v->kind == VAL_STORE || v->kind == VAL_ACCUM || v->kind == VAL_COPY;
    if (writes && memory_base(v->args[0]) == fresh)
        return false;
    if (v->kind != VAL_IF && v->kind != VAL_LOOP)
        return writes_ever(v, address, false);
    for (int k = 0; k < 2; k++)
        for (const Value *w = v->blocks[k] ? v->blocks[k]->first : NULL; w; w = w->next)
            if (writes_fresh(w, address, fresh))
                return true;
    return false;
}

/* May another iteration of the innermost of the loops write what is at the address? */
static bool iterations_write(const Storage *s, Value *const *loops, int nloops, const Value *address)
{
    const Value *owner = loops[nloops - 1], *base = memory_base((Value *)(uintptr_t)address);
    if (heap_is_object(base) && ir_block_inside(base->block, owner->blocks[1]))
        return writes_fresh(owner, address, base);
    return written_inside(s, address, owner, false) &&
           (!index_is_injective(address, loops, nloops) || written_inside(s, address, owner, true));
}

/* Nothing writes to the address after v, an access to it, until `end`, a block around it, is over. */
static bool stays_until(const Storage *s, const Value *v, const Value *address, const Block *end)
{
    Value *loops[MAX_DEPTH];
    int nloops = 0;
    for (;;) {
        Value *owner = v->block->owner;
        const unsigned behind = accesses_last(s->accesses, v) + 1;
        if (written_between(s, address, behind, accesses_end(s->accesses, v->block), false))
            return false;
        if (v->block == end)
            return true;
        if (owner->kind == VAL_LOOP) {
            if (nloops == MAX_DEPTH)
                return false;
            loops[nloops++] = owner;
            if (iterations_write(s, loops, nloops, address))
                return false;
        }
        v = owner;
    }
}

/* ... until the reverse region is over. */
static bool still_there(const Storage *s, const Value *v, Value *address)
{
    const Value *base = memory_base(address);
    if (s->function->in_two_parts)
        return stays_between_parts(s, v, base);
    if (is_object(base) && !is_before(s, base))
        return false;
    return once_is_written(s->once, base) || stays_until(s, v, address, s->outermost->block);
}

/* ---- costs ---- */

static int64_t times_executed(const Storage *s, const Value *v)
{
    int64_t times = 1;
    for (const Block *b = ir_scope(v); b && b != s->outermost->block; b = b->parent)
        if (b->owner->kind == VAL_LOOP && times < 1000000)
            times *= TRIPS_GUESS;
    return times;
}

static int64_t cost_again(const Storage *s, Value *v);

/* A branch that computes its results and does nothing else can be done again as a whole, where what it loads is still
 * there. */
static bool is_pure_choice(const Value *region)
{
    if (region->kind != VAL_IF)
        return false;
    for (int k = 0; k < 2; k++)
        for (const Value *v = region->blocks[k]->first; v; v = v->next)
            if (!ir_is_pure(v->kind) && v->kind != VAL_LOAD)
                return false;
    return true;
}

static int64_t cost_of_choice(const Storage *s, const Value *region)
{
    int64_t cost = COST_UNIT;
    for (int k = 0; k < 2; k++)
        for (Value *v = region->blocks[k]->first; v; v = v->next) {
            const int64_t one = cost_again(s, v);
            if (one >= CUT_INFINITE)
                return CUT_INFINITE;
            cost += one;
        }
    return cost;
}

/*
 * An integer that each iteration of a while loop adds the same to: the number of the iteration tells it. The product of
 * the two is a value that it takes, or wraps as it does, so that it doesn't overflow.
 */
static bool steps_evenly(const Value *v)
{
    if (v->kind != VAL_CARRIED || v->region->counted || !type_is_int(v->type))
        return false;
    const Value *next = v->region->blocks[1]->yields[v->i], *init = v->region->args[v->i];
    if (v->type->is_signed && !(init->kind == VAL_INT && init->i == 0))
        return false;
    return next->kind == VAL_ADD && next->args[0] == v && ir_visible(next->args[1], v->region->block);
}

static Value *step_of(const Value *v)
{
    return v->region->blocks[1]->yields[v->i]->args[1];
}

/* Of computing v again from its operands; CUT_INFINITE where that cannot be done. */
static int64_t cost_again(const Storage *s, Value *v)
{
    switch (v->kind) {
    case VAL_CARRIED:
        if (steps_evenly(v))
            return 2;
        return s->options->series && series_find(v, &(Series){0}) ? COST_UNIT : CUT_INFINITE;
    case VAL_RESULT:
        return is_pure_choice(v->region) ? cost_of_choice(s, v->region) : CUT_INFINITE;
    case VAL_LOAD:
        return still_there(s, v, v->args[0]) ? COST_LOAD : CUT_INFINITE;
    case VAL_MATH:
        return (int64_t)v->rule->cost * COST_UNIT;
    case VAL_PURE_CALL:
        return 5 * COST_UNIT;
    case VAL_DIV:
    case VAL_REM:
        return v->args[1]->kind == VAL_INT ? COST_UNIT : 6 * COST_UNIT; /* by a constant, compilers multiply */
    case VAL_SELECT:
        return COST_UNIT;
    default:
        break;
    }
    if (!ir_is_pure(v->kind) || ir_is_leaf(v->kind))
        return CUT_INFINITE;
    return type_is_real(v->type) ? COST_UNIT : 1;
}

/* Integers and pointers are had again in any case: they say where things are. */
static bool may_be_had_again(const Storage *s, const Value *v)
{
    return !type_is_real(v->type) || (v->kind == VAL_LOAD ? s->options->reload : s->options->recompute);
}

static bool runs_once(const Storage *s, const Block *block)
{
    for (; block && block != s->outermost->block; block = block->parent)
        if (block->owner->kind == VAL_LOOP)
            return false;
    return true;
}

/* Is v what a step leaves, of a state that is kept as a step finds it? */
static bool is_handed_back(const Storage *s, const Value *v)
{
    const Value *loop = s->outermost;
    if (!s->found_kept || ir_is_leaf(v->kind))
        return false;
    for (int k = 0; k < loop->nresults; k++)
        if (s->found_kept[k] && loop->blocks[1]->yields[k] == v)
            return true;
    return false;
}

static int64_t cost_keep(const Storage *s, const Value *v)
{
    if (is_handed_back(s, v))
        return 1;
    if (is_object(v) || v->type->kind == TYPE_VOID)
        return CUT_INFINITE;
    return runs_once(s, ir_scope(v)) && !s->function->in_two_parts ? COST_HAND_OUT : COST_KEEP;
}

static int64_t weighted(int64_t cost, int64_t times)
{
    return cost >= CUT_INFINITE ? CUT_INFINITE : cost * times;
}

/* ---- the graph ---- */

/* Counters of counted loops are there: the reverse loop counts the same values. */
static bool is_there(const Storage *s, const Value *v)
{
    return is_before(s, v) || (v->kind == VAL_COUNTER && v->region->counted);
}

/* Memory that is found or allocated between v and the store is given back before the reverse of v. */
static bool is_found_behind(const Value *base, const Value *v)
{
    const Value *at = base->kind == VAL_RESULT ? base->region : base;
    if (base->kind == VAL_LOCAL || at->block != ir_scope(v))
        return false;
    while (at && at != v)
        at = at->prev;
    return at == v;
}

/*
 * Where the program itself stores v, behind it in the same block, and leaves it: from there it can be loaded. NULL if
 * there is no such place.
 */
static Value *own_place(const Storage *s, Value *v)
{
    for (size_t k = 0; k < s->stores[v->id].count; k++) {
        Value *w = s->stores[v->id].at[k];
        if (w->block == ir_scope(v) && !is_found_behind(memory_base(w->args[0]), v) && still_there(s, w, w->args[0]))
            return w->args[0];
    }
    return NULL;
}

static Value *set_copy(Storage *s, const Value *v, Value *copy)
{
    vec_push(&s->touched, v->id);
    return s->copy[v->id] = copy;
}

static int want(Storage *s, Value *v);
static int find_state(Storage *s, Value *load);
static bool find_left(Storage *s, Value *v);
static void need_state(Storage *s, int state, const Value *address, int again);

static void need_for(Storage *s, Value *operand, int again)
{
    if (!is_there(s, operand))
        cut_add_edge(&s->graph, want(s, operand) + 1, again, CUT_INFINITE);
}

typedef void (*ChoiceOperand)(Storage *s, Value *operand, void *request);

/* Applies `visit` to what a branch is computed from: its condition, and what its blocks take from outside. */
static void visit_choice(Storage *s, const Value *region, ChoiceOperand visit, void *request)
{
    visit(s, region->args[0], request);
    for (int side = 0; side < 2; side++) {
        const Block *block = region->blocks[side];
        for (const Value *v = block->first; v; v = v->next)
            for (int k = 0; k < v->nargs; k++)
                if (v->args[k]->block != block)
                    visit(s, v->args[k], request);
        for (int k = 0; k < block->nyields; k++)
            if (block->yields[k]->block != block)
                visit(s, block->yields[k], request);
    }
}

static void need_for_choice(Storage *s, Value *operand, void *again)
{
    need_for(s, operand, *(const int *)again);
}

static void need_series(Storage *s, const Value *v, int again)
{
    Series series;
    series_find(v, &series);
    need_for(s, series.init, again);
    need_for(s, v->region->from, again);
    for (int k = 0; k < series.nterms; k++)
        need_for(s, series.term[k], again);
}

/* ---- states of arrays ---- */

/* Is it an array of scalars whose extents are known before the outermost region? How many dimensions: 0 if not. */
static int dimensions_before(const Storage *s, const Value *object)
{
    if (object->kind != VAL_LOCAL || type_scalar(object->type->to)->kind == TYPE_RECORD)
        return 0;
    int n = 0;
    for (const Type *t = object->type->to; t->kind == TYPE_ARRAY; t = t->to, n++)
        if (t->count == ARRAY_UNKNOWN || n == FLAT_MAX)
            return 0;
    for (int k = 0; k < object->nargs; k++)
        if (!is_before(s, object->args[k]))
            return 0;
    return n;
}

static int64_t guess_size(const Value *object)
{
    int64_t size = 1;
    for (const Type *t = object->type->to; t->kind == TYPE_ARRAY; t = t->to)
        size *= t->count > 0 && t->count < 1000 ? t->count : TRIPS_GUESS;
    return size;
}

static int64_t times_of_block(const Storage *s, const Block *block)
{
    int64_t times = 1;
    for (const Block *b = block; b != s->outermost->block; b = b->parent)
        if (b->owner->kind == VAL_LOOP && times < 1000000)
            times *= TRIPS_GUESS;
    return times;
}

static bool counted_to(const Storage *s, const Block *block)
{
    for (const Block *b = block; b != s->outermost->block; b = b->parent)
        if (b->owner->kind == VAL_LOOP &&
            (!b->owner->counted || !is_before(s, b->owner->from) || !is_before(s, b->owner->to)))
            return false;
    return true;
}

/* An array that lives on as a row does so as it is at last, whichever of its elements was asked for first. */
static bool is_same_state(const State *a, const State *b)
{
    return a->object == b->object && a->block == b->block && (a->writer == b->writer || (a->expands && b->expands));
}

static int new_state(Storage *s, Value *object, Block *block, const Value *region, const Value *address)
{
    State state = {
        .object = object,
        .block = block,
    };
    state.expands = s->options->rows && block != s->outermost->block && expand_is_possible(object, region);
    for (Value *w = block->first; w != region; w = w->next)
        if (w == object || writes_ever(w, address, false))
            state.writer = w;
    for (size_t k = 0; k < s->states.count; k++)
        if (is_same_state(&s->states.at[k], &state))
            return (int)k + 1;
    const int again = cut_new_node(&s->graph);
    state.node = again;
    cut_new_node(&s->graph);
    const int64_t element = state.expands ? COST_ROW : COST_KEEP;
    const int64_t cost = weighted(element * guess_size(object), times_of_block(s, block));
    cut_add_edge(&s->graph, CUT_SOURCE, again, CUT_INFINITE);
    cut_add_edge(&s->graph, again, again + 1, cost);
    vec_push(&s->states, state);
    return (int)s->states.count;
}

/* Without conversions and what is added to it. */
static const Value *bound_in(const Value *v)
{
    for (;;) {
        if (v->kind == VAL_CAST && type_is_int(v->args[0]->type))
            v = v->args[0];
        else if ((v->kind == VAL_ADD || v->kind == VAL_SUB) && v->args[1]->kind == VAL_INT)
            v = v->args[0];
        else
            return v;
    }
}

/* Does one of the loops count about as far as the dimension goes? `extent`: NULL where it is the constant `count`. */
static bool some_loop_spans(Value *const *loops, int nloops, const Value *extent, int64_t count)
{
    enum { FEW = 16 };
    if (!extent && count <= FEW)
        return true;
    for (int k = 0; k < nloops; k++) {
        const Value *loop = loops[k];
        if (!loop->counted)
            continue;
        if (extent && (bound_in(loop->to) == bound_in(extent) || bound_in(loop->from) == bound_in(extent)))
            return true;
        if (!extent && loop->from->kind == VAL_INT && loop->to->kind == VAL_INT &&
            2 * llabs(loop->to->i - loop->from->i) >= count)
            return true;
    }
    return false;
}

/* A copy of the whole object holds hardly more than what the loops read of it. */
static bool loops_span(Value *const *loops, int nloops, const Value *object)
{
    int extent = 0;
    for (const Type *t = object->type->to; t->kind == TYPE_ARRAY; t = t->to) {
        const Value *variable = t->count == ARRAY_VARIABLE ? object->args[extent++] : NULL;
        if (!some_loop_spans(loops, nloops, variable, t->count))
            return false;
    }
    return true;
}

/* Does the load, which is in `child` of a block of `region`, read what the region found when it began? The loops from
 * the load out to the region are `loops`. */
static bool reads_what_was_there(const Storage *s, const Value *load, const Value *child, const Value *region,
                                 Value *const *loops, int nloops)
{
    Value *address = load->args[0];
    if (!written_inside(s, address, region, false))
        return true;
    const unsigned first = accesses_place(s->accesses, child->block->first), here = accesses_place(s->accesses, child);
    if (here > first && written_between(s, address, first, here - 1, false))
        return false;
    if (!loops_span(loops, nloops, memory_base(address)))
        return false;
    return region->kind != VAL_LOOP ||
           (index_is_injective(address, loops, nloops) && !written_inside(s, address, region, true));
}

/*
 * The outermost region around the load that has not written what it reads: the array's state when that region begins.
 * 0: none.
 */
static int find_state(Storage *s, Value *load)
{
    Value *address = load->args[0], *object = memory_base(address);
    Value *indices[FLAT_MAX], *loops[MAX_DEPTH];
    const int n = dimensions_before(s, object);
    int nloops = 0;
    if (s->function->in_two_parts || n == 0 || flat_indices(address, object, indices) != n)
        return 0;
    Value *chosen = NULL;
    for (Value *at = load; at->block != s->outermost->block && nloops < MAX_DEPTH;) {
        const Value *child = at;
        at = at->block->owner;
        if (at->kind == VAL_LOOP)
            loops[nloops++] = at;
        const bool holds_object =
            ir_block_inside(object->block, at->blocks[0]) || ir_block_inside(object->block, at->blocks[1]);
        if (holds_object || !reads_what_was_there(s, load, child, at, loops, nloops))
            break;
        if (counted_to(s, at->block))
            chosen = at;
    }
    return chosen ? new_state(s, object, chosen->block, chosen, address) : 0;
}

static void need_state(Storage *s, int index, const Value *address, int again)
{
    const State *state = &s->states.at[index - 1];
    Value *indices[FLAT_MAX];
    const int n = flat_indices(address, state->object, indices);
    cut_add_edge(&s->graph, state->node + 1, again, CUT_INFINITE);
    for (int k = 0; k < n; k++)
        if (indices[k])
            need_for(s, indices[k], again);
}

/* ---- what a step leaves in an array ---- */

static bool is_copied(const Storage *s, const Value *object)
{
    for (size_t k = 0; k < s->copied.count; k++)
        if (s->copied.at[k] == object)
            return true;
    return false;
}

/*
 * Where the program stores v in an element of an array, which stays until the step is over, and the next step begins
 * with a copy of the array that is kept anyway.
 */
static bool find_left(Storage *s, Value *v)
{
    for (size_t k = 0; k < s->stores[v->id].count && s->copied.count > 0; k++) {
        const Value *w = s->stores[v->id].at[k];
        Value *object = memory_base(w->args[0]), *indices[FLAT_MAX];
        Block *step = s->outermost->blocks[1];
        if (w->block != ir_scope(v) || !is_copied(s, object) || !type_same(type_scalar(object->type->to), v->type) ||
            flat_indices(w->args[0], object, indices) != dimensions_before(s, object) ||
            !stays_until(s, w, w->args[0], step))
            continue;
        s->left_at[v->id] = w->args[0];
        s->left_in[v->id] = new_state(s, object, step, step->first, w->args[0]);
        return true;
    }
    return false;
}

/* They are kept once more, whatever else is decided. */
static void keep_copied(Storage *s)
{
    Block *step = s->outermost->blocks[1];
    for (size_t k = 0; k < s->copied.count; k++) {
        const int index = new_state(s, s->copied.at[k], step, step->first, s->copied.at[k]);
        cut_add_edge(&s->graph, s->states.at[index - 1].node + 1, CUT_SINK, CUT_INFINITE);
    }
}

/* An object of an inner block is gone when the reverse sweep asks for it, and nothing stands for it. */
static void refuse_lost_object(const Value *v)
{
    diag_error(v->loc, "the reverse sweep needs '%s', a variable of an inner block that holds pointers",
               v->hint ? v->hint : "a temporary");
    diag_note((Loc){0}, "declare it at the start of the function");
}

static int want(Storage *s, Value *v)
{
    if (s->node[v->id])
        return s->node[v->id];
    if (v->kind == VAL_LOCAL)
        refuse_lost_object(v);
    const int again = cut_new_node(&s->graph), needed = cut_new_node(&s->graph);
    s->node[v->id] = again;
    vec_push(&s->touched, v->id);
    vec_push(&s->values, v);
    const int64_t times = times_executed(s, v);
    int64_t cost = may_be_had_again(s, v) ? cost_again(s, v) : CUT_INFINITE;
    if (cost > COST_LOAD && s->options->reload && (s->stored_at[v->id] = own_place(s, v)))
        cost = COST_LOAD;
    if (cost > COST_LOAD && find_left(s, v))
        cost = COST_LOAD;
    if (cost >= CUT_INFINITE && v->kind == VAL_LOAD && s->options->copies && (s->state_of[v->id] = find_state(s, v)))
        cost = COST_LOAD;
    cut_add_edge(&s->graph, CUT_SOURCE, again, weighted(cost, times));
    cut_add_edge(&s->graph, again, needed, weighted(cost_keep(s, v), times));
    if (s->stored_at[v->id]) {
        need_for(s, s->stored_at[v->id], again);
    } else if (s->left_in[v->id]) {
        need_state(s, s->left_in[v->id], s->left_at[v->id], again);
    } else if (s->state_of[v->id]) {
        need_state(s, s->state_of[v->id], v->args[0], again);
    } else if (steps_evenly(v) && cost < CUT_INFINITE) {
        need_for(s, v->region->args[v->i], again);
        need_for(s, step_of(v), again);
    } else if (v->kind == VAL_RESULT && cost < CUT_INFINITE) {
        visit_choice(s, v->region, need_for_choice, &(int){again});
    } else if (v->kind == VAL_CARRIED && cost < CUT_INFINITE) {
        need_series(s, v, again);
    } else if (cost < CUT_INFINITE) {
        for (int k = 0; k < v->nargs; k++)
            need_for(s, v->args[k], again);
    }
    return again;
}

/* ---- uses out of scope ---- */

/* The steps that run again in the reverse sweep are regions of their own. */
static bool is_of_repeated_step(const Storage *s, const Value *v)
{
    for (const Block *b = ir_scope(v); b && b != s->outermost->block; b = b->parent)
        if (b->owner && b->owner->repeats)
            return true;
    return false;
}

static void note_use(Storage *s, Value *user, Block *block, int arg, const Value *used)
{
    if (used->id <= s->last_id && !ir_visible(used, block) && !is_of_repeated_step(s, used))
        vec_push(&s->uses, ((Use){user, block, arg}));
}

static void find_uses(Storage *s, Block *block)
{
    for (Value *v = block->first; v; v = v->next) {
        for (int k = 0; k < v->nargs; k++)
            note_use(s, v, block, k, v->args[k]);
        if (v->counted) {
            note_use(s, v, block, -1, v->from);
            note_use(s, v, block, -2, v->to);
        }
        for (int k = 0; k < 2; k++)
            if (v->blocks[k])
                find_uses(s, v->blocks[k]);
    }
    for (int k = 0; k < block->nyields; k++)
        note_use(s, NULL, block, k, block->yields[k]);
}

static Value **used_value(const Use *use)
{
    if (!use->user)
        return &use->block->yields[use->arg];
    if (use->arg < 0)
        return use->arg == -1 ? &use->user->from : &use->user->to;
    return &use->user->args[use->arg];
}

/* ---- keeping ---- */

typedef struct {
    Value *loop[MAX_DEPTH]; /* around a value, outermost first */
    int count;
} Nest;

static Nest loops_around(const Storage *s, const Block *block)
{
    Nest nest = {0};
    for (const Block *b = block; b != s->outermost->block; b = b->parent)
        if (b->owner->kind == VAL_LOOP && nest.count < MAX_DEPTH)
            nest.loop[nest.count++] = b->owner;
    for (int k = 0; k < nest.count / 2; k++) {
        Value *swap = nest.loop[k];
        nest.loop[k] = nest.loop[nest.count - 1 - k];
        nest.loop[nest.count - 1 - k] = swap;
    }
    return nest;
}

static Builder builder_before(const Storage *s, Value *v)
{
    return (Builder){.function = s->function, .block = v->block, .before = v, .loc = v->loc};
}

static bool sized_before(const Storage *s, const Nest *nest)
{
    for (int k = 0; k < nest->count; k++)
        if (!trips_are_bounded(nest->loop[k], s->outermost->block))
            return false;
    return true;
}

static Value *size_cast(Builder *b, Value *v)
{
    return ir_cast(b, b->function->module->types.size, v);
}

/* The place in the array, row-major over the loops around. One loop: its number as it is; more: in size_t. */
static Value *array_index(Storage *s, Builder *b, const Nest *nest, bool reverse)
{
    Value *index = NULL;
    for (int k = 0; k < nest->count; k++) {
        Value *loop = nest->loop[k];
        Value *counter = reverse ? s->twin[loop->id]->counter : loop->counter;
        Value *number = trips_number(b, loop, counter, s->outermost->block);
        if (nest->count == 1)
            return number;
        Type *size = b->function->module->types.size;
        number = size_cast(b, number);
        if (index)
            index = ir_binary(b, VAL_MUL, size, index, trips_count(b, loop, s->outermost->block));
        index = index ? ir_binary(b, VAL_ADD, size, index, number) : number;
    }
    return index;
}

/* Behind the region, and behind its reverse where it has one in the same block. */
static void free_behind(Storage *s, const Value *place, Value *storage, ValueKind kind)
{
    const Value *end = place->id <= s->last_id && s->twin[place->id] ? s->twin[place->id] : place;
    Builder b = {.function = s->function, .block = end->block, .before = end->next, .loc = end->loc};
    ir_new(&b, kind, s->function->module->types.void_, 1, &storage);
}

/*
 * Storage is made once a call, not once an iteration: as far out as the trip counts are known. The region of that outer
 * block before which it is made, and behind which it is given back. `object`: whose copies it is for, or NULL.
 */
static Value *outermost_place(const Storage *s, const Nest *nest, const Value *object)
{
    Value *place = s->outermost;
    while (place->block->owner) {
        const Block *around = place->block->owner->block;
        for (int k = 0; k < nest->count; k++)
            if (!trips_are_bounded(nest->loop[k], around))
                return place;
        for (int k = 0; object && k < object->nargs; k++)
            if (!ir_visible(object->args[k], around))
                return place;
        place = place->block->owner;
    }
    return place;
}

/* How many values, where that is a small constant; otherwise 0. */
static int64_t small_constant(const Value *count, const Type *type)
{
    return count->kind == VAL_INT && count->i > 0 && type->size && count->i <= SMALL_BYTES / (int64_t)type->size
               ? count->i
               : 0;
}

static bool is_conditional(const Storage *s, const Value *v)
{
    for (const Block *b = ir_scope(v); b != s->outermost->block; b = b->parent)
        if (b->owner->kind == VAL_IF)
            return true;
    return false;
}

static Value *new_array(Storage *s, const Value *v, const Nest *nest)
{
    Value *place = outermost_place(s, nest, NULL);
    Builder b = builder_before(s, place);
    Value *count = trips_count(&b, nest->loop[0], place->block);
    for (int k = 1; k < nest->count; k++)
        count = ir_binary(&b, VAL_MUL, count->type, count, trips_count(&b, nest->loop[k], place->block));
    const char *name = v->hint ? arena_printf("%s_was", v->hint) : "kept";
    const int64_t small = small_constant(count, v->type);
    if (small) {
        Value *local = ir_local(&b, type_array(v->type, small), 0, NULL, name);
        if (is_conditional(s, v)) /* compilers can't see that what is not stored is not loaded */
            ir_new(&b, VAL_ZERO, s->function->module->types.void_, 1, &local);
        local->is_kept = true;
        return ir_decay(&b, local);
    }
    Value *array = ir_new(&b, VAL_ALLOC, type_pointer(v->type), 1, &count);
    array->hint = name;
    array->is_private = array->is_kept = true;
    free_behind(s, place, array, VAL_FREE);
    return array;
}

/* Pushes and pops balance within the outermost region, so one tape serves for all its runs. */
static Value *new_tape(Storage *s, const Value *v)
{
    if (s->function->in_two_parts) {
        Builder before = builder_before(s, s->outermost);
        return split_new_tape(s->function, &before);
    }
    const Nest none = {0};
    Value *place = outermost_place(s, &none, NULL);
    Builder b = builder_before(s, place);
    Value *tape = ir_new(&b, VAL_TAPE, type_pointer(s->function->module->types.void_), 0, NULL);
    tape->aux_type = v->type;
    tape->hint = v->hint ? arena_printf("%s_tape", v->hint) : "tape";
    free_behind(s, place, tape, VAL_TAPE_FREE);
    return tape;
}

/* Right behind where v gets its value. */
static Builder builder_behind(const Storage *s, const Value *v)
{
    Builder b = {.function = s->function, .loc = v->loc};
    if (v->kind == VAL_CARRIED || v->kind == VAL_COUNTER) {
        b.block = v->region->blocks[1];
        b.before = b.block->first;
    } else {
        const Value *place = v->kind == VAL_RESULT ? v->region : v;
        b.block = place->block;
        b.before = place->next;
    }
    return b;
}

/*
 * Where v goes on its tape. In a recursive function that is the end of v's block: the pops stand at the beginning of
 * the twin block, and calls in between must find the tape as they left it.
 */
static Builder builder_of_push(const Storage *s, const Value *v)
{
    Builder b = builder_behind(s, v);
    if (s->function->in_two_parts)
        b.before = NULL;
    return b;
}

static bool have_one_name(const Value *v, const Value *w)
{
    return v->hint && w->hint ? strcmp(v->hint, w->hint) == 0 : v->hint == w->hint;
}

/*
 * A result of the branch that hands v out of its block `side` already, or can: one that was made for the other block,
 * and is read only where that one has run. NULL: none.
 */
static Value *free_result(const Storage *s, const Value *region, int side, Value *v)
{
    Block *block = region->blocks[side];
    for (int k = 0; k < region->nresults; k++)
        if (block->yields[k] == v)
            return region->results[k];
    for (int k = 0; k < region->nresults; k++) {
        Value *result = region->results[k];
        const bool is_handed_out = result->id > s->last_id;
        if (is_handed_out && (block->yields[k]->kind == VAL_INT || block->yields[k]->kind == VAL_REAL) &&
            type_same(result->type, v->type) && have_one_name(result, v)) {
            ir_set_yield(block, k, v);
            return result;
        }
    }
    return NULL;
}

static Value *new_result(const Storage *s, Value *region, int side, Value *v)
{
    Builder b = {.function = s->function, .block = region->block, .loc = v->loc};
    Value *nothing = type_is_real(v->type) ? ir_real(&b, v->type, 0, NULL) : ir_int(&b, v->type, 0);
    Value *result = side ? ir_if_result(region, nothing, v) : ir_if_result(region, v, nothing);
    result->hint = v->hint;
    return result;
}

/* A value of branches only: handed out as their result, level by level. */
static Value *hand_out(const Storage *s, Value *v)
{
    for (const Block *block = ir_scope(v); block != s->outermost->block; block = block->owner->block) {
        Value *region = block->owner;
        const int side = block == region->blocks[1];
        Value *result = free_result(s, region, side, v);
        v = result ? result : new_result(s, region, side, v);
    }
    return v;
}

static Value *supply(Storage *s, Value *v, Value *user, Block *from);

/* ---- what is told about it ---- */

/* The line of the first write behind a load that may change what it read; 0 if there is none. */
static unsigned line_that_overwrites(const Storage *s, const Value *load)
{
    for (const Value *v = load; v->block != s->outermost->block; v = v->block->owner) {
        for (const Value *w = v->next; w; w = w->next)
            if (writes_ever(w, load->args[0], false))
                return w->loc.line;
        for (const Value *w = v->block->first; w != v && v->block->owner->kind == VAL_LOOP; w = w->next)
            if (writes_ever(w, load->args[0], false))
                return w->loc.line;
    }
    return 0;
}

/* The innermost loop around v, or else the region that is planned. */
static Loc loc_of_steps(const Storage *s, const Value *v)
{
    for (const Block *b = ir_scope(v); b && b != s->outermost->block; b = b->parent)
        if (b->owner && b->owner->kind == VAL_LOOP)
            return b->owner->loc;
    return s->outermost->loc;
}

static void note(Storage *s, DecisionKind kind, const Value *v, unsigned overwrites)
{
    const Type *type = v->kind == VAL_LOCAL ? type_scalar(v->type->to) : v->type;
    vec_push(&s->function->decisions, (Decision){.kind = kind,
                                                 .region = loc_of_steps(s, v),
                                                 .what = v->hint,
                                                 .where = v->loc,
                                                 .bytes = type->size,
                                                 .overwrites = overwrites});
}

static void note_kept(Storage *s, const Value *v, DecisionKind kind)
{
    unsigned line = 0;
    if (v->kind == VAL_LOAD)
        line = line_that_overwrites(s, v);
    else if (v->kind == VAL_CARRIED)
        line = v->region->blocks[1]->yields[v->i]->loc.line;
    note(s, kind, v, line);
}

static void keep(Storage *s, Value *v)
{
    const Nest nest = loops_around(s, ir_scope(v));
    if (!nest.count && !s->function->in_two_parts) {
        set_copy(s, v, hand_out(s, v));
        return;
    }
    Builder b = builder_behind(s, v);
    if (sized_before(s, &nest) && !s->function->in_two_parts) {
        Value *array = s->home[v->id] = new_array(s, v, &nest);
        note_kept(s, v, DECIDED_STORES);
        ir_store(&b, ir_ptradd(&b, array, array_index(s, &b, &nest, false), NULL), v);
    } else {
        Value *tape = s->home[v->id] = new_tape(s, v);
        note_kept(s, v, DECIDED_TAPE);
        b = builder_of_push(s, v);
        ir_new(&b, VAL_PUSH, s->function->module->types.void_, 2, (Value *[]){tape, v});
    }
}

/* ---- copies of arrays ---- */

/* Where in the array of copies the copy of this run of the block begins. */
static Value *copy_begin(Storage *s, Builder *b, const State *state, bool reverse)
{
    const Nest nest = loops_around(s, state->block);
    if (!nest.count)
        return ir_int(b, state->size->type, 0);
    Value *number = size_cast(b, array_index(s, b, &nest, reverse));
    return ir_binary(b, VAL_MUL, state->size->type, number, state->size);
}

/* Of the arrays that steps begin with copying, those whose copies are told apart by the number of the step alone. */
static bool has_row_a_step(const Storage *s, const State *state)
{
    const Value *loop = s->outermost;
    if (loop->kind != VAL_LOOP || !loop->counted || state->block != loop->blocks[1] || state->writer || state->expands)
        return false;
    const Nest nest = loops_around(s, state->block);
    const Block *place = outermost_place(s, &nest, state->object)->block;
    return ir_visible(loop->from, place) && ir_visible(loop->to, place); /* where else trips are a bound only */
}

/* A copy at the start of each iteration of the outermost loop, which may go to the next one's place (history.c). */
static void note_history(Storage *s, const State *state, Value *begin, Value *copy, Value *trips)
{
    if (has_row_a_step(s, state))
        vec_push(&s->function->histories, ((History){.object = state->object,
                                                     .loop = s->outermost,
                                                     .copy = copy,
                                                     .array = state->array,
                                                     .begin = begin,
                                                     .size = state->size,
                                                     .trips = trips}));
}

static void keep_state(Storage *s, State *state)
{
    note(s, state->expands ? DECIDED_ROWS : DECIDED_COPIES, state->object, 0);
    const Nest nest = loops_around(s, state->block);
    Value *place = outermost_place(s, &nest, state->object);
    Builder b = builder_before(s, place);
    state->size = flat_count(&b, state->object);
    Value *count = state->size, *trips = NULL;
    for (int k = 0; k < nest.count; k++) {
        trips = trips_count(&b, nest.loop[k], place->block);
        count = ir_binary(&b, VAL_MUL, count->type, count, trips);
    }
    Type *element = type_scalar(state->object->type->to);
    const char *name =
        state->object->hint ? arena_printf("%s_%s", state->object->hint, state->expands ? "all" : "was") : "kept";
    state->array = ir_new(&b, VAL_ALLOC, type_pointer(element), 1, &count);
    state->array->hint = name;
    state->array->is_private = state->array->is_kept = true;
    free_behind(s, place, state->array, VAL_FREE);
    if (state->expands)
        return;
    b = (Builder){.function = s->function, .block = state->block, .loc = state->object->loc};
    if (state->block == s->outermost->block) /* behind where the copies were made */
        b.before = s->outermost;
    else
        b.before = state->writer ? state->writer->next : state->block->first;
    Value *begin = copy_begin(s, &b, state, false);
    note_history(s, state, begin, flat_copy(&b, state->object, state->array, begin, false), trips);
}

/* Where the reverse of the block finds its copy, computed once. */
static Value *reread_state(Storage *s, State *state)
{
    if (state->reread)
        return state->reread;
    Block *block = state->block == s->outermost->block ? NULL : twin_block(s, state->block);
    if (!block)
        return state->array;
    Builder b = {
        .function = s->function, .block = block, .before = block->first, .loc = state->object->loc, .adjoint = true};
    state->reread = ir_ptradd(&b, state->array, copy_begin(s, &b, state, true), NULL);
    state->reread->hint = state->object->hint;
    return state->reread;
}

/* Where it finds the next copy. */
static Value *state_after(Storage *s, State *state)
{
    if (state->after)
        return state->after;
    Block *block = twin_block(s, state->block);
    Builder b = {
        .function = s->function, .block = block, .before = block->first, .loc = state->object->loc, .adjoint = true};
    Value *begin = copy_begin(s, &b, state, true);
    state->after = ir_ptradd(&b, state->array, ir_binary(&b, VAL_ADD, begin->type, begin, state->size), NULL);
    if (state->object->hint)
        state->after->hint = arena_printf("%s_after", state->object->hint);
    return state->after;
}

/* The element that the address is that of, in a copy. */
static Value *load_from_copy(Storage *s, const State *state, Value *copy, const Value *address, Builder *b, Value *user,
                             Block *from)
{
    Value *indices[FLAT_MAX];
    const int n = flat_indices(address, state->object, indices);
    b->hint = NULL;
    for (int k = 0; k < n; k++)
        if (indices[k])
            indices[k] = supply(s, indices[k], user, from);
    return ir_load(b, ir_ptradd(b, copy, flat_index(b, state->object, indices, n), NULL));
}

static Value *load_from_state(Storage *s, const Value *v, Builder *b, Value *user, Block *from)
{
    const bool left = s->left_in[v->id] != 0;
    State *state = &s->states.at[(left ? s->left_in[v->id] : s->state_of[v->id]) - 1];
    Value *copy = left ? state_after(s, state) : reread_state(s, state);
    return load_from_copy(s, state, copy, left ? s->left_at[v->id] : v->args[0], b, user, from);
}

/* When all uses are supplied: what the last step leaves is copied too, where that is read. */
static void copy_last(Storage *s, const State *state)
{
    History *history = NULL;
    for (size_t k = 0; k < s->function->histories.count; k++)
        if (s->function->histories.at[k].array == state->array)
            history = &s->function->histories.at[k];
    if (!history)
        diag_internal(state->object->loc, "a copy has no next one");
    Value *array = state->array, *loop = s->outermost;
    Builder b = builder_before(s, array);
    array->args[0] = ir_binary(&b, VAL_ADD, state->size->type, array->args[0], state->size);
    b = (Builder){.function = s->function, .block = loop->block, .before = loop->next, .loc = state->object->loc};
    Value *row = ir_binary(&b, VAL_MUL, state->size->type, history->trips, state->size);
    history->last = flat_copy(&b, state->object, array, row, false);
}

static void copy_last_states(Storage *s)
{
    for (size_t k = 0; k < s->states.count; k++)
        if (s->states.at[k].after)
            copy_last(s, &s->states.at[k]);
}

/* ---- the state that an iteration leaves ---- */

/* Which carried value of the outermost loop v is the next of, where that carried value is kept; -1 if none. */
static int next_of_kept(const Storage *s, const Value *v)
{
    const Value *loop = s->outermost;
    if (loop->kind != VAL_LOOP || ir_is_leaf(v->kind))
        return -1;
    for (int k = 0; k < loop->nresults; k++)
        if (loop->blocks[1]->yields[k] == v && s->kept[loop->carried[k]->id])
            return k;
    return -1;
}

/*
 * The state that iteration i leaves is the state that iteration i + 1 finds: the reverse loop hands it back from one
 * iteration to the one before, starting with the loop's result, and only the state that is found is kept.
 */
static Value *hand_back(Storage *s, Value *v)
{
    Value *loop = s->outermost, *twin = s->twin[loop->id];
    const int k = next_of_kept(s, v);
    Value *carried = ir_loop_carry(twin, loop->results[k]);
    carried->hint = twin->results[twin->nresults - 1]->hint = v->hint;
    return carried;
}

/* ---- supplying ---- */

/* The value of `block`'s list in which `inner` is nested; NULL for the end of the block. */
static Value *ancestor_in(const Block *block, Value *user, Block *from)
{
    for (Block *b = from; b != block; b = b->parent)
        user = b->owner;
    return user;
}

static Value *load_kept(Storage *s, Value *v, Builder *b, Block *block)
{
    Value *home = s->home[v->id];
    b->hint = NULL;                                            /* the name is for what is loaded, not for its place */
    if (home->kind == VAL_TAPE || s->function->in_two_parts) { /* once for each run of the block, whoever asks */
        b->before = block->first;
        return ir_new(b, VAL_POP, v->type, 1, &home);
    }
    const Nest nest = loops_around(s, ir_scope(v));
    return ir_load(b, ir_ptradd(b, home, array_index(s, b, &nest, true), NULL));
}

typedef struct {
    Value *user;
    Block *from;
    CloneMap map;
} ChoiceCopy;

static void supply_choice(Storage *s, Value *operand, void *request)
{
    ChoiceCopy *copy = request;
    clone_set(&copy->map, operand, supply(s, operand, copy->user, copy->from));
}

static Value *choose_again(Storage *s, const Value *v, Builder *b, Value *user, Block *from)
{
    ChoiceCopy copy = {.user = user, .from = from, .map = {.share_outside = true}};
    clone_map_init(&copy.map, s->function);
    visit_choice(s, v->region, supply_choice, &copy);
    const Value *region = clone_value(&copy.map, b, v->region);
    for (int k = 0; k < region->nresults; k++)
        set_copy(s, v->region->results[k], region->results[k]);
    return region->results[v->i];
}

/* init + number of the iteration * step */
static Value *step_again(Storage *s, const Value *v, Builder *b, Value *user, Block *from)
{
    Value *init = supply(s, v->region->args[v->i], user, from), *step = supply(s, step_of(v), user, from);
    Value *number = ir_cast(b, v->type, s->twin[v->region->id]->counter);
    return ir_binary(b, VAL_ADD, v->type, init, ir_binary(b, VAL_MUL, v->type, number, step));
}

/* A carried integer from its closed form. */
static Value *series_again(Storage *s, const Value *v, Builder *b, Value *user, Block *from)
{
    const Value *loop = v->region;
    Series series;
    series_find(v, &series);
    series.init = supply(s, series.init, user, from);
    for (int k = 0; k < series.nterms; k++)
        series.term[k] = supply(s, series.term[k], user, from);
    Value *start = supply(s, loop->from, user, from);
    b->hint = NULL; /* the name is for the sum, which the caller names */
    return series_value(b, &series, loop, start, trips_between(b, loop, start, s->twin[loop->id]->counter));
}

static Value *compute_again(Storage *s, Value *v, Builder *b, Value *user, Block *from)
{
    if (s->stored_at[v->id])
        return ir_load(b, supply(s, s->stored_at[v->id], user, from));
    if (s->left_in[v->id] || s->state_of[v->id])
        return load_from_state(s, v, b, user, from);
    if (v->kind == VAL_RESULT)
        return choose_again(s, v, b, user, from);
    if (v->kind == VAL_CARRIED)
        return steps_evenly(v) ? step_again(s, v, b, user, from) : series_again(s, v, b, user, from);
    Value **args = ARENA_ARRAY(Value *, v->nargs);
    for (int k = 0; k < v->nargs; k++)
        args[k] = supply(s, v->args[k], user, from);
    if (type_is_real(v->type) && v->kind != VAL_LOAD)
        note(s, DECIDED_RECOMPUTES, v, 0);
    Value *copy = ir_new(b, v->kind, v->type, v->nargs, args);
    copy->i = v->i;
    copy->real = v->real;
    copy->text = v->text;
    copy->aux_type = v->aux_type;
    copy->rule = v->rule;
    copy->callee = v->callee;
    return copy;
}

/* What stands for the primal's v at a use in the reverse sweep, before `user` in `from`. */
static Value *supply(Storage *s, Value *v, Value *user, Block *from)
{
    if (v->id > s->last_id || is_before(s, v))
        return v;
    if (s->copy[v->id])
        return s->copy[v->id];
    if (v->kind == VAL_COUNTER && v->region->counted)
        return set_copy(s, v, s->twin[v->region->id]->counter);
    if (s->handed_back[v->id])
        return set_copy(s, v, hand_back(s, v));
    Block *block = twin_block(s, ir_scope(v));
    Value *place = ancestor_in(block, user, from);
    Builder b = {.function = s->function,
                 .block = block,
                 .before = place,
                 .loc = place ? place->loc : v->loc,
                 .hint = v->hint,
                 .adjoint = true};
    Value *copy = s->kept[v->id] ? load_kept(s, v, &b, block) : compute_again(s, v, &b, user, from);
    copy->hint = v->hint;
    return set_copy(s, v, copy);
}

/* When all uses are supplied: what each iteration finds is what the one before it left. */
static void close_hand_backs(Storage *s)
{
    Value *loop = s->outermost, *twin = s->twin[loop->id];
    for (size_t k = 0; k < s->values.count; k++) {
        Value *v = s->values.at[k];
        if (!s->handed_back[v->id])
            continue;
        Value *carried = s->copy[v->id];
        Value *found = loop->carried[next_of_kept(s, v)];
        ir_set_next(twin, (int)carried->i, supply(s, found, NULL, twin->blocks[1]));
    }
}

/* When all uses are supplied: arrays that live on become rows. */
static void expand_arrays(Storage *s)
{
    for (size_t k = 0; k < s->states.count; k++) {
        State *state = &s->states.at[k];
        if (!state->expands || !state->array)
            continue;
        Value *object = state->object;
        Builder b = {.function = s->function, .block = object->block, .before = object->next, .loc = object->loc};
        Value *row = ir_ptradd(&b, state->array, copy_begin(s, &b, state, false), NULL);
        row->hint = object->hint;
        expand_object(object, row);
    }
}

/* ---- one region ---- */

/* What is known by id of the region before. */
static void forget_region(Storage *s)
{
    for (size_t k = 0; k < s->touched.count; k++) {
        const unsigned id = s->touched.at[k];
        s->node[id] = s->state_of[id] = s->left_in[id] = 0;
        s->kept[id] = s->handed_back[id] = false;
        s->copy[id] = s->stored_at[id] = NULL;
    }
    s->touched.count = 0;
}

/* What is asked for, and the graph of where it may come from. */
static void build_graph(Storage *s)
{
    forget_region(s);
    s->values.count = s->states.count = 0;
    cut_init(&s->graph);
    for (size_t k = 0; k < s->uses.count; k++) {
        Value *v = *used_value(&s->uses.at[k]);
        if (!is_there(s, v))
            cut_add_edge(&s->graph, want(s, v) + 1, CUT_SINK, CUT_INFINITE);
    }
    for (int k = 0; s->found_kept && k < s->outermost->nresults; k++)
        if (s->found_kept[k])
            cut_add_edge(&s->graph, want(s, s->outermost->carried[k]) + 1, CUT_SINK, CUT_INFINITE);
    keep_copied(s);
}

static void cut_graph(Storage *s)
{
    const bool *source = cut_find(&s->graph);
    for (size_t k = 0; k < s->values.count; k++) {
        const int again = s->node[s->values.at[k]->id];
        s->kept[s->values.at[k]->id] = source[again] && !source[again + 1];
    }
    for (size_t k = 0; k < s->states.count; k++) {
        State *state = &s->states.at[k];
        state->kept = source[state->node] && !source[state->node + 1];
    }
}

/* Which carried values of the outermost loop are kept, while their next ones are asked for, too. */
static bool find_kept_states(Storage *s)
{
    const Value *loop = s->outermost;
    bool any = false;
    if (loop->kind != VAL_LOOP || !s->options->hand_back)
        return false;
    s->found_kept = ARENA_ARRAY(bool, loop->nresults + 1);
    for (int k = 0; k < loop->nresults; k++) {
        const Value *next = loop->blocks[1]->yields[k];
        s->found_kept[k] = s->kept[loop->carried[k]->id] && !ir_is_leaf(next->kind) && s->node[next->id];
        any |= s->found_kept[k];
    }
    return any;
}

static bool find_copied(Storage *s)
{
    s->copied.count = 0;
    for (size_t k = 0; k < s->states.count && s->options->next_copies; k++)
        if (s->states.at[k].kept && has_row_a_step(s, &s->states.at[k]))
            vec_push(&s->copied, s->states.at[k].object);
    return s->copied.count > 0;
}

/*
 * Decides twice: the first time each value is for itself. Where that keeps the state that a step finds, the state that
 * it leaves is to be had for nothing (hand_back, find_left), which the second time takes into account.
 */
static void decide(Storage *s)
{
    s->found_kept = NULL;
    s->copied.count = 0;
    build_graph(s);
    cut_graph(s);
    const bool copied = find_copied(s);
    if (!find_kept_states(s) && !copied)
        return;
    build_graph(s);
    cut_graph(s);
}

static void keep_decided(Storage *s)
{
    for (size_t k = 0; k < s->states.count; k++)
        if (s->states.at[k].kept)
            keep_state(s, &s->states.at[k]);
    for (size_t k = 0; k < s->values.count; k++) {
        Value *v = s->values.at[k];
        s->handed_back[v->id] = s->options->hand_back && s->kept[v->id] && next_of_kept(s, v) >= 0;
        if (s->kept[v->id] && !s->handed_back[v->id])
            keep(s, v);
    }
}

static bool is_asked(Storage *s, Value *twin)
{
    s->outermost = twin->twin;
    s->uses.count = s->values.count = s->states.count = 0;
    for (int k = 0; k < 2; k++)
        if (twin->blocks[k])
            find_uses(s, twin->blocks[k]);
    return s->uses.count > 0;
}

static void plan_region(Storage *s, Value *twin)
{
    if (!is_asked(s, twin))
        return;
    decide(s);
    keep_decided(s);
    for (size_t k = 0; k < s->uses.count; k++) {
        const Use *use = &s->uses.at[k];
        *used_value(use) = supply(s, *used_value(use), use->user, use->block);
    }
    close_hand_backs(s);
    copy_last_states(s);
    expand_arrays(s);
}

static void find_twins(Storage *s, Block *block, Values *outermost, bool inside)
{
    for (Value *v = block->first; v; v = v->next) {
        if (v->kind == VAL_STORE)
            vec_push(&s->stores[v->args[1]->id], v);
        if (v->twin) {
            s->twin[v->twin->id] = v;
            if (!inside)
                vec_push(outermost, v);
        }
        for (int k = 0; k < 2; k++)
            if (v->blocks[k])
                find_twins(s, v->blocks[k], outermost, (inside || v->twin) && !v->repeats);
    }
}

static Storage new_storage(Function *fn, const DeriveOptions *options, unsigned last_id, Values *outermost)
{
    const size_t n = fn->next_id + 1;
    Storage s = {.function = fn, .options = options, .last_id = last_id};
    s.twin = ARENA_ARRAY(Value *, n);
    s.node = ARENA_ARRAY(int, n);
    s.kept = ARENA_ARRAY(bool, n);
    s.copy = ARENA_ARRAY(Value *, n);
    s.home = ARENA_ARRAY(Value *, n);
    s.handed_back = ARENA_ARRAY(bool, n);
    s.stored_at = ARENA_ARRAY(Value *, n);
    s.state_of = ARENA_ARRAY(int, n);
    s.left_in = ARENA_ARRAY(int, n);
    s.left_at = ARENA_ARRAY(Value *, n);
    memory_mark_private(fn);
    s.accesses = accesses_find(fn);
    s.once = once_find(fn);
    s.stores = ARENA_ARRAY(Values, n);
    find_twins(&s, fn->body, outermost, false);
    return s;
}

void storage_plan(Function *fn, const DeriveOptions *options, unsigned last_id)
{
    Values outermost = {0};
    Storage s = new_storage(fn, options, last_id, &outermost);
    for (size_t k = 0; k < outermost.count; k++)
        plan_region(&s, outermost.at[k]);
}

int storage_estimate(Function *fn, const DeriveOptions *options, Value *twin, const bool *inside, int64_t *weight)
{
    Values outermost = {0};
    Storage s = new_storage(fn, options, fn->next_id, &outermost);
    *weight = 0;
    int kept = 0;
    if (!is_asked(&s, twin))
        return 0;
    decide(&s);
    for (size_t k = 0; k < s.values.count; k++) {
        const Value *v = s.values.at[k];
        if (!s.kept[v->id] || !inside[v->id] || s.handed_back[v->id])
            continue;
        kept++;
        *weight += times_executed(&s, v) / TRIPS_GUESS * COST_KEEP;
    }
    for (size_t k = 0; k < s.states.count; k++) {
        const State *state = &s.states.at[k];
        if (!state->kept || !ir_block_inside(state->object->block, s.outermost->blocks[1]))
            continue;
        kept++;
        *weight += guess_size(state->object) * COST_KEEP; /* writing it there costs nothing, its memory does */
    }
    *weight /= COST_KEEP;
    return kept;
}
