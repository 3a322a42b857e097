/*
 * bounds.c: bounds of inner loops, and extents of their arrays, that the outer loops don't change are computed before
 * those, so that how much the nest stores is known before it begins.
 *
 *     for (s < steps)                           int inner = n - 1;
 *         for (i = 1; i < n - 1; i++)     →     for (s < steps)
 *                                                   for (i = 1; i < inner; i++)
 *
 * Only small constants are added on the way: the outer loop may not run, or a branch in it not be taken, and then
 * nobody asked for the sum.
 */
#include "passes.h"

enum { MAX_OFFSET = 1024 };

static bool is_small(const Value *v)
{
    return v->kind == VAL_INT && v->i >= -MAX_OFFSET && v->i <= MAX_OFFSET;
}

/* n + c, n - c, (T)n */
static bool is_plain(const Value *v)
{
    if (v->kind == VAL_CAST)
        return type_is_int(v->type) && type_is_int(v->args[0]->type);
    return (v->kind == VAL_ADD || v->kind == VAL_SUB) && type_is_int(v->type) && is_small(v->args[1]);
}

/* Moves v out of the loops around it, and branches in them, as far as its operands can be had there. */
static void move_out(Value *v)
{
    if (!v->block || !is_plain(v))
        return;
    for (int k = 0; k < v->nargs; k++)
        move_out(v->args[k]);
    for (Value *owner = v->block->owner; owner; owner = owner->block->owner) {
        for (int k = 0; k < v->nargs; k++)
            if (!ir_visible(v->args[k], owner->block))
                return;
        if (owner->kind == VAL_LOOP)
            ir_move(v, owner->block, owner);
    }
}

static void hoist_block(Block *block)
{
    for (Value *v = block->first; v; v = v->next) {
        if (v->kind == VAL_LOOP && v->counted) {
            move_out(v->from);
            move_out(v->to);
        }
        for (int k = 0; v->kind == VAL_LOCAL && k < v->nargs; k++)
            move_out(v->args[k]);
        for (int k = 0; k < 2; k++)
            if (v->blocks[k])
                hoist_block(v->blocks[k]);
    }
}

void bounds_hoist(Function *fn)
{
    hoist_block(fn->body);
}
