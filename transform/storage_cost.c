/*
 * storage_cost.c: what it costs to compute a value again, and to keep it (storage.h).
 */
#include "rules.h"
#include "storage.h"

int64_t storage_times_of_block(const Storage *s, const Block *block)
{
    int64_t times = 1;
    for (const Block *b = block; b && b != s->outermost->block; b = b->parent)
        if (b->owner->kind == VAL_LOOP && times < 1000000)
            times *= TRIPS_GUESS;
    return times;
}

int64_t storage_times_executed(const Storage *s, const Value *v)
{
    return storage_times_of_block(s, ir_scope(v));
}

/* A branch that computes its results and does nothing else can be done again as a whole, where what it loads is still
 * there. */
static bool is_pure_choice(const Value *region)
{
    if (region->kind != VAL_IF)
        return false;
    for (int k = 0; k < 2; k++)
        for (const Value *v = region->blocks[k]->first; v; v = v->next)
            if (!ir_is_pure(v->kind) && v->kind != VAL_LOAD)
                return false;
    return true;
}

static int64_t cost_of_choice(const Storage *s, const Value *region)
{
    int64_t cost = COST_UNIT;
    for (int k = 0; k < 2; k++)
        for (Value *v = region->blocks[k]->first; v; v = v->next) {
            const int64_t one = storage_cost_again(s, v);
            if (one >= CUT_INFINITE)
                return CUT_INFINITE;
            cost += one;
        }
    return cost;
}

bool storage_steps_evenly(const Value *v)
{
    if (v->kind != VAL_CARRIED || v->region->counted || !type_is_int(v->type))
        return false;
    const Value *next = v->region->blocks[1]->yields[v->i], *init = v->region->args[v->i];
    if (v->type->is_signed && !(init->kind == VAL_INT && init->i == 0))
        return false;
    return next->kind == VAL_ADD && next->args[0] == v && ir_visible(next->args[1], v->region->block);
}

Value *storage_step_of(const Value *v)
{
    return v->region->blocks[1]->yields[v->i]->args[1];
}

int64_t storage_cost_again(const Storage *s, Value *v)
{
    switch (v->kind) {
    case VAL_CARRIED:
        if (storage_steps_evenly(v))
            return 2;
        return s->options->series && series_find(v, &(Series){0}) ? COST_UNIT : CUT_INFINITE;
    case VAL_RESULT:
        return is_pure_choice(v->region) ? cost_of_choice(s, v->region) : CUT_INFINITE;
    case VAL_LOAD:
        return storage_still_there(s, v, v->args[0]) ? COST_LOAD : CUT_INFINITE;
    case VAL_MATH:
        return (int64_t)v->rule->cost * COST_UNIT;
    case VAL_PURE_CALL:
        return 5 * COST_UNIT;
    case VAL_DIV:
    case VAL_REM:
        return v->args[1]->kind == VAL_INT ? COST_UNIT : 6 * COST_UNIT; /* by a constant, compilers multiply */
    case VAL_SELECT:
        return COST_UNIT;
    default:
        break;
    }
    if (!ir_is_pure(v->kind) || ir_is_leaf(v->kind))
        return CUT_INFINITE;
    return type_is_real(v->type) ? COST_UNIT : 1;
}

bool storage_may_be_had_again(const Storage *s, const Value *v)
{
    return !type_is_real(v->type) || (v->kind == VAL_LOAD ? s->options->reload : s->options->recompute);
}

static bool runs_once(const Storage *s, const Block *block)
{
    for (; block && block != s->outermost->block; block = block->parent)
        if (block->owner->kind == VAL_LOOP)
            return false;
    return true;
}

/* Is v what a step leaves, of a state that is kept as a step finds it? */
static bool is_handed_back(const Storage *s, const Value *v)
{
    const Value *loop = s->outermost;
    if (!s->found_kept || ir_is_leaf(v->kind))
        return false;
    for (int k = 0; k < loop->nresults; k++)
        if (s->found_kept[k] && loop->blocks[1]->yields[k] == v)
            return true;
    return false;
}

int64_t storage_cost_keep(const Storage *s, const Value *v)
{
    if (is_handed_back(s, v))
        return 1;
    if (v->kind == VAL_LOCAL || v->kind == VAL_ALLOC || v->type->kind == TYPE_VOID)
        return CUT_INFINITE;
    return runs_once(s, ir_scope(v)) && !s->function->in_two_parts ? COST_HAND_OUT : COST_KEEP;
}

int64_t storage_weighted(int64_t cost, int64_t times)
{
    return cost >= CUT_INFINITE ? CUT_INFINITE : cost * times;
}
