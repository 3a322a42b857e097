/*
 * join.c: neighbouring loops of the reverse sweep that count alike become one where the second goes on, element by
 * element, with what the first leaves in a work array. Then an element is a value of the iteration, and the array goes.
 *
 *     for (i < n) h_bar[i] = ...;                 for (i < n) {
 *     for (i < n) x_bar[i] += h_bar[i] * w;   →       x_bar[i] += ... * w;
 *                                                 }
 *
 * Iteration i of the second loop then runs before iteration i + 1 of the first. That is right where, of all the memory
 * that both access and one writes, each iteration has its own; additions to one place commute.
 */
#include "merge.h"

enum { MAX_TOUCHES = 64, MAX_BETWEEN = 48, MAX_TRIED = 4 };

typedef struct {
    const Value *at[MAX_TOUCHES];
    int count;
    bool complete; /* all of them are known: no calls, and no more than fit */
} Touches;

static bool is_access(const Value *v)
{
    return v->kind == VAL_LOAD || v->kind == VAL_STORE || v->kind == VAL_ACCUM || v->kind == VAL_ZERO;
}

static void find_touches(Touches *a, const Value *v)
{
    if (is_access(v)) {
        if (a->count == MAX_TOUCHES)
            a->complete = false;
        else
            a->at[a->count++] = v;
        return;
    }
    a->complete &= ir_is_region(v) || v->kind == VAL_FREE || !memory_has_effect(v);
    for (int k = 0; k < 2 && a->complete; k++)
        for (const Value *w = v->blocks[k] ? v->blocks[k]->first : NULL; w && a->complete; w = w->next)
            find_touches(a, w);
}

static Touches touches_of(const Value *v)
{
    Touches a = {.complete = true};
    find_touches(&a, v);
    return a;
}

/* ---- elements ---- */

/* x of an iteration of `first` is y of the same iteration of `second`. */
static bool corresponds(const Value *x, const Value *y, const Value *first, const Value *second)
{
    if (x == y || (x == first->counter && y == second->counter))
        return true;
    if (x->kind != y->kind || x->i != y->i || x->nargs != y->nargs || ir_is_leaf(x->kind) || !ir_is_pure(x->kind) ||
        !type_same(x->type, y->type) || x->kind == VAL_MATH || x->kind == VAL_PURE_CALL)
        return false;
    for (int k = 0; k < x->nargs; k++)
        if (!corresponds(x->args[k], y->args[k], first, second))
            return false;
    return true;
}

/* The same element in the same iteration, another one in another iteration. */
static bool same_element(const Value *a, const Value *b, Value *first, const Value *second)
{
    return corresponds(a->args[0], b->args[0], first, second) && index_is_injective(a->args[0], &first, 1);
}

static bool is_inside(const Value *address, const Value *loop)
{
    const Value *base = memory_base((Value *)(uintptr_t)address);
    return base->kind == VAL_LOCAL && ir_block_inside(base->block, loop->blocks[1]);
}

static bool meets(const Value *a, const Value *b)
{
    const bool writes = a->kind != VAL_LOAD || b->kind != VAL_LOAD, adds = a->kind == VAL_ACCUM && b->kind == VAL_ACCUM;
    return writes && !adds && memory_may_alias_ever(a->args[0], b->args[0]);
}

static bool iterations_allow(const Touches *a, const Touches *b, Value *first, const Value *second)
{
    for (int i = 0; i < a->count; i++)
        for (int j = 0; j < b->count; j++)
            if (meets(a->at[i], b->at[j]) && !is_inside(a->at[i]->args[0], first) &&
                !is_inside(b->at[j]->args[0], second) && !same_element(a->at[i], b->at[j], first, second))
                return false;
    return true;
}

/* The second loop passes over what stands between the two. */
static bool between_allows(const Touches *b, const Value *first, const Value *second)
{
    for (const Value *w = first->next; w != second; w = w->next) {
        const Touches between = touches_of(w);
        if (!between.complete)
            return false;
        for (int i = 0; i < between.count; i++)
            for (int j = 0; j < b->count; j++)
                if (meets(between.at[i], b->at[j]))
                    return false;
    }
    return true;
}

/* The second loop goes on with an element of a work array that the first leaves. */
static bool hands_on(const Touches *a, const Touches *b, Value *first, const Value *second)
{
    for (int i = 0; i < a->count; i++) {
        const Value *x = a->at[i], *base = memory_base(x->args[0]);
        if (x->kind == VAL_LOAD || x->block != first->blocks[1] || base->kind != VAL_LOCAL || !base->is_private)
            continue;
        for (int j = 0; j < b->count; j++)
            if (b->at[j]->block == second->blocks[1] && same_element(x, b->at[j], first, second))
                return true;
    }
    return false;
}

/* ---- joining ---- */

static bool counts_alike(const Value *a, const Value *b)
{
    return a->from == b->from && a->to == b->to && a->step == b->step && a->rel == b->rel &&
           a->reversed == b->reversed && type_same(a->counter->type, b->counter->type);
}

static bool is_candidate(const Value *v)
{
    return v->kind == VAL_LOOP && v->counted && v->adjoint;
}

static bool can_join(const Merge *m, Value *first, const Value *second)
{
    const Touches a = touches_of(first), b = touches_of(second);
    if (!a.complete || !b.complete || !hands_on(&a, &b, first, second))
        return false;
    for (int k = 0; k < second->nresults; k++)
        if (!merge_can_move_ahead(m, second->args[k], first))
            return false;
    return iterations_allow(&a, &b, first, second) && between_allows(&b, first, second) &&
           merge_can_feed(m, first, second);
}

/* The nearest loop that can be joined, of those that count alike. */
static Value *find_first(const Merge *m, const Value *second)
{
    Value *v = second->prev;
    for (int k = 0, tried = 0; v && k < MAX_BETWEEN && tried < MAX_TRIED; k++, v = v->prev) {
        if (!is_candidate(v) || !counts_alike(v, second))
            continue;
        if (can_join(m, v, second))
            return v;
        tried++;
    }
    return NULL;
}

static void join_block(Merge *m, Block *block)
{
    for (Value *v = block->first, *next; v; v = next) {
        next = v->next;
        if (m->changed)
            merge_resolve(m, v);
        Value *first = is_candidate(v) ? find_first(m, v) : NULL;
        if (first) {
            vec_push(&m->function->decisions,
                     (Decision){.kind = DECIDED_JOINED, .region = v->twin ? v->twin->loc : v->loc});
            merge_loops(m, first, v);
            continue;
        }
        for (int k = 0; k < 2; k++)
            if (v->blocks[k])
                join_block(m, v->blocks[k]);
    }
}

static bool join_once(Function *fn)
{
    Merge m = merge_begin(fn);
    join_block(&m, fn->body);
    return merge_end(&m);
}

bool join_loops(Function *fn)
{
    bool joined = false;
    memory_mark_private(fn);
    while (join_once(fn))
        joined = true;
    return joined;
}
