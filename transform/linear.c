/*
 * linear.c: see linear.h. A value of an iteration is linear where it is made of others by sums, by products with what
 * is fixed, by loops that add such up, and by work arrays that are cleared and added to. It is followed back to one
 * source: a value of an outer loop, or an array that is filled once.
 */
#include "linear.h"

#include "flat.h"
#include "passes.h"

enum { MAX_DEPTH = 8 };

static void set_kind(Linear *l, const Value *v, LinearKind kind)
{
    const bool judged = kind == LINEAR_YES || kind == LINEAR_NO;
    if (judged)
        vec_push(&l->judged, v);
    else
        vec_push(&l->known, v);
    l->kind[v->id] = kind;
}

/* What is fixed stays so, for all additions; what is linear depends on who asks. */
static void forget_judgements(Linear *l)
{
    for (size_t k = 0; k < l->judged.count; k++)
        l->kind[l->judged.at[k]->id] = LINEAR_VARIED;
    l->judged.count = 0;
    l->source = NULL;
    l->pays = false;
}

void linear_begin(Linear *l, const Value *loop)
{
    forget_judgements(l);
    for (size_t k = 0; k < l->known.count; k++)
        l->kind[l->known.at[k]->id] = LINEAR_UNKNOWN;
    l->known.count = 0;
    l->summed.count = 0;
    l->loop = loop;
}

/* ---- what is fixed ---- */

/* May v, in any iteration, touch what is at the address? */
static bool touches(const Value *v, const Value *address)
{
    const bool plain = v->kind == VAL_LOAD || v->kind == VAL_STORE || v->kind == VAL_ACCUM || v->kind == VAL_ZERO;
    return plain ? memory_may_alias_ever(v->args[0], address) : v->kind == VAL_COPY || memory_clobbers(v, address);
}

/* Does anybody in the loop touch it, other than by accesses of one kind? */
static bool loop_touches(const Linear *l, const Value *address, ValueKind but)
{
    const unsigned from = accesses_place(l->accesses, l->loop), until = accesses_last(l->accesses, l->loop);
    AccessWalk walk = accesses_walk(l->accesses, address, from, until, ACCESS_ALL);
    for (const Value *v; (v = accesses_next(&walk));)
        if (v->kind != but && touches(v, address))
            return true;
    return false;
}

static bool is_fixed(Linear *l, const Value *v);

static bool counts_alike(Linear *l, const Value *loop)
{
    return loop->kind == VAL_LOOP && loop->counted && loop != l->loop && is_fixed(l, loop->from) &&
           is_fixed(l, loop->to);
}

static bool find_fixed(Linear *l, const Value *v)
{
    if (ir_visible(v, l->loop->block))
        return true;
    if (v->kind == VAL_COUNTER)
        return counts_alike(l, v->region);
    if (v->kind == VAL_LOAD ? loop_touches(l, v->args[0], VAL_LOAD) : !ir_is_pure(v->kind) || ir_is_leaf(v->kind))
        return false;
    for (int k = 0; k < v->nargs; k++)
        if (!is_fixed(l, v->args[k]))
            return false;
    return true;
}

static bool is_fixed(Linear *l, const Value *v)
{
    if (v->id >= l->count)
        return false; /* a sum's */
    if (l->kind[v->id] == LINEAR_UNKNOWN) {
        const bool fixed = find_fixed(l, v);
        set_kind(l, v, fixed ? LINEAR_FIXED : LINEAR_VARIED);
    }
    return l->kind[v->id] == LINEAR_FIXED;
}

/* ---- where things are ---- */

const Block *linear_block_of(const Value *v)
{
    return v->kind == VAL_RESULT ? v->region->block : v->block;
}

static int loops_between(const Block *inner, const Block *outer)
{
    int n = 0;
    for (; inner != outer; inner = inner->parent)
        n += inner->owner->kind == VAL_LOOP;
    return n;
}

/* Between v and the block are only loops, that count alike in each iteration. */
static bool runs_alike(Linear *l, const Value *v, const Block *block)
{
    int depth = 0;
    for (const Block *b = v->block; b != block; b = b->parent)
        if (++depth == MAX_DEPTH || !counts_alike(l, b->owner))
            return false;
    return true;
}

/*
 * The addition is in the iteration of the source, not behind a loop that has many. How often the loops between the
 * source and the loop run is known before it: then so is how many sums there are.
 */
static bool has_place_for_sums(const Linear *l, const Value *accum)
{
    if (!ir_block_inside(accum->block, linear_block_of(l->source)))
        return false;
    for (const Block *b = linear_block_of(l->source); b != l->loop->blocks[1]; b = b->parent) {
        const Value *loop = b->owner;
        if (loop->kind != VAL_LOOP || !loop->counted || !trips_are_bounded(loop, l->loop->block))
            return false;
    }
    return true;
}

