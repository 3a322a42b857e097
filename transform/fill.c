/*
 * fill.c: loops that write every element of an array: one for each dimension, each counting through it, with nothing
 * but loops between them.
 *
 *     for (i = 0; i < n; i++)
 *         for (j = 0; j < m; j++)
 *             a[i][j] = ...;
 */
#include "passes.h"

#include <stdlib.h>

enum { MAX_DIMENSIONS = FILL_MAX };

/* Extents of the array, outermost first; 0 where they are not known. */
static int find_extents(const Value *object, const Value *extents[], int64_t counts[])
{
    int n = 0, variable = 0;
    for (const Type *t = object->type->to; t->kind == TYPE_ARRAY; t = t->to) {
        if (n == MAX_DIMENSIONS || t->count == ARRAY_UNKNOWN ||
            (t->count == ARRAY_VARIABLE && variable >= object->nargs))
            return 0;
        counts[n] = t->count;
        extents[n++] = t->count == ARRAY_VARIABLE ? ir_without_wide_casts(object->args[variable++]) : NULL;
    }
    return n;
}

/* The loop counts through the whole dimension. */
static bool counts_through(const Value *loop, const Value *extent, int64_t count)
{
    if (!loop->counted || loop->step != 1 || loop->rel != VAL_LT || loop->from->kind != VAL_INT || loop->from->i != 0)
        return false;
    return extent ? ir_without_wide_casts(loop->to) == extent : loop->to->kind == VAL_INT && loop->to->i == count;
}

/* The indices of an address in the object, outermost first; -1 where it is not one plain index a dimension. */
static int find_indices(const Value *address, const Value *object, const Value *indices[])
{
    const Value *reversed[MAX_DIMENSIONS];
    int n = 0;
    while (address != object) {
        if (address->kind != VAL_PTRADD || n == MAX_DIMENSIONS || address->args[0]->kind != VAL_DECAY)
            return -1;
        reversed[n++] = ir_without_wide_casts(address->args[1]);
        address = address->args[0]->args[0];
    }
    for (int k = 0; k < n; k++)
        indices[k] = reversed[n - 1 - k];
    return n;
}

const Value *fill_loop(const Value *object, const Value *store)
{
    const Value *extents[MAX_DIMENSIONS], *indices[MAX_DIMENSIONS];
    int64_t counts[MAX_DIMENSIONS];
    const int n = find_extents(object, extents, counts);
    if (n == 0 || find_indices(store->args[0], object, indices) != n)
        return NULL;
    const Value *loop = NULL;
    const Block *block = store->block;
    for (int found = 0; found < n; found++) {
        loop = block->owner;
        if (!loop || loop->kind != VAL_LOOP)
            return NULL;
        int dimension = -1;
        for (int k = 0; k < n; k++)
            if (indices[k] == loop->counter && counts_through(loop, extents[k], counts[k]))
                dimension = k;
        if (dimension < 0)
            return NULL;
        indices[dimension] = NULL;
        block = block->owner->block;
    }
    return loop;
}

bool fill_range(const Value *object, const Value *address, FillRange *range)
{
    const Value *extents[MAX_DIMENSIONS], *indices[MAX_DIMENSIONS];
    int64_t counts[MAX_DIMENSIONS];
    range->rank = find_extents(object, extents, counts);
    if (range->rank == 0 || find_indices(address, object, indices) != range->rank)
        return false;
    for (int k = 0; k < range->rank; k++) {
        if (indices[k]->kind != VAL_COUNTER || !indices[k]->region->counted)
            return false;
        range->loops[k] = indices[k]->region;
    }
    return true;
}

static bool is_in_range(const Value *loop, const FillRange *range)
{
    int count = 0;
    for (int k = 0; k < range->rank; k++)
        count += range->loops[k] == loop;
    return count == 1;
}

const Value *fill_range_loop(const Value *object, const Value *write, FillRange *range)
{
    if (!fill_range(object, write->args[0], range))
        return NULL;
    const Value *outermost = NULL;
    const Block *block = write->block;
    for (int k = 0; k < range->rank; k++, block = outermost->block) {
        outermost = block->owner;
        if (!outermost || !is_in_range(outermost, range))
            return NULL;
    }
    for (int k = 0; k < range->rank; k++)
        if (!ir_visible(range->loops[k]->from, block) || !ir_visible(range->loops[k]->to, block))
            return NULL;
    return outermost;
}

bool fill_same_range(const FillRange *a, const FillRange *b)
{
    bool same = a->rank == b->rank;
    for (int k = 0; same && k < a->rank; k++) {
        const Value *x = a->loops[k], *y = b->loops[k];
        same = x->from == y->from && x->to == y->to && x->rel == y->rel && x->step == y->step &&
               type_same(x->counter->type, y->counter->type);
    }
    return same;
}

/* A constant, or a counter, of a loop around, that stays within the dimension. */
static bool stays_inside(const Value *index, const Value *extent, int64_t count)
{
    if (index->kind == VAL_INT)
        return !extent && index->i >= 0 && index->i < count;
    if (index->kind != VAL_COUNTER)
        return false;
    const Value *loop = index->region;
    if (!loop->counted || loop->step <= 0 || loop->rel != VAL_LT || loop->from->kind != VAL_INT || loop->from->i < 0)
        return false;
    return extent ? ir_without_wide_casts(loop->to) == extent : loop->to->kind == VAL_INT && loop->to->i <= count;
}

bool fill_is_inside(const Value *address)
{
    const Value *object = memory_base((Value *)(uintptr_t)address);
    const Value *extents[MAX_DIMENSIONS], *indices[MAX_DIMENSIONS];
    int64_t counts[MAX_DIMENSIONS];
    if (object->kind != VAL_LOCAL || address == object)
        return object->kind == VAL_LOCAL;
    const int n = find_extents(object, extents, counts);
    if (n == 0 || find_indices(address, object, indices) != n)
        return false;
    for (int k = 0; k < n; k++)
        if (!stays_inside(indices[k], extents[k], counts[k]))
            return false;
    return true;
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

bool fill_loops_span(Value *const *loops, int nloops, const Value *object)
{
    int extent = 0;
    for (const Type *t = object->type->to; t->kind == TYPE_ARRAY; t = t->to) {
        const Value *variable = t->count == ARRAY_VARIABLE ? object->args[extent++] : NULL;
        if (!some_loop_spans(loops, nloops, variable, t->count))
            return false;
    }
    return true;
}
