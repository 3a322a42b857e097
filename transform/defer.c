/*
 * defer.c: what the reverse sweep of a recursive function computes before a reverse call, and uses only behind it, is
 * computed behind it: there it may use what the call brings back (storage_back.c).
 *
 *     t = y_bar * sum                           f_reverse(left, ..., seed, tape)
 *     f_reverse(left, ..., seed, tape)   =>    t = y_bar * sum
 *     *w_bar += t                               *w_bar += t
 *
 * Pure operations have no order but that of their uses.
 */
#include <limits.h>

#include "passes.h"

typedef struct {
    unsigned ncalls;
    unsigned *calls;  /* by id: how many reverse calls come before it ... */
    unsigned *after;  /* ... and before what comes next */
    unsigned *needed; /* by id: how many come before its first use; UINT_MAX: the block hands it on */
} Calls;

static void count_calls(Calls *c, const Block *block)
{
    for (const Value *v = block->first; v; v = v->next) {
        c->calls[v->id] = c->ncalls;
        c->needed[v->id] = UINT_MAX;
        for (int k = 0; k < 2; k++)
            if (v->blocks[k])
                count_calls(c, v->blocks[k]);
        c->after[v->id] = c->ncalls += v->kind == VAL_CALL && v->twin;
    }
}

static bool may_move(const Value *v)
{
    return v->adjoint && ir_is_pure(v->kind) && !ir_is_leaf(v->kind);
}

/* By `user`, which is in v's block, or in a region of it. */
static void note_use(const Calls *c, const Value *v, const Value *user)
{
    if (!v || !may_move(v))
        return;
    while (user && user->block != v->block)
        user = user->block->owner;
    if (user && c->calls[user->id] < c->needed[v->id])
        c->needed[v->id] = c->calls[user->id];
}

/* Right behind the last reverse call before its first use: in front of what has come there, which may use it. */
static void defer_value(const Calls *c, Value *v, unsigned calls)
{
    Value *place = v;
    while (place && c->calls[place->id] < calls)
        place = place->next;
    if (place == v)
        return;
    ir_move(v, v->block, place);
    c->calls[v->id] = c->after[v->id] = calls;
}

/* Backwards: users first. */
static void defer_in(const Calls *c, Block *block)
{
    const unsigned calls_at_end = block->last ? c->after[block->last->id] : 0;
    for (int k = 0; k < block->nyields && block->owner; k++)
        note_use(c, block->yields[k], block->owner);
    for (Value *v = block->last, *prev; v; v = prev) {
        prev = v->prev;
        if (may_move(v))
            defer_value(c, v, c->needed[v->id] < calls_at_end ? c->needed[v->id] : calls_at_end);
        for (int k = 2; k-- > 0;)
            if (v->blocks[k])
                defer_in(c, v->blocks[k]);
        for (int k = 0; k < v->nargs; k++)
            note_use(c, v->args[k], v);
        note_use(c, v->from, v);
        note_use(c, v->to, v);
    }
}

void values_defer(Function *fn)
{
    const size_t n = fn->next_id + 1;
    Calls c = {
        .calls = ARENA_ARRAY(unsigned, n), .after = ARENA_ARRAY(unsigned, n), .needed = ARENA_ARRAY(unsigned, n)};
    count_calls(&c, fn->body);
    if (c.ncalls)
        defer_in(&c, fn->body);
}
