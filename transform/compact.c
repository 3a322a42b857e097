/*
 * compact.c: the values of a function side by side in memory, in the order of the program. Passes leave them scattered
 * among what they took out, and a walk then waits for memory at every step; side by side, they come ahead of it. They
 * get new ids as well, in the order of the old ones, so that tables by id have no gaps.
 *
 * Addresses and ids change, and nothing else: what is decided by comparing ids is decided as before. What is listed in
 * no block (constants, parameters, results, counters) stays where it is.
 */
#include "passes.h"

typedef struct {
    Function *function;
    VEC(Value *) all; /* listed or used, each once */
    bool *found;      /* by old id */
    Value **moved_to; /* by new id, of those that are listed */
    size_t nlisted, noperands;
} Compact;

/* ---- what there is ---- */

static void find(Compact *c, Value *v)
{
    if (!v || c->found[v->id])
        return;
    c->found[v->id] = true;
    vec_push(&c->all, v);
}

static void find_parts(Compact *c, const Value *region)
{
    for (int k = 0; k < region->nresults; k++) {
        find(c, region->results[k]);
        if (region->kind == VAL_LOOP)
            find(c, region->carried[k]);
    }
    find(c, region->counter);
    find(c, region->twin);
}

static void find_all(Compact *c)
{
    Function *fn = c->function;
    for (Value *v = ir_first(fn->body); v; v = ir_next(v, fn->body)) {
        c->nlisted++;
        c->noperands += ir_is_region(v) ? 0 : (size_t)v->nargs;
        find(c, v);
        find_parts(c, v);
    }
    for (Use use = ir_first_use(fn->body); use.block; use = ir_next_use(use, fn->body))
        find(c, *ir_used(&use));
    for (int k = 0; k < fn->nparams; k++) {
        find(c, fn->params[k].value);
        find(c, fn->params[k].bar);
    }
    find(c, fn->result_object);
    find(c, fn->result_bar);
    find(c, fn->tape);
}

static void number(Compact *c)
{
    Function *fn = c->function;
    unsigned *new_id = ARENA_ARRAY(unsigned, fn->next_id + 1), last = 0;
    for (unsigned id = 1; id <= fn->next_id; id++)
        if (c->found[id])
            new_id[id] = ++last;
    for (size_t k = 0; k < c->all.count; k++)
        c->all.at[k]->id = new_id[c->all.at[k]->id];
    fn->next_id = last;
}

/* ---- moving ---- */

/* A region's operands may grow, and stay where they are. */
static void move_all(Compact *c)
{
    Value *to = ARENA_ARRAY(Value, c->nlisted);
    Value **operands = ARENA_ARRAY(Value *, c->noperands);
    c->moved_to = ARENA_ARRAY(Value *, c->function->next_id + 1);
    for (Value *v = ir_first(c->function->body); v; v = ir_next(v, c->function->body), to++) {
        *to = *v;
        c->moved_to[v->id] = to;
        if (ir_is_region(v) || !v->nargs)
            continue;
        memcpy(operands, v->args, sizeof(Value *) * (size_t)v->nargs);
        to->args = operands;
        operands += v->nargs;
    }
}

static void follow(const Compact *c, Value **v)
{
    if (*v && c->moved_to[(*v)->id])
        *v = c->moved_to[(*v)->id];
}

static void follow_all(const Compact *c, Value **list, int n)
{
    for (int k = 0; k < n; k++)
        follow(c, &list[k]);
}

static void follow_in_block(const Compact *c, Block *block)
{
    follow(c, &block->owner);
    follow(c, &block->first);
    follow(c, &block->last);
    follow_all(c, block->yields, block->nyields);
}

static void follow_in_value(const Compact *c, Value *v)
{
    follow_all(c, v->args, v->nargs);
    follow(c, &v->prev);
    follow(c, &v->next);
    follow(c, &v->from);
    follow(c, &v->to);
    follow(c, &v->twin);
    for (int k = 0; k < 2; k++)
        if (v->blocks[k])
            follow_in_block(c, v->blocks[k]);
}

void values_compact(Function *fn)
{
    Compact c = {.function = fn, .found = ARENA_ARRAY(bool, fn->next_id + 1)};
    find_all(&c);
    number(&c);
    move_all(&c);
    for (size_t k = 0; k < c.all.count; k++) {
        Value *v = c.all.at[k];
        follow(&c, &v->region);
        if (c.moved_to[v->id]) /* others have no operands, or are regions that are gone, which their twins still name */
            follow_in_value(&c, c.moved_to[v->id]);
    }
    follow_in_block(&c, fn->body);
    follow(&c, &fn->tape);
}
