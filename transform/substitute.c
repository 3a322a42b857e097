/*
 * substitute.c: work arrays of an iteration whose elements cost next to nothing are computed where they are read.
 * Neither they nor their adjoints go through memory then.
 *
 *     for (i < n) flux[i] = u[i] * u[i] / 2;
 *     for (i) v[i] = flux[i + 1] - flux[i];         →      for (i) v[i] = u[i + 1] * u[i + 1] / 2 - u[i] * u[i] / 2;
 *
 * The array must be filled once, and what it is filled from stay until its last element is read. Nests that read it in
 * more loops than fill it would compute its elements more than once.
 */
#include "clone.h"
#include "flat.h"
#include "passes.h"

enum { MAX_LOADS = 4, MAX_COST = 4 };

typedef struct {
    Function *function;
    Value *object;
    const Value *store, *fill;
    Value *loads[MAX_LOADS];
    int nloads;
    int cost;
    Value *to[FLAT_MAX]; /* indices of the store: the counters of the loops that fill the array */
    int rank;
} Substitute;

static bool is_address(const Substitute *s, const Value *v)
{
    return type_is_pointer(v->type) && memory_base((Value *)(uintptr_t)v) == s->object;
}

static bool note_access(Substitute *s, Value *v, int arg)
{
    Value *indices[FLAT_MAX];
    if (arg != 0 || flat_indices(v->args[0], s->object, indices) != s->rank)
        return false;
    if (v->kind == VAL_STORE && !s->store) {
        s->store = v;
        return true;
    }
    if (v->kind != VAL_LOAD || s->nloads == MAX_LOADS)
        return false;
    s->loads[s->nloads++] = v;
    return true;
}

/* Is the array stored to in one place and loaded from in few, and nothing else? */
static bool find_accesses(Substitute *s, Block *block)
{
    for (Use use = ir_first_use(block); use.block; use = ir_next_use(use, block)) {
        if (!is_address(s, *ir_used(&use)))
            continue;
        const bool continues = use.user && use.arg == 0 && ir_continues_address(use.user);
        if (!continues && (!use.user || !note_access(s, use.user, use.arg)))
            return false;
    }
    return true;
}

/* ---- what an element is computed from ---- */

/* Nobody writes there until the last element is read. */
static bool stays(const Substitute *s, const Value *address)
{
    const Value *last = s->fill;
    for (int k = 0; k < s->nloads; k++) {
        const Value *place = ir_in_block(s->object->block, s->loads[k]);
        last = ir_is_behind(place, last) ? place : last;
    }
    for (const Value *v = s->fill;; v = v->next) {
        if (memory_writes_ever(v, address))
            return false;
        if (v == last)
            return true;
    }
}

static bool is_counter(const Substitute *s, const Value *v)
{
    for (int k = 0; k < s->rank; k++)
        if (ir_without_wide_casts(s->to[k]) == v)
            return true;
    return false;
}

/* Adds up what v costs; false where it cannot be computed elsewhere. */
static bool can_compute(Substitute *s, const Value *v)
{
    if (ir_visible(v, s->fill->block) || is_counter(s, v))
        return true;
    if (v->kind == VAL_LOAD ? !stays(s, v->args[0]) : !ir_is_pure(v->kind) || ir_is_leaf(v->kind))
        return false;
    if (v->kind == VAL_DIV || v->kind == VAL_REM || v->kind == VAL_MATH || v->kind == VAL_PURE_CALL ||
        v->kind == VAL_PASSIVE)
        return false;
    s->cost += v->kind == VAL_LOAD || type_is_real(v->type);
    for (int k = 0; k < v->nargs && s->cost <= MAX_COST; k++)
        if (!can_compute(s, v->args[k]))
            return false;
    return s->cost <= MAX_COST;
}

/* Are the element's indices known there? */
static bool is_known(const Substitute *s, const Value *load, const Block *block)
{
    Value *at[FLAT_MAX];
    flat_indices(load->args[0], s->object, at);
    for (int k = 0; k < s->rank; k++)
        if (at[k] && !ir_visible(at[k], block))
            return false;
    return true;
}

/* Where the element is computed: before loops that read the same one again and again, if it is there, read or not. */
static Value *place_of(const Substitute *s, Value *load)
{
    Value *place = load;
    if (fill_is_inside(load->args[0]))
        while (place->block != s->object->block && place->block->owner->kind == VAL_LOOP &&
               is_known(s, load, place->block->parent))
            place = place->block->owner;
    return place;
}

static void compute(const Substitute *s, CloneMap *map, Builder *b, Value *v)
{
    if (ir_visible(v, s->fill->block) || map->to[v->id])
        return;
    for (int k = 0; k < v->nargs; k++)
        compute(s, map, b, v->args[k]);
    clone_value(map, b, v);
}

static void replace_load(const Substitute *s, Value *load)
{
    Value *place = place_of(s, load);
    Builder b = {.function = s->function, .block = place->block, .before = place, .loc = load->loc};
    CloneMap map = {.share_outside = true};
    clone_map_init(&map, s->function);
    Value *at[FLAT_MAX];
    flat_indices(load->args[0], s->object, at);
    for (int k = 0; k < s->rank; k++) {
        const Value *counter = ir_without_wide_casts(s->to[k]);
        clone_set(&map, counter, at[k] ? ir_cast(&b, counter->type, at[k]) : ir_int(&b, counter->type, 0));
    }
    Value *content = s->store->args[1];
    compute(s, &map, &b, content);
    ir_replace_uses(s->function->body, load, clone_lookup(&map, &b, content));
    ir_remove(load);
}

static int loops_around(const Substitute *s, const Value *v)
{
    int n = 0;
    for (const Block *b = v->block; b != s->object->block; b = b->parent)
        n += b->owner->kind == VAL_LOOP;
    return n;
}

static bool substitute(Function *fn, Value *object)
{
    Substitute s = {.function = fn, .object = object};
    for (const Type *t = object->type->to; t->kind == TYPE_ARRAY; t = t->to)
        s.rank++;
    if (!object->is_private || object->passive || s.rank == 0 || s.rank > FLAT_MAX ||
        type_scalar(object->type->to)->kind != TYPE_REAL || !find_accesses(&s, object->block) || !s.store || !s.nloads)
        return false;
    s.fill = fill_loop(object, s.store);
    if (!s.fill || s.fill->block != object->block)
        return false;
    flat_indices(s.store->args[0], object, s.to);
    for (int k = 0; k < s.nloads; k++)
        if (!ir_is_behind(ir_in_block(object->block, s.loads[k]), s.fill) ||
            loops_around(&s, place_of(&s, s.loads[k])) > s.rank)
            return false;
    if (!can_compute(&s, s.store->args[1]))
        return false;
    for (int k = 0; k < s.nloads; k++)
        replace_load(&s, s.loads[k]);
    return true;
}

static bool substitute_block(Function *fn, Block *block)
{
    bool changed = false;
    for (Value *v = ir_first(block); v; v = ir_next(v, block))
        if (v->kind == VAL_LOCAL && v->block->owner && v->block->owner->kind == VAL_LOOP)
            changed |= substitute(fn, v);
    return changed;
}

bool arrays_substitute(Function *fn)
{
    memory_mark_private(fn);
    return substitute_block(fn, fn->body);
}
