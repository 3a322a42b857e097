/*
 * clears.c: shadows of local arrays that need no clearing. A shadow is cleared before anything is added to it, and a
 * place in it is cleared when its adjoint has been handed on; where the first addition reaches every element, it can be
 * a store instead; where nobody looks at the place again, the clearing is dead.
 */
#include "passes.h"
#include "simplify.h"

enum { MAX_DEPTH = 32 };

static bool reads(const Value *v)
{
    return v->kind == VAL_LOAD || v->kind == VAL_ACCUM || v->kind == VAL_COPY || v->kind == VAL_CALL;
}

/* ---- clearing what is not read again ---- */

/* Does v, or what is in it, read what is at the address? See still_there in storage.c for `own`. */
static bool reads_ever(const Value *v, const Value *address, bool own)
{
    if (reads(v))
        for (int k = 0; k < v->nargs; k++)
            if (type_is_pointer(v->args[k]->type) && !(own && memory_same_address(v->args[k], address)) &&
                memory_may_alias_ever(v->args[k], address))
                return true;
    for (int k = 0; k < 2; k++)
        for (const Value *w = v->blocks[k] ? v->blocks[k]->first : NULL; w; w = w->next)
            if (reads_ever(w, address, own))
                return true;
    return false;
}

static bool is_read_later(const Value *store, const Value *object)
{
    const Value *address = store->args[0], *v = store;
    Value *loops[MAX_DEPTH];
    int nloops = 0;
    for (;;) {
        for (const Value *w = v->next; w; w = w->next)
            if (reads_ever(w, address, false))
                return true;
        if (v->block == object->block)
            return false;
        Value *owner = v->block->owner;
        if (owner->kind == VAL_LOOP) {
            if (nloops == MAX_DEPTH)
                return true;
            loops[nloops++] = owner;
            if (reads_ever(owner, address, false) &&
                (!index_is_injective(address, loops, nloops) || reads_ever(owner, address, true)))
                return true;
        }
        v = owner;
    }
}

static bool is_private_array(const Value *base)
{
    return base->kind == VAL_LOCAL && base->is_private;
}

static void drop_dead_clears(Block *block)
{
    for (Value *v = block->first, *next; v; v = next) {
        next = v->next;
        for (int k = 0; k < 2; k++)
            if (v->blocks[k])
                drop_dead_clears(v->blocks[k]);
        if (v->kind != VAL_STORE || !v->adjoint || v->args[1]->kind != VAL_REAL)
            continue;
        const Value *object = memory_base(v->args[0]);
        if (is_private_array(object) && !is_read_later(v, object))
            ir_remove(v);
    }
}

/* ---- first additions that are stores ---- */

static bool touches(const Value *v, const Value *object)
{
    for (int k = 0; k < v->nargs; k++)
        if (type_is_pointer(v->args[k]->type) && memory_base(v->args[k]) == object && v->kind != VAL_PTRADD &&
            v->kind != VAL_DECAY && v->kind != VAL_FIELD)
            return true;
    for (int k = 0; k < 2; k++)
        for (const Value *w = v->blocks[k] ? v->blocks[k]->first : NULL; w; w = w->next)
            if (touches(w, object))
                return true;
    return false;
}

/* The first access to the object in v or in it, in order of execution. */
static Value *first_access(Value *v, const Value *object)
{
    if (!touches(v, object))
        return NULL;
    if (v->kind != VAL_IF && v->kind != VAL_LOOP)
        return v;
    for (int k = 0; k < 2; k++)
        for (Value *w = v->blocks[k] ? v->blocks[k]->first : NULL; w; w = w->next) {
            Value *found = first_access(w, object);
            if (found)
                return found;
        }
    return NULL;
}

/* All accesses to the object in v are at this address: none comes before the first addition to its element. */
static bool only_at(const Value *v, const Value *object, const Value *address)
{
    const bool region = v->kind == VAL_IF || v->kind == VAL_LOOP;
    if (!region && touches(v, object) && !memory_same_address(v->args[0], address))
        return false;
    for (int k = 0; k < 2; k++)
        for (const Value *w = v->blocks[k] ? v->blocks[k]->first : NULL; w; w = w->next)
            if (!only_at(w, object, address))
                return false;
    return true;
}

static bool store_instead(Value *clear)
{
    const Value *object = clear->args[0];
    Value *region = clear->next;
    while (region && !touches(region, object))
        region = region->next;
    Value *access = region ? first_access(region, object) : NULL;
    if (!access || access->kind != VAL_ACCUM || fill_loop(object, access) != region ||
        !only_at(region, object, access->args[0]))
        return false;
    access->kind = VAL_STORE;
    return true;
}

static void store_first(Block *block)
{
    for (Value *v = block->first, *next; v; v = next) {
        next = v->next;
        for (int k = 0; k < 2; k++)
            if (v->blocks[k])
                store_first(v->blocks[k]);
        if (v->kind == VAL_ZERO && is_private_array(v->args[0]) && store_instead(v))
            ir_remove(v);
    }
}

void clears_remove(Function *fn)
{
    memory_mark_private(fn);
    drop_dead_clears(fn->body);
    store_first(fn->body);
}