/* In another statement of the block. */
static bool is_behind(const Linear *l, const Block *block, const Value *v, const Value *other)
{
    return accesses_place(l->accesses, ir_in_block(block, v)) > accesses_last(l->accesses, ir_in_block(block, other));
}

/* ---- work arrays ---- */

AccessWalk linear_writes(const Linear *l, const Value *array)
{
    return accesses_walk(l->accesses, array, 0, accesses_last(l->accesses, l->loop), ACCESS_ALL);
}

Value *linear_next_write(AccessWalk *walk, const Value *array)
{
    Value *v;
    do
        v = accesses_next(walk);
    while (v && (v->kind == VAL_LOAD || !touches(v, array)));
    return v;
}

Value *linear_only_store(const Linear *l, const Value *array)
{
    AccessWalk walk = linear_writes(l, array);
    Value *store = linear_next_write(&walk, array);
    return store && store->kind == VAL_STORE && !linear_next_write(&walk, array) ? store : NULL;
}

static bool is_linear(Linear *l, const Value *v);

/* What begins an array: all of it is cleared, or filled with what is linear. */
static bool is_linear_start(Linear *l, const Value *write, const Value *array)
{
    if (write->kind == VAL_ZERO)
        return write->block == array->block;
    const Value *fill = write->kind == VAL_STORE ? fill_loop(array, write) : NULL;
    return fill && fill->block == array->block && (ir_is_zero(write->args[1]) || is_linear(l, write->args[1]));
}

static bool is_linear_addition(Linear *l, const Value *write, const Value *array)
{
    Value *at[FLAT_MAX];
    if (write->kind != VAL_ACCUM || !ir_block_inside(write->block, array->block) || !runs_alike(l, write, array->block))
        return false;
    const int rank = flat_indices(write->args[0], array, at);
    for (int k = 0; k < rank; k++)
        if (at[k] && !is_fixed(l, at[k]))
            return false;
    return rank > 0 && is_linear(l, write->args[1]);
}

static bool find_linear_array(Linear *l, const Value *array)
{
    const Value *const looked_at = l->write, *start = NULL;
    bool linear = true;
    AccessWalk walk = linear_writes(l, array);
    for (const Value *w; linear && (w = linear_next_write(&walk, array));) {
        l->write = w;
        if (!start)
            linear = is_linear_start(l, start = w, array);
        else
            linear = is_linear_addition(l, w, array) && is_behind(l, array->block, w, start);
    }
    l->write = looked_at;
    return linear && start;
}

/* Read once, when all is written. */
static bool is_read_behind(const Linear *l, const Value *load, const Value *array)
{
    AccessWalk walk = linear_writes(l, array);
    for (const Value *v; (v = accesses_next(&walk));)
        if (v != load && touches(v, array) && (v->kind == VAL_LOAD || !is_behind(l, array->block, load, v)))
            return false;
    return true;
}

static bool is_linear_array(Linear *l, const Value *array)
{
    if (!is_fixed(l, array) && l->kind[array->id] == LINEAR_VARIED) {
        set_kind(l, array, LINEAR_NO); /* what depends on itself is none */
        const bool linear = find_linear_array(l, array);
        set_kind(l, array, linear ? LINEAR_YES : LINEAR_NO);
    }
    return l->kind[array->id] == LINEAR_YES;
}

static bool is_source(Linear *l, const Value *v)
{
    if (!l->source)
        l->source = (Value *)(uintptr_t)v;
    return l->source == v;
}

static bool is_filled_source(Linear *l, const Value *load, const Value *store, const Value *array, int rank)
{
    const Value *fill = fill_loop(array, store);
    if (!fill || fill->block != array->block || !is_behind(l, array->block, load, store))
        return false;
    l->pays |= loops_between(load->block, array->block) > rank;
    return is_source(l, array);
}

static bool is_linear_element(Linear *l, const Value *load)
{
    Value *at[FLAT_MAX], *array = memory_base(load->args[0]);
    if (array->kind != VAL_LOCAL || !array->is_private || !array->adjoint || array->id >= l->count ||
        !ir_block_inside(array->block, l->loop->blocks[1]) || !ir_block_inside(load->block, array->block))
        return false;
    const int rank = flat_indices(load->args[0], array, at);
    for (int k = 0; k < rank; k++)
        if (at[k] && !is_fixed(l, at[k]))
            return false;
    for (int k = 0; k < array->nargs; k++)
        if (!ir_visible(array->args[k], l->loop->block))
            return false;
    const Value *store = linear_only_store(l, array);
    if (rank < 1 || store)
        return rank > 0 && is_filled_source(l, load, store, array, rank);
    return is_linear_array(l, array) && is_read_behind(l, load, array);
}

