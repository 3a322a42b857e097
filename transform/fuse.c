/*
 * fuse.c: one-pass loops. A loop and its reverse run as one loop, forwards, when no adjoint has to come from a later
 * iteration or from behind the loop:
 *
 *   - what the reverse loop needs from outside can be had before the loop (the adjoint of a sum that the loop adds up
 * does not depend on the sum);
 *   - what it carries from iteration to iteration are sums, whose order does not matter;
 *   - in the shadows of memory that outlives an iteration it only adds, and nobody between the two loops reads or
 * clears what it adds to.
 *
 *     for (i) s += f(x[i]);                        for (i) {
 *     ...                             →                s += f(x[i]);
 *     for (i, backwards) x_bar[i] += s_bar * f';       x_bar[i] += s_bar * f';
 *                                                  }
 *
 * Then the iteration's values are in scope for its adjoint, and nothing is kept.
 */
#include "accesses.h"
#include "heap.h"
#include "passes.h"
#include "simplify.h"

typedef struct {
    Function *function;
    unsigned capacity;
    Sums *sums;
    Accesses *accesses;
    int *position;      /* by id: in its block */
    Value **stands_for; /* by id */
    bool changed;
} Fuse;

/* ---- tables by id ---- */

static void number_block(Fuse *f, Block *block)
{
    int position = 0;
    for (Value *v = block->first; v; v = v->next) {
        f->position[v->id] = ++position;
        for (int k = 0; k < 2; k++)
            if (v->blocks[k])
                number_block(f, v->blocks[k]);
    }
}

/* For values that fusing makes. */
static void make_room(Fuse *f)
{
    const unsigned old = f->capacity, needed = f->function->next_id + 1;
    if (needed <= old)
        return;
    f->capacity = 2 * needed;
    f->position = arena_grow(f->position, sizeof(int) * old, sizeof(int) * f->capacity);
    f->stands_for = arena_grow(f->stands_for, sizeof(Value *) * old, sizeof(Value *) * f->capacity);
}

static Value *resolve(const Fuse *f, Value *v)
{
    while (v->id < f->capacity && f->stands_for[v->id])
        v = f->stands_for[v->id];
    return v;
}

static void resolve_block(const Fuse *f, Block *block);

static void resolve_value(const Fuse *f, Value *v)
{
    for (int k = 0; k < v->nargs; k++)
        v->args[k] = resolve(f, v->args[k]);
    if (v->counted) {
        v->from = resolve(f, v->from);
        v->to = resolve(f, v->to);
    }
    for (int k = 0; k < 2; k++)
        if (v->blocks[k])
            resolve_block(f, v->blocks[k]);
}

static void resolve_block(const Fuse *f, Block *block)
{
    for (Value *v = block->first; v; v = v->next)
        resolve_value(f, v);
    for (int k = 0; k < block->nyields; k++)
        block->yields[k] = resolve(f, block->yields[k]);
}

/* ---- what can be had before the loop ---- */

static const Value *listed(const Value *v)
{
    return v->kind == VAL_RESULT || v->kind == VAL_TRIPS ? v->region : v;
}

static bool is_ahead(const Fuse *f, const Value *v, const Value *loop)
{
    const Value *place = listed(v);
    if (ir_is_leaf(v->kind) && place == v)
        return true;
    return place->block != loop->block || f->position[place->id] < f->position[loop->id];
}

/* It can be computed before the loop as well. */
static bool can_move_ahead(const Fuse *f, const Value *v, const Value *loop)
{
    if (is_ahead(f, v, loop))
        return true;
    if (v->kind == VAL_RESULT || v->kind == VAL_TRIPS)
        return false;
    const bool load = v->kind == VAL_LOAD;
    if (!load && !ir_is_pure(v->kind))
        return false;
    for (int k = 0; k < v->nargs; k++)
        if (!can_move_ahead(f, v->args[k], loop))
            return false;
    if (!load)
        return true;
    for (const Value *w = loop; w != v; w = w->next)
        if (memory_clobbers(w, v->args[0]))
            return false;
    return true;
}

static void move_ahead(Fuse *f, Value *v, Value *loop)
{
    if (is_ahead(f, v, loop))
        return;
    for (int k = 0; k < v->nargs; k++)
        move_ahead(f, v->args[k], loop);
    ir_remove(v);
    v->block = loop->block;
    v->prev = loop->prev;
    v->next = loop;
    *(loop->prev ? &loop->prev->next : &loop->block->first) = v;
    loop->prev = v;
    f->position[v->id] = f->position[loop->id] - 1;
}

