/*
 * scratch.c: work arrays move into the loop whose iterations they serve. People declare a scratch array once, before
 * the loop; where each iteration fills it before reading it, nothing passes from one iteration to the next, and an
 * array of the iteration's own says so. Then the iteration's adjoint needs no history of it.
 *
 *     double h[n];                          for (s) {
 *     for (s) {                                 double h[n];
 *         for (j < n) h[j] = ...     →          for (j < n) h[j] = ...
 *         ... h[k] ...                          ... h[k] ...
 *     }                                     }
 *
 * An array is filled when counted loops from 0 to its extents store to the element of their counters in every
 * iteration. It is enough that they fill the elements that later loops, with the same bounds, read.
 */
#include "passes.h"

enum { MAX_STORED = 64, MAX_RANGES = 16 };

typedef VEC(Value *) Values;

typedef struct {
    Function *function;
    Value *object;
    Values addresses;                /* the object and what is computed from it, in order */
    Values accesses;                 /* loads, stores and other uses */
    bool choice;                     /* an address is chosen at run time: its uses are not all known to be accesses */
    const Value *stored[MAX_STORED]; /* addresses stored to before, in scope */
    int nstored;
    bool full;
    const Value *fills;           /* the loop after which the array is full */
    FillRange ranges[MAX_RANGES]; /* filled before, in scope */
    int nranges;
    FillRange range; /* that fills_range, a loop, is filling */
    const Value *fills_range;
} Scratch;

/* ---- uses ---- */

static bool is_address(const Scratch *s, const Value *v)
{
    return v == s->object || (type_is_pointer(v->type) && memory_base((Value *)(uintptr_t)v) == s->object);
}

/* All objects of the function, in order, and by id. */
typedef struct {
    Function *function;
    VEC(Scratch *) all;
    Scratch **of;
} Objects;

/* The object that the pointer leads to, NULL where it is none of the function's. */
static Scratch *object_of(const Objects *o, const Value *pointer)
{
    return type_is_pointer(pointer->type) ? o->of[memory_base((Value *)(uintptr_t)pointer)->id] : NULL;
}

static void find_object(Objects *o, Value *local)
{
    Scratch *s = o->of[local->id] = ARENA_NEW(Scratch);
    s->function = o->function;
    s->object = local;
    vec_push(&o->all, s);
}

static void note_accesses(const Objects *o, Value *v)
{
    for (int k = 0; k < v->nargs; k++) {
        Scratch *s = object_of(o, v->args[k]);
        if (!s || (s->accesses.count && s->accesses.at[s->accesses.count - 1] == v))
            continue;
        vec_push(&s->accesses, v);
        s->choice |= v->kind == VAL_SELECT || v->kind == VAL_LOOP;
    }
}

static void find_uses(Objects *o, Block *block)
{
    for (Value *v = block->first; v; v = v->next) {
        if (v->kind == VAL_LOCAL)
            find_object(o, v);
        Scratch *s = v->kind == VAL_LOCAL || ir_continues_address(v) ? object_of(o, v) : NULL;
        if (s)
            vec_push(&s->addresses, v);
        else
            note_accesses(o, v);
        for (int k = 0; k < 2; k++)
            if (v->blocks[k])
                find_uses(o, v->blocks[k]);
    }
    for (int k = 0; k < block->nyields; k++) {
        Scratch *s = object_of(o, block->yields[k]);
        if (s)
            s->choice = true;
    }
}

/* The innermost block around all accesses. */
static Block *around_accesses(const Scratch *s)
{
    Block *around = s->accesses.at[0]->block;
    for (size_t k = 1; k < s->accesses.count; k++)
        while (!ir_block_inside(s->accesses.at[k]->block, around))
            around = around->parent;
    return around;
}

/* ---- filling ---- */

static bool was_stored(const Scratch *s, const Value *address)
{
    for (int k = 0; k < s->nstored; k++)
        if (s->stored[k] == address)
            return true;
    return false;
}

static bool range_is_filled(const Scratch *s, const Value *access)
{
    FillRange range;
    if (s->nranges == 0 || !fill_range(s->object, access->args[0], &range))
        return false;
    for (int k = 0; k < s->nranges; k++)
        if (fill_same_range(&s->ranges[k], &range))
            return true;
    return false;
}

static bool filled_before_read(Scratch *s, const Block *block);

static bool access_is_filled(Scratch *s, const Value *v)
{
    bool uses = false;
    for (int k = 0; k < v->nargs; k++)
        uses |= is_address(s, v->args[k]);
    if (!uses || ir_continues_address(v) || s->full)
        return true;
    if (v->kind == VAL_STORE) {
        if (is_address(s, v->args[1]))
            return false;
        if (s->nstored < MAX_STORED)
            s->stored[s->nstored++] = v->args[0];
        const Value *fills = fill_loop(s->object, v);
        s->fills = fills ? fills : s->fills;
        FillRange range;
        const Value *loop = fill_range_loop(s->object, v, &range);
        if (loop) {
            s->fills_range = loop;
            s->range = range;
        }
        return true;
    }
    return (v->kind == VAL_LOAD || v->kind == VAL_ACCUM) && (was_stored(s, v->args[0]) || range_is_filled(s, v));
}

static bool filled_before_read(Scratch *s, const Block *block)
{
    const int nstored = s->nstored, nranges = s->nranges;
    const bool full = s->full;
    for (const Value *v = block->first; v; v = v->next) {
        if (!access_is_filled(s, v))
            return false;
        for (int k = 0; k < 2; k++)
            if (v->blocks[k] && !filled_before_read(s, v->blocks[k]))
                return false;
        s->full |= v == s->fills;
        if (v == s->fills_range && s->nranges < MAX_RANGES)
            s->ranges[s->nranges++] = s->range;
    }
    s->nstored = nstored;
    s->nranges = nranges;
    s->full = full;
    return true;
}

static bool is_filled_anew(Scratch *s, const Block *body)
{
    s->nstored = s->nranges = 0;
    s->fills_range = NULL;
    s->full = false;
    s->fills = NULL;
    return filled_before_read(s, body);
}

/* ---- moving ---- */

static void move_into(Scratch *s, Block *body)
{
    Value *before = body->first;
    for (size_t k = 0; k < s->addresses.count; k++)
        if (!ir_block_inside(s->addresses.at[k]->block, body))
            ir_move(s->addresses.at[k], body, before);
}

static void place_object(Scratch *s)
{
    const Value *object = s->object;
    if (s->choice || !s->accesses.count || !object->is_private || type_scalar(object->type->to)->kind != TYPE_REAL)
        return;
    for (Block *block = around_accesses(s); block != object->block; block = block->parent) {
        if (block->owner->kind != VAL_LOOP || block->owner->blocks[1] != block || !is_filled_anew(s, block))
            continue;
        move_into(s, block);
        return;
    }
}

void scratch_place(Function *fn)
{
    Objects objects = {.function = fn, .of = ARENA_ARRAY(Scratch *, fn->next_id + 1)};
    memory_mark_private(fn);
    find_uses(&objects, fn->body);
    for (size_t k = 0; k < objects.all.count; k++)
        place_object(objects.all.at[k]);
}