/* ---- what is linear ---- */

StoredElement linear_stored(const Linear *l, const Value *array, const Value *v)
{
    const Value *store = array->kind == VAL_LOCAL ? linear_only_store(l, array) : NULL;
    if (!store || linear_block_of(v) != store->block)
        return (StoredElement){0};
    const Value *stored = store->args[1];
    const bool negative = stored != v && stored->kind == VAL_NEG && stored->args[0] == v;
    return (StoredElement){stored == v || negative ? store : NULL, negative};
}

/* A value that is summed anyhow; or what such an array is filled with, asked for beside the store. */
static bool is_summed_value(Linear *l, const Value *v)
{
    for (size_t k = 0; k < l->summed.count; k++) {
        if (l->summed.at[k] == v)
            return is_source(l, v);
        Value *at[FLAT_MAX];
        const Value *array = l->summed.at[k], *store = linear_stored(l, array, v).store;
        if (!store || !ir_block_inside(l->write->block, store->block))
            continue;
        const int rank = flat_indices(store->args[0], array, at);
        bool fixed = rank > 0;
        for (int i = 0; i < rank; i++)
            fixed &= !at[i] || is_fixed(l, at[i]);
        return fixed && is_source(l, array);
    }
    return false;
}

/* A value of an outer loop, which the map of the inner ones is applied to. */
static bool is_outer_value(const Linear *l, const Value *v)
{
    const Block *block = linear_block_of(v);
    return v->adjoint && type_is_real(v->type) && block && l->write->block != block &&
           ir_block_inside(l->write->block, block);
}

/* A sum, by a loop, of what is linear. */
static bool is_linear_sum(Linear *l, const Value *loop, int64_t k)
{
    const Value *carried = loop->carried[k];
    if (loop->kind != VAL_LOOP || !type_is_real(carried->type) || !counts_alike(l, loop) ||
        (!ir_is_zero(loop->args[k]) && !is_linear(l, loop->args[k])))
        return false;
    if (is_fixed(l, carried))
        return false;
    set_kind(l, carried, LINEAR_YES); /* while its next value is asked for */
    return is_linear(l, loop->blocks[1]->yields[k]);
}

static bool find_linear(Linear *l, const Value *v)
{
    if (is_outer_value(l, v)) {
        l->pays = true;
        return is_source(l, v);
    }
    if (is_summed_value(l, v))
        return true;
    switch (v->kind) {
    case VAL_RESULT:
        return v->region->kind == VAL_LOOP && is_linear_sum(l, v->region, v->i);
    case VAL_LOAD:
        return is_linear_element(l, v);
    case VAL_NEG:
        return is_linear(l, v->args[0]);
    case VAL_ADD:
    case VAL_SUB:
        return is_linear(l, v->args[0]) && is_linear(l, v->args[1]);
    case VAL_MUL:
        return (is_fixed(l, v->args[1]) && is_linear(l, v->args[0])) ||
               (is_fixed(l, v->args[0]) && is_linear(l, v->args[1]));
    case VAL_DIV:
        return is_fixed(l, v->args[1]) && is_linear(l, v->args[0]);
    default:
        return false;
    }
}

static bool is_of_source(const Linear *l, const Value *v)
{
    return v == l->source || (v->kind == VAL_LOAD && memory_base(v->args[0]) == l->source);
}

static bool is_linear(Linear *l, const Value *v)
{
    if (is_fixed(l, v) || v->id >= l->count)
        return false;
    if (l->kind[v->id] == LINEAR_VARIED) {
        const bool paid = l->pays, linear = find_linear(l, v);
        if (l->uses[v->id] > 1 && !is_of_source(l, v)) /* it would be computed all the same, for the others */
            l->pays = paid;
        set_kind(l, v, linear ? LINEAR_YES : LINEAR_NO);
    }
    return l->kind[v->id] == LINEAR_YES;
}

static bool is_summed(const Linear *l)
{
    for (size_t k = 0; k < l->summed.count; k++)
        if (l->summed.at[k] == l->source)
            return true;
    return false;
}

bool linear_can_leave(Linear *l, const Value *accum)
{
    forget_judgements(l);
    l->write = accum;
    return accum->adjoint && runs_alike(l, accum, l->loop->blocks[1]) && is_linear(l, accum->args[1]) &&
           (l->pays || is_summed(l)) && is_fixed(l, accum->args[0]) && has_place_for_sums(l, accum) &&
           !loop_touches(l, accum->args[0], VAL_ACCUM);
}