typedef bool (*OutsideUse)(Fuse *f, Value *used, Value *loop);

static bool outside_allowed(Fuse *f, Value *used, Value *loop)
{
    return can_move_ahead(f, used, loop);
}

static bool outside_move(Fuse *f, Value *used, Value *loop)
{
    move_ahead(f, used, loop);
    return true;
}

/* Applies `visit` to each value of `loop`'s block that is used inside `block`. */
static bool visit_outside(Fuse *f, const Block *block, Value *loop, OutsideUse visit)
{
    for (const Value *v = block->first; v; v = v->next) {
        for (int k = 0; k < v->nargs; k++)
            if (listed(v->args[k])->block == loop->block && !visit(f, v->args[k], loop))
                return false;
        if (v->counted && ((listed(v->from)->block == loop->block && !visit(f, v->from, loop)) ||
                           (listed(v->to)->block == loop->block && !visit(f, v->to, loop))))
            return false;
        for (int k = 0; k < 2; k++)
            if (v->blocks[k] && !visit_outside(f, v->blocks[k], loop, visit))
                return false;
    }
    for (int k = 0; k < block->nyields; k++)
        if (listed(block->yields[k])->block == loop->block && !visit(f, block->yields[k], loop))
            return false;
    return true;
}

/* ---- shadows ---- */

/* An object that each iteration makes for itself. A pointer that is chosen or loaded there leads anywhere. */
static bool is_own_object(const Value *base, const Block *body)
{
    const bool object = base->kind == VAL_LOCAL || base->kind == VAL_ALLOC || heap_is_object(base);
    return object && base->block && ir_block_inside(base->block, body);
}

/* Does v, or what is in it, read or write (other than by adding) what is at the address? */
static bool reads_or_sets(const Value *v, const Value *address)
{
    switch (v->kind) {
    case VAL_LOAD:
    case VAL_STORE:
    case VAL_ZERO:
        return memory_may_alias_ever(v->args[0], address);
    case VAL_COPY:
        return memory_may_alias_ever(v->args[0], address) || memory_may_alias_ever(v->args[1], address);
    case VAL_CALL:
        return memory_clobbers(v, address);
    default:
        break;
    }
    for (int k = 0; k < 2; k++)
        for (const Value *w = v->blocks[k] ? v->blocks[k]->first : NULL; w; w = w->next)
            if (reads_or_sets(w, address))
                return true;
    return false;
}

/* Does v, or what is in it, access what is at the address in any way? */
static bool accesses(const Value *v, const Value *address)
{
    if (v->kind == VAL_ACCUM)
        return memory_may_alias_ever(v->args[0], address);
    if (v->kind != VAL_IF && v->kind != VAL_LOOP)
        return reads_or_sets(v, address);
    for (int k = 0; k < 2; k++)
        for (const Value *w = v->blocks[k] ? v->blocks[k]->first : NULL; w; w = w->next)
            if (accesses(w, address))
                return true;
    return false;
}

static bool is_access(const Value *v)
{
    return v->kind == VAL_ACCUM || v->kind == VAL_STORE || v->kind == VAL_ZERO || v->kind == VAL_COPY ||
           v->kind == VAL_LOAD;
}

/*
 * One access of the reverse loop. What lives in the iteration is its own. Additions commute with one another, as long
 * as nobody looks at the sum between the two loops; other accesses must be the iteration's own, to what nobody touches
 * between them.
 */
static bool access_allows(const Fuse *f, const Value *v, const Value *loop, const Value *twin, bool own_places)
{
    const Value *base = memory_base(v->args[0]);
    if (is_own_object(base, twin->blocks[1]) || is_own_object(base, loop->blocks[1]))
        return true;
    const bool adds = v->kind == VAL_ACCUM;
    if (!adds && v->kind != VAL_LOAD && !own_places)
        return false;
    const unsigned from = accesses_place(f->accesses, loop);
    const unsigned until =
        own_places || !adds ? accesses_place(f->accesses, twin) - 1 : accesses_last(f->accesses, twin);
    AccessWalk walk = accesses_walk(f->accesses, v->args[0], from, until, !adds);
    for (const Value *w; (w = accesses_next(&walk));)
        if (adds                  ? reads_or_sets(w, v->args[0])
            : v->kind == VAL_LOAD ? memory_clobbers(w, v->args[0])
                                  : accesses(w, v->args[0]))
            return false;
    return own_places || v->kind != VAL_LOAD || !memory_clobbers(twin, v->args[0]);
}

