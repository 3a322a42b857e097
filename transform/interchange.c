/*
 * interchange.c: two loops of the reverse sweep, one in the other, that only add to adjoints change places where the
 * inner one then goes along the rows of more arrays. The sums of adjoints are in whatever order is fast.
 *
 *     for (j)                                        for (k)
 *         for (k)                                        for (j)
 *             p_bar[k][j] += g[j] * a[k];      →             p_bar[k][j] += g[j] * a[k];
 *
 * The primal multiplied matrices with k inside, so that each element's sum was in one place; for the adjoints that is
 * the wrong way round: one cache line for each element.
 */
#include "passes.h"

enum { MAX_BODY = 64, SHORT = 8 };

/* How many elements v, an integer or an address, moves on with the counter; FAR: several, or who knows. */
enum { FAR = 2 };

static int movement(const Value *v, const Value *counter, const Block *outside);

static int movement_of_any(const Value *v, const Value *counter, const Block *outside)
{
    for (int k = 0; k < v->nargs; k++)
        if (movement(v->args[k], counter, outside) > 0)
            return FAR;
    return 0;
}

static int movement(const Value *v, const Value *counter, const Block *outside)
{
    if (v == counter)
        return 1;
    if (ir_visible(v, outside) || ir_is_leaf(v->kind))
        return 0;
    if (v->kind == VAL_CAST && type_is_int(v->type) && type_is_int(v->args[0]->type))
        return movement(v->args[0], counter, outside);
    if (v->kind != VAL_ADD && v->kind != VAL_PTRADD)
        return movement_of_any(v, counter, outside);
    const int base = movement(v->args[0], counter, outside), index = movement(v->args[1], counter, outside);
    if (v->kind == VAL_PTRADD && index > 0 && !type_is_real(v->type->to))
        return FAR;
    return base + index < FAR ? base + index : FAR;
}

/* ---- which loops ---- */

static bool is_access(const Value *v)
{
    return v->kind == VAL_LOAD || v->kind == VAL_ACCUM;
}

static bool is_plain_loop(const Value *v)
{
    return v->kind == VAL_LOOP && v->counted && !v->reversed && v->nresults == 0;
}

/* Computed as often as the innermost body without much loss. */
static bool is_cheap(const Value *v)
{
    return v->kind == VAL_LOAD || (ir_is_pure(v->kind) && v->kind != VAL_MATH && v->kind != VAL_PURE_CALL &&
                                   !(v->kind == VAL_DIV && type_is_real(v->type)));
}

/* The only loop in the loop's body, whose other values could as well be computed in there. */
static Value *only_loop_in(const Value *loop)
{
    Value *inner = loop->blocks[1]->last;
    if (!inner || !is_plain_loop(inner))
        return NULL;
    for (const Value *v = loop->blocks[1]->first; v != inner; v = v->next)
        if (!is_cheap(v))
            return NULL;
    return inner;
}

static bool only_adds(const Value *loop)
{
    int count = 0;
    for (const Value *v = loop->blocks[1]->first; v; v = v->next, count++)
        if (v->kind != VAL_LOAD && !ir_is_pure(v->kind) && !(v->kind == VAL_ACCUM && v->adjoint))
            return false;
    return count <= MAX_BODY;
}

static bool reads_what_it_adds_to(const Value *accum, const Block *block)
{
    for (const Value *v = block->first; v; v = v->next)
        if (v->kind == VAL_LOAD && memory_may_alias_ever(v->args[0], accum->args[0]))
            return true;
    return false;
}

static bool is_free(const Value *outer, const Value *inner)
{
    for (const Value *v = inner->blocks[1]->first; v; v = v->next)
        if (v->kind == VAL_ACCUM &&
            (reads_what_it_adds_to(v, inner->blocks[1]) || reads_what_it_adds_to(v, outer->blocks[1])))
            return false;
    return true;
}

static bool is_short(const Value *loop)
{
    return loop->from->kind == VAL_INT && loop->to->kind == VAL_INT && loop->to->i - loop->from->i < SHORT;
}

/* Accesses of the inner body that jump when the counter moves on; additions are a load and a store. */
static int jumps(const Value *inner, const Value *counter, const Block *outside)
{
    int count = 0;
    for (const Value *v = inner->blocks[1]->first; v; v = v->next)
        if (is_access(v) && movement(v->args[0], counter, outside) == FAR)
            count += v->kind == VAL_ACCUM ? 2 : 1;
    return count;
}

static bool gains(const Value *outer, const Value *inner)
{
    return jumps(inner, outer->counter, outer->block) < jumps(inner, inner->counter, outer->block);
}

/* ---- changing places ---- */

static void swap_values(Value **a, Value **b)
{
    Value *const was = *a;
    *a = *b;
    *b = was;
}

static void interchange(Value *outer, Value *inner)
{
    for (Value *v = inner->prev, *before; v; v = before) {
        before = v->prev;
        ir_move(v, inner->blocks[1], inner->blocks[1]->first);
    }
    swap_values(&outer->from, &inner->from);
    swap_values(&outer->to, &inner->to);
    swap_values(&outer->counter, &inner->counter);
    outer->counter->region = outer;
    inner->counter->region = inner;
    const int64_t step = outer->step;
    outer->step = inner->step;
    inner->step = step;
    const ValueKind rel = outer->rel;
    outer->rel = inner->rel;
    inner->rel = rel;
    const Loc loc = outer->loc;
    outer->loc = inner->loc;
    inner->loc = loc;
}

static bool visit_block(Block *block)
{
    bool changed = false;
    for (Value *v = block->first; v; v = v->next) {
        for (int k = 0; k < 2; k++)
            if (v->blocks[k])
                changed |= visit_block(v->blocks[k]);
        Value *inner = is_plain_loop(v) ? only_loop_in(v) : NULL;
        if (!inner || is_short(v) || !ir_visible(inner->from, v->block) || !ir_visible(inner->to, v->block) ||
            !only_adds(inner) || !gains(v, inner) || !is_free(v, inner))
            continue;
        interchange(v, inner);
        changed = true;
    }
    return changed;
}

bool loops_interchange(Function *fn)
{
    memory_mark_private(fn);
    return visit_block(fn->body);
}
