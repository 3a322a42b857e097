/*
 * initial.c: what variables begin with that branches set. Where a branch has nothing to give, its result is zero: what
 * only one branch keeps for the reverse sweep, what only some cases compute. A variable that is zero from the start
 * need not be told so in each of the others:
 *
 *     double t, u;                             double t = 0.0, u = 0.0;
 *     if (c) {                                 if (c)
 *         t = exp(x);                              t = exp(x);
 *         u = 0.0;                      →      else if (d)
 *     } else {                                     u = log(x);
 *         if (d) u = log(x); else u = 0.0;
 *         t = 0.0;
 *     }
 *
 * That is right for a branch in which nothing has been assigned to the variable since its declaration.
 */
#include "../transform/simplify.h"
#include "emit.h"

typedef struct {
    Plan *plan;
    Webs assigned; /* in the order of the walk */
} Walk;

static void assign(Walk *walk, Web *web)
{
    if (!web || !web->fresh)
        return;
    web->fresh = false;
    vec_push(&walk->assigned, web);
}

static bool is_plain_zero(const Value *v)
{
    return (v->kind == VAL_INT && v->i == 0) || simplify_is_real_constant(v, 0);
}

/* At the end of the block its region's result `k` gets a value. */
static bool is_assigned(const Plan *plan, const Block *block, int k)
{
    const Value *result = block->owner->results[k], *from = block->yields[k];
    const Web *web = note_of(plan, result)->is_flag ? NULL : web_of(plan, result);
    return web && (is_folded(plan, from) || web_of(plan, from) != web);
}

static int count_lines(const Plan *plan, const Block *block)
{
    int count = 0;
    for (const Value *v = block->first; v; v = v->next)
        count += prints_something(plan, v);
    return count;
}

/* Can the condition be turned round, and does something else than another branch stand behind `else`? */
static bool reads_well_negated(const Plan *plan, const Value *region)
{
    const Value *condition = region->args[0], *other = region->blocks[1]->last;
    const bool compares_reals = ir_is_comparison(condition->kind) && type_is_real(condition->args[0]->type);
    const bool is_chain = other && other->kind == VAL_IF && note_of(plan, other)->place == PLACE_STATEMENT &&
                          count_lines(plan, region->blocks[1]) == 1;
    return !is_chain && !(is_folded(plan, condition) && compares_reals);
}

/*
 * The copy that stays although it is of a zero, or -1. A first arm of nothing but zeros keeps one, unless the `if` may
 * go without that arm.
 */
static int copy_that_stays(const Plan *plan, const Block *block)
{
    int first = -1;
    if (block == block->owner->blocks[1] || count_lines(plan, block) || reads_well_negated(plan, block->owner))
        return -1;
    for (int k = block->owner->nresults - 1; k >= 0; k--) {
        if (!is_assigned(plan, block, k))
            continue;
        if (!is_plain_zero(block->yields[k]))
            return -1;
        first = k;
    }
    return first;
}

/* The copies at the end of a branch's block: those that would only say again what the variable begins with. */
static void walk_copies(Walk *walk, const Block *block)
{
    const Value *region = block->owner;
    Note *note = note_of(walk->plan, region);
    const int side = block == region->blocks[1];
    const int stays = copy_that_stays(walk->plan, block);
    for (int k = 0; k < region->nresults; k++) {
        if (!is_assigned(walk->plan, block, k))
            continue;
        Web *web = web_of(walk->plan, region->results[k]);
        if (k == stays || !web->fresh || !is_plain_zero(block->yields[k]) ||
            loop_around(web->scope) != loop_around(block)) {
            assign(walk, web);
            continue;
        }
        web->initial = block->yields[k];
        if (!note->left_out[side])
            note->left_out[side] = ARENA_ARRAY(bool, region->nresults);
        note->left_out[side][k] = true;
    }
}

static void walk_block(Walk *walk, const Block *block);

/* What one branch assigns is as it was where the other one begins. */
static void walk_branch(Walk *walk, const Value *region)
{
    const size_t before = walk->assigned.count;
    walk_block(walk, region->blocks[0]);
    walk_copies(walk, region->blocks[0]);
    const size_t behind = walk->assigned.count;
    for (size_t k = before; k < behind; k++)
        walk->assigned.at[k]->fresh = true;
    walk_block(walk, region->blocks[1]);
    walk_copies(walk, region->blocks[1]);
    for (size_t k = before; k < behind; k++)
        walk->assigned.at[k]->fresh = false;
}

static void walk_statement(Walk *walk, const Value *v)
{
    const Note *note = note_of(walk->plan, v);
    for (size_t k = 0; v->kind == VAL_IF && k < note->bare.count; k++) {
        Web *web = web_find(note->bare.at[k]);
        web->fresh = !web->silent;
    }
    if (note->place == PLACE_NAME)
        assign(walk, web_of(walk->plan, note->expression ? v->results[0] : v));
    if (note->place != PLACE_STATEMENT)
        return;
    if (v->kind == VAL_IF) {
        walk_branch(walk, v);
        return;
    }
    for (int k = 0; v->kind == VAL_LOOP && k < v->nresults; k++)
        assign(walk, web_of(walk->plan, v->carried[k]));
    for (int k = 0; k < 2; k++)
        if (v->blocks[k])
            walk_block(walk, v->blocks[k]);
}

static void walk_block(Walk *walk, const Block *block)
{
    for (const Value *v = block->first; v; v = v->next)
        walk_statement(walk, v);
}

void initial_find(Plan *plan)
{
    Walk walk = {.plan = plan};
    walk_block(&walk, plan->fn->body);
}
