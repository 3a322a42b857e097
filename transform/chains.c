/*
 * chains.c: what an iteration adds to a sum of adjoints is added up first.
 *
 *     sum = sum + a - b;      →      sum += a - b;
 *     x_bar[0] += a;
 *     x_bar[0] += b;          →      x_bar[0] += a + b;
 *
 * The additions of an iteration then don't wait for the sum of the one before. And gcc up to 12.3 and 13.1 adds some
 * terms of such chains twice when it vectorises them (its bug 110381): not of ours. It makes a chain of an inner loop
 * of few iterations, too, which therefore sums on its own where it runs backwards.
 */
#include "passes.h"

enum { MAX_LINKS = 32, FEW_TRIPS = 16 };

typedef struct {
    Function *function;
    const unsigned *uses; /* by id, of the values that were there before */
    unsigned nvalues;
    Value *added[MAX_LINKS], *taken[MAX_LINKS];
    Value *inner[MAX_LINKS]; /* of what is added, the results of inner loops that the sum goes through */
    int nadded, ntaken, ninner;
} Chains;

/* ---- links ---- */

static bool is_used_once(const Chains *c, const Value *v)
{
    return v->id < c->nvalues && c->uses[v->id] == 1;
}

/* Nobody looks at the sum so far. What was made since is the one link of an inner loop's sum. */
static bool is_only_handed_on(const Chains *c, const Value *next)
{
    return next->id >= c->nvalues || is_used_once(c, next);
}

/* All that the loop does with the carried value is to add to it, once in each iteration. */
static bool only_adds(const Chains *c, const Value *loop, int k)
{
    const Value *carried = loop->carried[k], *next = loop->blocks[1]->yields[k];
    const bool adds = (next->kind == VAL_ADD && (next->args[0] == carried || next->args[1] == carried)) ||
                      (next->kind == VAL_SUB && next->args[0] == carried);
    return adds && is_used_once(c, carried) && is_only_handed_on(c, next);
}

/* A sum that goes through an inner loop goes on with what that one begins with. */
static Value *follow_loop(Chains *c, const Value *loop, Value *result)
{
    const Value *inner = result->region;
    const int k = (int)result->i;
    if (!inner->adjoint || inner->block != loop->blocks[1] || !trips_constant(inner, FEW_TRIPS) ||
        !only_adds(c, inner, k) || !(inner->reversed || inner->step < 0) || !is_used_once(c, result) ||
        c->nadded + c->ntaken == MAX_LINKS)
        return NULL;
    c->added[c->nadded++] = c->inner[c->ninner++] = result;
    return inner->args[k];
}

/* Is v the carried value, plus or minus something? Notes what. Answers the operand that the chain goes on with. */
static Value *follow_link(Chains *c, const Value *loop, Value *v, const Value *carried)
{
    if (v->kind == VAL_RESULT)
        return follow_loop(c, loop, v);
    if ((v->kind != VAL_ADD && v->kind != VAL_SUB) || !v->adjoint || v->block != loop->blocks[1] ||
        !is_used_once(c, v) || c->nadded + c->ntaken == MAX_LINKS)
        return NULL;
    const int on = v->kind == VAL_ADD && v->args[1] == carried;
    if (v->kind == VAL_ADD)
        c->added[c->nadded++] = v->args[1 - on];
    else
        c->taken[c->ntaken++] = v->args[1];
    return v->args[on];
}

/* From the last link to the first. */
static bool find_links(Chains *c, const Value *loop, int k)
{
    const Value *carried = loop->carried[k];
    c->nadded = c->ntaken = c->ninner = 0;
    for (Value *v = loop->blocks[1]->yields[k]; v != carried;)
        if (!(v = follow_link(c, loop, v, carried)))
            return false;
    return is_used_once(c, carried) && c->nadded + c->ntaken + c->ninner > 1;
}