static bool memory_allows(const Fuse *f, const Block *block, const Value *loop, const Value *twin, bool own_places)
{
    for (const Value *v = block->first; v; v = v->next) {
        if (v->kind == VAL_CALL || v->kind == VAL_POP || v->kind == VAL_FREE ||
            (is_access(v) && !access_allows(f, v, loop, twin, own_places)))
            return false;
        for (int k = 0; k < 2; k++)
            if (v->blocks[k] && !memory_allows(f, v->blocks[k], loop, twin, own_places))
                return false;
    }
    return true;
}

/* ---- fusing ---- */

static bool can_fuse(Fuse *f, Value *loop, Value *twin)
{
    if (!loop->counted || loop->kind != VAL_LOOP || twin->block != loop->block || loop->snapshots)
        return false;
    for (int k = 0; k < twin->nresults; k++)
        if (!sums_is_sum(f->sums, twin, k))
            return false;
    return memory_allows(f, twin->blocks[1], loop, twin, order_is_free(f->accesses, twin)) &&
           visit_outside(f, twin->blocks[1], loop, outside_allowed);
}

static void replace(Fuse *f, const Value *v, Value *by)
{
    f->stands_for[v->id] = by;
}

static void append_body(Block *to, Block *from)
{
    for (Value *v = from->first, *next; v; v = next) {
        next = v->next;
        ir_remove(v);
        v->block = to;
        v->prev = to->last;
        v->next = NULL;
        *(to->last ? &to->last->next : &to->first) = v;
        to->last = v;
        for (int k = 0; k < 2; k++)
            if (v->blocks[k])
                v->blocks[k]->parent = to;
    }
}

/* The loop carries the reverse loop's sums too, from their initial value or, where that comes later, from zero. */
static void carry_sum(Fuse *f, Value *loop, Value *twin, int k)
{
    Value *init = twin->args[k], *start = init;
    Builder b = {
        .function = f->function, .block = twin->block, .before = twin->next, .loc = twin->loc, .adjoint = true};
    const bool ahead = can_move_ahead(f, init, loop);
    if (ahead)
        move_ahead(f, init, loop);
    else
        start = ir_real(&b, init->type, 0, NULL);
    const int index = loop->nresults;
    Value *carried = ir_loop_carry(loop, start);
    carried->hint = loop->results[index]->hint = twin->carried[k]->hint;
    ir_set_next(loop, index, twin->blocks[1]->yields[k]);
    replace(f, twin->carried[k], carried);
    Value *result = loop->results[index];
    b.hint = carried->hint;
    if (!ahead)
        result = ir_binary(&b, VAL_ADD, init->type, init, result);
    make_room(f);
    f->position[result->id] = f->position[twin->id];
    replace(f, twin->results[k], result);
}

static void fuse(Fuse *f, Value *loop, Value *twin)
{
    visit_outside(f, twin->blocks[1], loop, outside_move);
    for (int k = 0; k < twin->nresults; k++)
        carry_sum(f, loop, twin, k);
    replace(f, twin->counter, loop->counter);
    append_body(loop->blocks[1], twin->blocks[1]);
    resolve_block(f, loop->blocks[1]);
    vec_push(&f->function->decisions, (Decision){.kind = DECIDED_ONE_PASS, .region = loop->loc});
    ir_remove(twin);
    f->changed = true;
}

/*
 * Pairs of this block, and of what is in it. What runs elsewhere now is still found at its old place, which is behind
 * its new one: between a later pair, one rather finds too much. The insides of loops that became one share a block, and
 * come next time.
 */
static void fuse_block(Fuse *f, Block *block)
{
    for (Value *v = block->first, *next; v; v = next) {
        next = v->next;
        if (f->changed)
            resolve_value(f, v);
        if (v->twin && v->twin->kind == VAL_LOOP && can_fuse(f, v->twin, v)) {
            fuse(f, v->twin, v);
            continue;
        }
        for (int k = 0; k < 2; k++)
            if (v->blocks[k])
                fuse_block(f, v->blocks[k]);
    }
}

static bool fuse_once(Function *fn)
{
    const size_t n = fn->next_id + 1;
    Fuse f = {.function = fn, .capacity = (unsigned)n};
    f.sums = sums_find(fn);
    f.accesses = accesses_find(fn);
    f.position = ARENA_ARRAY(int, n);
    f.stands_for = ARENA_ARRAY(Value *, n);
    number_block(&f, fn->body);
    fuse_block(&f, fn->body);
    if (f.changed)
        resolve_block(&f, fn->body);
    return f.changed;
}

void fuse_loops(Function *fn)
{
    memory_mark_private(fn);
    while (fuse_once(fn))
        continue;
}
