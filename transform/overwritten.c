/*
 * overwritten.c: stores that another one overwrites before anything reads them are left out. Loops that are written out
 * leave them behind, once what was stored is known where it was loaded:
 *
 *     y[i] = t0;              y[i] = t0 + w[0] * x[0] + w[1] * x[1];
 *     t1 = t0 + w[0] * x[0]
 *     y[i] = t1           →
 *     t2 = t1 + w[1] * x[1]
 *     y[i] = t2
 */
#include "passes.h"

enum { MAX_LATER = 16 };

/* Stores further down in the block; nothing between reads what is there. */
typedef struct {
    const Value *at[MAX_LATER];
    int count;
} Later;

/* The memory may be read as another type: memory_may_alias asks for types, too. */
static bool is_cast(const Value *address)
{
    for (; ir_continues_address(address); address = address->args[0])
        continue;
    return address->kind == VAL_CAST;
}

static void forget_read(Later *later, const Value *address)
{
    int kept = 0;
    if (is_cast(address))
        later->count = 0;
    for (int k = 0; k < later->count; k++)
        if (!memory_may_alias_ever(later->at[k]->args[0], address))
            later->at[kept++] = later->at[k];
    later->count = kept;
}

/* What v, or something in it, may read is not overwritten unread. */
static void forget(Later *later, const Value *v)
{
    for (int k = 0; k < 2; k++)
        for (const Value *w = v->blocks[k] ? v->blocks[k]->first : NULL; w && later->count; w = w->next)
            forget(later, w);
    if (v->kind == VAL_LOAD || v->kind == VAL_ACCUM)
        forget_read(later, v->args[0]);
    else if (v->kind != VAL_STORE && !ir_is_region(v) && memory_has_effect(v))
        later->count = 0;
}

static bool is_overwritten(const Later *later, const Value *store)
{
    for (int k = 0; k < later->count; k++)
        if (memory_same_address(later->at[k]->args[0], store->args[0]) &&
            type_same(later->at[k]->args[1]->type, store->args[1]->type))
            return true;
    return false;
}

static void remember(Later *later, const Value *store)
{
    if (later->count == MAX_LATER)
        memmove(later->at, later->at + 1, sizeof later->at[0] * (size_t)--later->count);
    later->at[later->count++] = store;
}

static bool drop_in(Block *block)
{
    Later later = {.count = 0};
    bool any = false;
    for (Value *v = block->last, *prev; v; v = prev) {
        prev = v->prev;
        for (int k = 0; k < 2; k++)
            if (v->blocks[k])
                any |= drop_in(v->blocks[k]);
        forget(&later, v);
        if (v->kind != VAL_STORE)
            continue;
        if (is_overwritten(&later, v)) {
            ir_remove(v);
            any = true;
        } else if (!is_cast(v->args[0])) {
            remember(&later, v);
        }
    }
    return any;
}

bool stores_drop_overwritten(Function *fn)
{
    memory_mark_private(fn);
    return drop_in(fn->body);
}
