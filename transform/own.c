/*
 * own.c: a by-value record parameter is the function's own copy, to be overwritten as it likes; its adjoint belongs to
 * the value that the caller gave. So what is written gets an object of its own, which starts as a copy of the
 * parameter.
 */
#include "passes.h"

/* How many of v's operands are addresses that are written to; an address in memory may be written to by who loads it.
 */
static int count_written(const Value *v)
{
    switch (v->kind) {
    case VAL_CALL:
        return v->nargs;
    case VAL_STORE:
        return 2;
    case VAL_ACCUM:
    case VAL_COPY:
        return 1;
    default:
        return 0;
    }
}

static bool is_written(const Block *block, const Value *object)
{
    for (const Value *v = block ? block->first : NULL; v; v = v->next) {
        for (int k = 0; k < count_written(v); k++)
            if (type_is_pointer(v->args[k]->type) && memory_may_come_from(v->args[k], object))
                return true;
        if (is_written(v->blocks[0], object) || is_written(v->blocks[1], object))
            return true;
    }
    return false;
}

static bool has_union(const Type *t)
{
    t = type_scalar((Type *)(uintptr_t)t);
    if (t->kind != TYPE_RECORD)
        return false;
    for (size_t k = 0; k < t->record->nfields; k++)
        if (has_union(t->record->fields[k].type))
            return true;
    return t->record->is_union;
}

static void own_record(Function *fn, const Param *p)
{
    Value *parameter = p->value;
    Builder b = {.function = fn, .block = fn->body, .before = fn->body->first, .loc = p->loc};
    Value *own = ir_local(&b, parameter->type->to, 0, NULL, p->name);
    ir_replace_uses(fn->body, parameter, own);
    if (has_union(parameter->type->to))
        ir_copy(&b, own, parameter);
    else
        blocks_copy(&b, own, parameter);
}

void own_records(Function *fn)
{
    memory_mark_private(fn);
    for (int k = 0; k < fn->nparams; k++)
        if (fn->params[k].value->kind == VAL_PARAM_OBJECT && is_written(fn->body, fn->params[k].value))
            own_record(fn, &fn->params[k]);
}

/* ---- objects of blocks that run once ---- */

static void hoist_objects(Function *fn, Block *block)
{
    for (Value *v = block->first, *next; v; v = next) {
        next = v->next;
        if (v->kind == VAL_LOCAL && v->nargs == 0 && block->owner) {
            ir_remove(v);
            v->block = fn->body;
            v->next = fn->body->first;
            *(v->next ? &v->next->prev : &fn->body->last) = v;
            fn->body->first = v;
        }
        for (int k = 0; v->kind == VAL_IF && k < 2; k++)
            hoist_objects(fn, v->blocks[k]);
    }
}

void own_hoist(Function *fn)
{
    hoist_objects(fn, fn->body);
}
