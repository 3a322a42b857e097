/*
 * expand.c: may a work array of an iteration outlive it? An array that is declared in a loop's body and is at its last
 * when the reverse sweep asks for it needs no copy: each iteration gets an array of its own, a row of one that is
 * allocated before the loops.
 *
 *     for (s < m) {                               double *h_all = adgen_alloc(m * n, sizeof *h_all);
 *         double h[n];                            for (s < m) {
 *         for (j < n) h[j] = ...;        →            double *h = h_all + s * n;
 *         ...                                         for (j < n) h[j] = ...;
 *     }                                           }
 */
#include "passes.h"

/* The object's elements are reached by loads and stores alone, whose addresses begin with its decay. */
static bool is_plain_use(const Value *object, const Value *v, int arg)
{
    if (v->args[arg] == object)
        return v->kind == VAL_DECAY;
    switch (v->kind) {
    case VAL_LOAD:
    case VAL_PTRADD:
    case VAL_DECAY:
        return true;
    case VAL_STORE:
    case VAL_ACCUM:
        return arg == 0;
    default:
        return false;
    }
}

static bool is_used_plainly(const Block *block, const Value *object)
{
    for (const Value *v = ir_first(block); v; v = ir_next(v, block))
        for (int k = 0; k < v->nargs; k++)
            if (type_is_pointer(v->args[k]->type) && memory_base(v->args[k]) == object && !is_plain_use(object, v, k))
                return false;
    return true;
}

static bool is_written(const Value *v, const Value *object)
{
    for (const Value *w = v; w; w = ir_next_inside(w, v))
        if (ir_writes_value(w) && memory_base(w->args[0]) == object)
            return true;
    return false;
}

bool expand_is_possible(const Value *object, const Value *region)
{
    const Type *type = object->type->to;
    if (object->kind != VAL_LOCAL || !object->is_private || object->block != region->block ||
        type->kind != TYPE_ARRAY || type->to->kind != TYPE_REAL || !is_used_plainly(object->block, object))
        return false;
    for (const Value *v = region; v; v = v->next)
        if (is_written(v, object))
            return false;
    return true;
}

static void replace_decays(Block *block, const Value *object, Value *row, Block *all)
{
    for (Value *v = block->first, *next; v; v = next) {
        next = v->next;
        for (int k = 0; k < 2; k++)
            if (v->blocks[k])
                replace_decays(v->blocks[k], object, row, all);
        if (v->kind == VAL_DECAY && v->args[0] == object) {
            ir_replace_uses(all, v, row);
            ir_remove(v);
        }
    }
}

void expand_object(Value *object, Value *row)
{
    replace_decays(object->block, object, row, object->block);
    ir_remove(object);
}
