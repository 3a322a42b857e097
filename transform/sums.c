/*
 * sums.c: carried values that only add up. Their order does not matter: all that such a value is used for, through
 * additions, branches and inner loops, ends as an addend of its own next value.
 */
#include "passes.h"

typedef VEC(Use) Uses;

struct Sums {
    unsigned capacity;
    Uses *uses;      /* by id */
    unsigned *asked; /* by id: number of the question that reached the value last */
    unsigned question;
    VEC(const Value *) chain; /* the values that the carried value flows through, of this question */
};

Sums *sums_find(Function *fn)
{
    Sums *s = ARENA_NEW(Sums);
    s->capacity = fn->next_id + 1;
    s->uses = ARENA_ARRAY(Uses, s->capacity);
    s->asked = ARENA_ARRAY(unsigned, s->capacity);
    for (Use use = ir_first_use(fn->body); use.block; use = ir_next_use(use, fn->body))
        vec_push(&s->uses[(*ir_used(&use))->id], use);
    return s;
}

/* Does all that v is used for end as an addend of carried value `index` of `loop`? */
static bool flows_into(Sums *s, const Value *v, const Value *loop, int index);

static bool use_flows_into(Sums *s, const Use *use, const Value *loop, int index)
{
    if (use->user) {
        const Value *u = use->user;
        if (u->kind == VAL_ADD || (u->kind == VAL_SUB && use->arg == 0))
            return flows_into(s, u, loop, index);
        if (u->kind == VAL_LOOP && use->arg >= 0)
            return flows_into(s, u->carried[use->arg], loop, index) && flows_into(s, u->results[use->arg], loop, index);
        return false;
    }
    const Value *owner = use->block->owner;
    if (owner == loop)
        return use->arg == index;
    return owner && flows_into(s, owner->results[use->arg], loop, index);
}

static bool flows_into(Sums *s, const Value *v, const Value *loop, int index)
{
    if (v->id >= s->capacity) /* made since; nothing is known of it */
        return false;
    if (s->asked[v->id] == s->question)
        return true;
    s->asked[v->id] = s->question;
    vec_push(&s->chain, v);
    for (size_t k = 0; k < s->uses[v->id].count; k++)
        if (!use_flows_into(s, &s->uses[v->id].at[k], loop, index))
            return false;
    return true;
}

static bool in_chain(const Sums *s, const Value *v)
{
    return v->id < s->capacity && s->asked[v->id] == s->question;
}

/* A link adds to the value before it: the carried value is in it once, whichever way control took. */
static bool adds_up(const Sums *s, const Value *v)
{
    if (v->kind == VAL_ADD)
        return in_chain(s, v->args[0]) != in_chain(s, v->args[1]);
    if (v->kind == VAL_SUB)
        return !in_chain(s, v->args[1]);
    const Value *region = v->region;
    const Value *first = region->kind == VAL_LOOP ? region->args[v->i] : region->blocks[0]->yields[v->i];
    return in_chain(s, first) && in_chain(s, region->blocks[1]->yields[v->i]);
}

bool sums_is_sum(Sums *s, const Value *loop, int index)
{
    const Value *carried = loop->carried[index];
    s->question++;
    s->chain.count = 0;
    if (!type_is_real(carried->type) || !flows_into(s, carried, loop, index))
        return false;
    for (size_t k = 1; k < s->chain.count; k++)
        if (!adds_up(s, s->chain.at[k]))
            return false;
    return in_chain(s, loop->blocks[1]->yields[index]);
}