static void begin_at_zero(Chains *c)
{
    for (int k = 0; k < c->ninner; k++) {
        Value *result = c->inner[k];
        Builder b = {.function = c->function, .block = result->region->block, .adjoint = true};
        result->region->args[result->i] = ir_real(&b, result->type, 0, NULL);
    }
}

/* ---- sums ---- */

static Value *add_up(Builder *b, Value *const *values, int n)
{
    Value *sum = values[n - 1];
    for (int k = n - 2; k >= 0; k--)
        sum = ir_binary(b, VAL_ADD, sum->type, sum, values[k]);
    return sum;
}

static void shorten(Chains *c, Value *loop, int k)
{
    Value *carried = loop->carried[k], *last = loop->blocks[1]->yields[k];
    Builder b = {.function = c->function, .block = loop->blocks[1], .before = last, .loc = last->loc, .adjoint = true};
    if (last->kind == VAL_RESULT)
        b.before = NULL, b.loc = last->region->loc;
    begin_at_zero(c);
    Value *taken = c->ntaken ? add_up(&b, c->taken, c->ntaken) : NULL;
    if (!c->nadded) {
        ir_set_next(loop, k, ir_binary(&b, VAL_SUB, last->type, carried, taken));
        return;
    }
    Value *added = add_up(&b, c->added, c->nadded);
    if (taken)
        added = ir_binary(&b, VAL_SUB, last->type, added, taken);
    ir_set_next(loop, k, ir_binary(&b, VAL_ADD, last->type, carried, added));
}

static bool visit_block(Chains *c, Block *block)
{
    bool changed = false;
    for (Value *v = block->first; v; v = v->next) {
        for (int k = 0; k < 2; k++)
            if (v->blocks[k])
                changed |= visit_block(c, v->blocks[k]);
        for (int k = 0; v->kind == VAL_LOOP && k < v->nresults; k++)
            if (type_is_real(v->carried[k]->type) && find_links(c, v, k)) {
                shorten(c, v, k);
                changed = true;
            }
    }
    return changed;
}

bool chains_shorten(Function *fn)
{
    Chains c = {.function = fn, .nvalues = fn->next_id + 1, .uses = ir_count_uses(fn)};
    return visit_block(&c, fn->body);
}

/* ---- additions to memory ---- */

enum { REACH = 64 }; /* values between two additions */

static bool touches(const Value *v, const Value *address)
{
    switch (v->kind) {
    case VAL_LOAD:
    case VAL_STORE:
    case VAL_ZERO:
        return memory_may_alias(v->args[0], address);
    case VAL_ACCUM: /* additions come in any order */
        return false;
    default:
        return v->blocks[0] || v->blocks[1] || memory_has_effect(v);
    }
}

/* The next addition to the same place, where nobody looks at it or sets it before. */
static Value *next_addition(const Value *accum)
{
    int reach = REACH;
    for (Value *v = accum->next; v && reach-- > 0 && !touches(v, accum->args[0]); v = v->next)
        if (v->kind == VAL_ACCUM && v->adjoint && memory_same_address(v->args[0], accum->args[0]))
            return v;
    return NULL;
}

static bool merge_in_block(Function *fn, Block *block)
{
    bool changed = false;
    for (Value *v = block->first, *next; v; v = next) {
        next = v->next;
        for (int k = 0; k < 2; k++)
            if (v->blocks[k])
                changed |= merge_in_block(fn, v->blocks[k]);
        Value *other = v->kind == VAL_ACCUM && v->adjoint ? next_addition(v) : NULL;
        if (!other)
            continue;
        Builder b = {.function = fn, .block = block, .before = other, .loc = other->loc, .adjoint = true};
        other->args[1] = ir_binary(&b, VAL_ADD, other->args[1]->type, v->args[1], other->args[1]);
        ir_remove(v);
        changed = true;
    }
    return changed;
}

bool additions_merge(Function *fn)
{
    memory_mark_private(fn);
    return merge_in_block(fn, fn->body);
}
