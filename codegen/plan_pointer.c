/*
 * plan_pointer.c: what C says of a pointer's type: whether it leads to const, and to arrays of run-time extents.
 */
#include "plan.h"

bool has_run_time_extent(const Value *pointer)
{
    return pointer->type->kind == TYPE_POINTER && type_is_variable_array(pointer->type->to);
}

bool is_declared_path(const Plan *plan, const Value *address)
{
    while (address->kind == VAL_PTRADD || address->kind == VAL_DECAY) {
        address = address->args[0];
        if (note_of(plan, address)->yielded && !ir_is_leaf(address->kind))
            return note_of(plan, address)->rows;
    }
    return note_of(plan, address)->rows || address->kind == VAL_PARAM || address->kind == VAL_LOCAL ||
           address->kind == VAL_GLOBAL || address->kind == VAL_FIELD;
}

static bool is_const_by_type(const Value *v)
{
    return v->type->kind == TYPE_POINTER && type_is_const(variable_type(v->type)->to);
}

bool points_to_const(const Plan *plan, const Value *pointer)
{
    const Note *note = note_of(plan, pointer);
    return !note->written && (note->to_const || is_const_by_type(pointer));
}

static void flow_const(Plan *plan, const Value *to, const Value *from, bool *changed)
{
    Note *note = note_of(plan, to);
    if (from->type->kind != TYPE_POINTER || note->to_const || !points_to_const(plan, from))
        return;
    note->to_const = *changed = true;
}

static void flow_const_in(Plan *plan, const Block *block, bool *changed)
{
    for (const Value *v = block->first; v; v = v->next) {
        if (ir_continues_address(v))
            flow_const(plan, v, v->args[0], changed);
        for (int k = 1; v->kind == VAL_SELECT && k < 3; k++)
            flow_const(plan, v, v->args[k], changed);
        for (int k = 0; v->kind == VAL_LOOP && k < v->nresults; k++)
            flow_const(plan, v->carried[k], v->args[k], changed);
        for (int b = 0; b < 2; b++)
            if (v->blocks[b])
                flow_const_in(plan, v->blocks[b], changed);
        for (int k = 0; v->kind == VAL_IF && k < v->nresults; k++) {
            flow_const(plan, v->results[k], v->blocks[0]->yields[k], changed);
            flow_const(plan, v->results[k], v->blocks[1]->yields[k], changed);
        }
        for (int k = 0; v->kind == VAL_LOOP && k < v->nresults; k++) {
            flow_const(plan, v->carried[k], v->blocks[1]->yields[k], changed);
            flow_const(plan, v->results[k], v->carried[k], changed);
        }
    }
}

/* The IR's types say less than C's: a member of a const record is const. What is stored through is not, or is cast. */
void plan_find_const(Plan *plan, const Block *body)
{
    for (bool changed = true; changed;) {
        changed = false;
        flow_const_in(plan, body, &changed);
    }
}

/* Everything that the address is made of is written through. */
static void mark_written(Plan *plan, const Value *v)
{
    Note *note = note_of(plan, v);
    if (note->written || v->type->kind != TYPE_POINTER)
        return;
    note->written = true;
    switch (v->kind) {
    case VAL_PTRADD:
    case VAL_FIELD:
    case VAL_DECAY:
    case VAL_CAST:
        mark_written(plan, v->args[0]);
        break;
    case VAL_SELECT:
        mark_written(plan, v->args[1]);
        mark_written(plan, v->args[2]);
        break;
    case VAL_CARRIED:
        mark_written(plan, v->region->args[v->i]);
        mark_written(plan, v->region->blocks[1]->yields[v->i]);
        mark_written(plan, v->region->results[v->i]);
        break;
    case VAL_RESULT:
        if (v->region->kind == VAL_LOOP) {
            mark_written(plan, v->region->carried[v->i]);
            break;
        }
        mark_written(plan, v->region->blocks[0]->yields[v->i]);
        mark_written(plan, v->region->blocks[1]->yields[v->i]);
        break;
    default:
        break;
    }
}

static void mark_call_arguments(Plan *plan, const Value *call)
{
    const Function *callee = call->callee;
    for (int k = 0; k < call->nargs; k++) {
        const Type *type = callee && k < callee->nparams ? callee->params[k].type : NULL;
        const bool is_result = callee && k >= callee->nparams && !callee->variadic;
        if ((type && type->kind == TYPE_POINTER && !type_is_const(variable_type((Type *)(uintptr_t)type)->to)) ||
            is_result)
            mark_written(plan, call->args[k]);
    }
}

void plan_find_written(Plan *plan, const Block *block)
{
    for (const Value *v = ir_first(block); v; v = ir_next(v, block)) {
        if (ir_writes_memory(v))
            mark_written(plan, v->args[0]);
        if (v->kind == VAL_CALL)
            mark_call_arguments(plan, v);
    }
}
