/*
 * early.c: what the reverse sweep compares of the primal's values is compared in the primal, where the values are:
 *
 *     h[j] = fmax(sum, 0.0);                     h[j] = fmax(sum, 0.0);
 *     ...                                        taken = sum > 0.0;
 *     if (sum > 0.0)                        →    ...
 *         sum_bar += h_bar[j];                   if (taken)
 *                                                    sum_bar += h_bar[j];
 *
 * storage_plan then has the choice: to keep the condition, which is smaller than what it compares, or to see what else
 * tells it (storage_told.c), or to compare again, as it stood. What nobody keeps in the primal is dead there.
 */
#include "passes.h"

static const Value *standing(const Value *v)
{
    return v->kind == VAL_RESULT ? v->region : v;
}

/* The innermost block that an operand is of; NULL where none is, or where they are of blocks side by side. */
static Block *block_of_operands(const Value *v)
{
    Block *home = NULL;
    for (int k = 0; k < v->nargs; k++) {
        Block *scope = (Block *)(uintptr_t)ir_scope(v->args[k]);
        if (!scope || (home && ir_block_inside(home, scope)))
            continue;
        if (home && !ir_block_inside(scope, home))
            return NULL;
        home = scope;
    }
    return home;
}

/* Is x of the block, or there already when the block begins? */
static bool is_there(const Value *x, const Block *block)
{
    const Block *scope = ir_scope(x);
    return !scope || scope == block || x->kind == VAL_CARRIED || x->kind == VAL_COUNTER ||
           ir_is_behind(ir_in_block(scope, block->owner), standing(x));
}

/* Behind the last of the operands that are of the block. */
static Value *place_in(const Block *block, const Value *v)
{
    const Value *last = NULL;
    for (int k = 0; k < v->nargs; k++) {
        const Value *x = standing(v->args[k]);
        if (x->block == block && (!last || ir_is_behind(x, last)))
            last = x;
    }
    return last ? last->next : block->first;
}

/* ... that a while loop goes on by? */
static bool is_of_condition(const Block *block)
{
    return block->owner && block->owner->kind == VAL_LOOP && block->owner->blocks[0] == block;
}

/* Of primal values that are out of scope here. */
static bool asks_primal(const Value *v)
{
    for (int k = 0; k < v->nargs; k++)
        if (!ir_visible(v->args[k], v->block))
            return true;
    return false;
}

static bool is_condition(const Value *v)
{
    return (ir_is_comparison(v->kind) && type_is_real(v->args[0]->type)) || v->kind == VAL_LAND || v->kind == VAL_LOR;
}

static void make_early(Value *v)
{
    Block *block = block_of_operands(v);
    bool there = block && !is_of_condition(block);
    for (int k = 0; there && k < v->nargs; k++)
        there = is_there(v->args[k], block);
    if (!there)
        return;
    ir_move(v, block, place_in(block, v));
}

void conditions_early(Function *fn)
{
    for (Value *v = ir_first(fn->body), *next; v; v = next) {
        next = ir_next(v, fn->body);
        if (is_condition(v) && asks_primal(v))
            make_early(v);
    }
}
