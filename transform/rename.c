/*
 * rename.c: a work array that an iteration fills several times becomes several arrays, so that what it held before is
 * still there when the reverse sweep asks.
 *
 *     for (s) {                                 for (s) {
 *         double w[n];                              double w[n], w2[n];
 *         for (i < n) w[i] = ...                    for (i < n) w[i] = ...
 *         ... w[k] ...                 →            ... w[k] ...
 *         for (i < n) w[i] = ...                    for (i < n) w2[i] = ...
 *         ... w[k] ...                              ... w2[k] ...
 *     }                                         }
 */
#include "passes.h"

enum { MAX_VERSIONS = 8 };

typedef VEC(Value *) Values;

typedef struct {
    Function *function;
    Value *object;
    Value **renamed; /* by id of an address into the object: the same in its successor */
    Value *place;    /* the loop that fills the successor */
} Rename;

static bool is_address(const Rename *r, const Value *v)
{
    return type_is_pointer(v->type) && memory_base((Value *)(uintptr_t)v) == r->object;
}

/* Is all that happens to the object in the block loading, storing and adding? */
static bool is_plain(const Rename *r, Block *block)
{
    for (Use use = ir_first_use(block); use.block; use = ir_next_use(use, block)) {
        if (!is_address(r, *ir_used(&use)))
            continue;
        const Value *v = use.user;
        if (!v || use.arg != 0 || !(v->kind == VAL_LOAD || ir_writes_value(v) || ir_continues_address(v)))
            return false;
    }
    return true;
}

static bool accesses(const Rename *r, const Value *v)
{
    for (const Value *w = v; w; w = ir_next_inside(w, v))
        if (w->nargs && is_address(r, w->args[0]) && !ir_continues_address(w))
            return true;
    return false;
}

/* Does the region do nothing to the object but store to every element? */
static bool only_fills(const Rename *r, const Value *region, const Value *v, bool *fills)
{
    for (const Value *w = v; w; w = ir_next_inside(w, v)) {
        if (!w->nargs || !is_address(r, w->args[0]) || ir_continues_address(w))
            continue;
        if (w->kind != VAL_STORE)
            return false;
        *fills |= fill_loop(r->object, w) == region;
    }
    return true;
}

/* The same address in the successor, made before the loop that fills it. */
static Value *rename_address(Rename *r, Value *address)
{
    if (r->renamed[address->id])
        return r->renamed[address->id];
    Builder b = {.function = r->function, .block = r->place->block, .before = r->place, .loc = address->loc};
    Value *inner = rename_address(r, address->args[0]);
    Value *renamed = address->kind == VAL_DECAY
                         ? ir_decay(&b, inner)
                         : ir_ptradd(&b, inner, address->args[1], address->nargs > 2 ? address->args[2] : NULL);
    return r->renamed[address->id] = renamed;
}

/* Addresses made from here on follow their operands. */
static void rename_in(Rename *r, Value *v)
{
    for (Value *w = v; w; w = ir_next_inside(w, v))
        for (int k = 0; k < w->nargs; k++)
            if (is_address(r, w->args[k]))
                w->args[k] = rename_address(r, w->args[k]);
}

/* A new object for what is filled from `place` on. */
static Value *succeed(Function *fn, Value *object, Value *place)
{
    Rename r = {.function = fn, .object = object, .place = place};
    r.renamed = ARENA_ARRAY(Value *, fn->next_id + 1);
    Builder b = {.function = fn, .block = place->block, .before = place, .loc = object->loc};
    Value *successor = ir_local(&b, object->type->to, object->nargs, object->args, object->hint);
    successor->passive = object->passive;
    successor->is_private = true;
    r.renamed[object->id] = successor;
    for (Value *v = place; v; v = v->next)
        rename_in(&r, v);
    return successor;
}

static void split_object(Function *fn, Value *object)
{
    Rename r = {.function = fn, .object = object};
    if (!object->is_private || type_scalar(object->type->to)->kind != TYPE_REAL || !is_plain(&r, object->block))
        return;
    bool used = false;
    int versions = 1;
    for (Value *v = object->next; v && versions < MAX_VERSIONS; v = v->next) {
        bool fills = false;
        if (used && v->kind == VAL_LOOP && only_fills(&r, v, v, &fills) && fills) {
            r.object = succeed(fn, r.object, v);
            versions++;
        }
        used |= accesses(&r, v);
    }
}

static void split_block(Function *fn, Block *block)
{
    Values objects = {0};
    for (Value *v = ir_first(block); v; v = ir_next(v, block))
        if (v->kind == VAL_LOCAL && v->block->owner && v->block->owner->kind == VAL_LOOP)
            vec_push(&objects, v);
    for (size_t k = 0; k < objects.count; k++)
        split_object(fn, objects.at[k]);
}

void arrays_rename(Function *fn)
{
    memory_mark_private(fn);
    split_block(fn, fn->body);
}
