/*
 * merge.c: the mechanics of merging loops (merge.h).
 */
#include "merge.h"

#include "simplify.h"

/* ---- tables by id ---- */

static void number_block(const Merge *m, Block *block)
{
    int position = 0;
    for (Value *v = block->first; v; v = v->next) {
        m->position[v->id] = ++position;
        for (int k = 0; k < 2; k++)
            if (v->blocks[k])
                number_block(m, v->blocks[k]);
    }
}

/* For values that fusing makes. */
static void make_room(Merge *m)
{
    const unsigned old = m->capacity, needed = m->function->next_id + 1;
    if (needed <= old)
        return;
    m->capacity = 2 * needed;
    m->position = arena_grow(m->position, sizeof(int) * old, sizeof(int) * m->capacity);
    m->stands_for = arena_grow(m->stands_for, sizeof(Value *) * old, sizeof(Value *) * m->capacity);
}

static Value *resolve(const Merge *m, Value *v)
{
    while (v->id < m->capacity && m->stands_for[v->id])
        v = m->stands_for[v->id];
    return v;
}

static void resolve_block(const Merge *m, Block *block);

void merge_resolve(const Merge *m, Value *v)
{
    for (int k = 0; k < v->nargs; k++)
        v->args[k] = resolve(m, v->args[k]);
    if (v->counted) {
        v->from = resolve(m, v->from);
        v->to = resolve(m, v->to);
    }
    for (int k = 0; k < 2; k++)
        if (v->blocks[k])
            resolve_block(m, v->blocks[k]);
}

static void resolve_block(const Merge *m, Block *block)
{
    for (Value *v = block->first; v; v = v->next)
        merge_resolve(m, v);
    for (int k = 0; k < block->nyields; k++)
        block->yields[k] = resolve(m, block->yields[k]);
}

/* ---- what can be had before the loop ---- */

static const Value *listed(const Value *v)
{
    return v->kind == VAL_RESULT ? v->region : v;
}

static bool is_ahead(const Merge *m, const Value *v, const Value *loop)
{
    const Value *place = listed(v);
    if (ir_is_leaf(v->kind) && place == v)
        return true;
    return place->block != loop->block || m->position[place->id] < m->position[loop->id];
}

/* It can be computed before the loop as well. */
bool merge_can_move_ahead(const Merge *m, const Value *v, const Value *loop)
{
    if (is_ahead(m, v, loop))
        return true;
    if (v->kind == VAL_RESULT)
        return false;
    const bool load = v->kind == VAL_LOAD;
    if (!load && !ir_is_pure(v->kind))
        return false;
    for (int k = 0; k < v->nargs; k++)
        if (!merge_can_move_ahead(m, v->args[k], loop))
            return false;
    if (!load)
        return true;
    for (const Value *w = loop; w != v; w = w->next)
        if (memory_clobbers(w, v->args[0]))
            return false;
    return true;
}

static void move_ahead(const Merge *m, Value *v, Value *loop)
{
    if (is_ahead(m, v, loop))
        return;
    for (int k = 0; k < v->nargs; k++)
        move_ahead(m, v->args[k], loop);
    ir_move(v, loop->block, loop);
    m->position[v->id] = m->position[loop->id] - 1;
}

typedef bool (*OutsideUse)(const Merge *m, Value *used, Value *loop);

static bool outside_allowed(const Merge *m, Value *used, Value *loop)
{
    return merge_can_move_ahead(m, used, loop);
}

static bool outside_move(const Merge *m, Value *used, Value *loop)
{
    move_ahead(m, used, loop);
    return true;
}

/* Applies `visit` to each value of `loop`'s block that is used inside `block`. */
static bool visit_outside(const Merge *m, Block *block, Value *loop, OutsideUse visit)
{
    for (Use use = ir_first_use(block); use.block; use = ir_next_use(use, block)) {
        Value *used = *ir_used(&use);
        if (listed(used)->block == loop->block && !visit(m, used, loop))
            return false;
    }
    return true;
}

/* ---- merging ---- */

static void replace(Merge *m, const Value *v, Value *by)
{
    m->stands_for[v->id] = by;
}

static void append_body(Block *to, Block *from)
{
    for (Value *v = from->first, *next; v; v = next) {
        next = v->next;
        ir_move(v, to, NULL);
    }
}

/* The first loop carries what the second does, from its initial value or, where that comes later, from zero. */
static void carry(Merge *m, Value *first, Value *second, int k)
{
    Value *init = second->args[k], *start = init;
    Builder b = {
        .function = m->function, .block = second->block, .before = second->next, .loc = second->loc, .adjoint = true};
    const bool ahead = merge_can_move_ahead(m, init, first);
    if (ahead)
        move_ahead(m, init, first);
    else
        start = ir_real(&b, init->type, 0, NULL);
    const int index = first->nresults;
    Value *carried = ir_loop_carry(first, start);
    carried->hint = first->results[index]->hint = second->carried[k]->hint;
    ir_set_next(first, index, second->blocks[1]->yields[k]);
    replace(m, second->carried[k], carried);
    Value *result = first->results[index];
    b.hint = carried->hint;
    if (!ahead)
        result = ir_binary(&b, VAL_ADD, init->type, init, result);
    make_room(m);
    m->position[result->id] = m->position[second->id];
    replace(m, second->results[k], result);
}

Merge merge_begin(Function *fn)
{
    const size_t n = fn->next_id + 1;
    Merge m = {.function = fn, .capacity = (unsigned)n};
    m.position = ARENA_ARRAY(int, n);
    m.stands_for = ARENA_ARRAY(Value *, n);
    number_block(&m, fn->body);
    return m;
}

bool merge_can_feed(const Merge *m, const Value *first, const Value *second)
{
    return visit_outside(m, second->blocks[1], (Value *)(uintptr_t)first, outside_allowed);
}

void merge_loops(Merge *m, Value *first, Value *second)
{
    visit_outside(m, second->blocks[1], first, outside_move);
    for (int k = 0; k < second->nresults; k++)
        carry(m, first, second, k);
    replace(m, second->counter, first->counter);
    append_body(first->blocks[1], second->blocks[1]);
    resolve_block(m, first->blocks[1]);
    ir_remove(second);
    m->changed = true;
}

bool merge_end(Merge *m)
{
    if (m->changed)
        resolve_block(m, m->function->body);
    return m->changed;
}
