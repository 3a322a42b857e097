/*
 * split_arguments.c: what is written through the parameters of recursive functions, and which of them have adjoints;
 * that follows from all calls together, to a fixpoint (split.h).
 */
#include "heap.h"
#include "split.h"

/* ---- what is written ---- */

static bool mark_written(bool *written, int param)
{
    const bool changed = !written[param];
    written[param] = true;
    return changed;
}

/* Something is written through the pointer: which parameters may have led there? */
static bool note_write(const Function *fn, Value *pointer)
{
    const Value *base = memory_base(pointer);
    if (base->kind == VAL_LOCAL || base->kind == VAL_GLOBAL || base->kind == VAL_ALLOC || heap_is_object(base))
        return false;
    const Value *owner = memory_owner(base);
    if (owner->kind == VAL_PARAM || (owner->kind == VAL_PARAM_OBJECT && owner->i != RESULT_OBJECT))
        return mark_written(fn->reaches_written, (int)owner->i);
    bool changed = false;
    for (int k = 0; k < fn->nparams; k++)
        changed |= mark_written(fn->reaches_written, k);
    return changed;
}

static bool may_write_argument(const Value *call, int arg)
{
    if (split_takes(call) && arg < call->callee->nparams && call->callee->reaches_written)
        return call->callee->reaches_written[arg];
    return type_is_pointer(call->args[arg]->type) && (!call->callee || call->callee->effect == EFFECT_UNKNOWN);
}

static bool note_writes(const Function *fn, const Block *block)
{
    bool changed = false;
    for (const Value *v = ir_first(block); v; v = ir_next(v, block)) {
        if (v->kind == VAL_STORE || v->kind == VAL_ACCUM || v->kind == VAL_COPY)
            changed |= note_write(fn, v->args[0]);
        for (int k = 0; v->kind == VAL_CALL && k < v->nargs; k++)
            if (may_write_argument(v, k))
                changed |= note_write(fn, v->args[k]);
    }
    return changed;
}

void split_find_written(const Split *split)
{
    for (size_t k = 0; k < split->parts.count; k++)
        split->parts.at[k]->function->reaches_written = ARENA_ARRAY(bool, split->parts.at[k]->function->nparams + 1);
    bool changed;
    do {
        changed = false;
        for (size_t k = 0; k < split->parts.count; k++)
            changed |= note_writes(split->parts.at[k]->function, split->parts.at[k]->work->body);
    } while (changed);
}

/* ---- what is active ---- */

static bool argument_is_active(const Activity *a, const Value *x)
{
    if (type_is_real(x->type))
        return activity_is_active(a, x);
    return type_is_pointer(x->type) && type_has_real(x->type) && activity_leads_to_active(a, x);
}

static bool note_calls(const Split *split, const Activity *a, const Block *block)
{
    bool changed = false;
    for (const Value *v = ir_first(block); v; v = ir_next(v, block)) {
        for (int k = 0; split_takes(v) && k < v->callee->nparams; k++) { /* behind them is where a struct goes */
            bool *wanted = &split_part_of(split, v->callee)->request.wanted[k];
            if (!*wanted && call_has_bar(v->callee, k) && argument_is_active(a, v->args[k]))
                *wanted = changed = true;
        }
        if (!split_takes(v) || !type_is_pointer(v->type))
            continue;
        bool *wants_result = &split_part_of(split, v->callee)->request.wants_result;
        if (!*wants_result && activity_leads_to_active(a, v))
            *wants_result = changed = true;
    }
    return changed;
}

void split_find_bars(const Split *split, const Request *request)
{
    bool changed;
    do {
        changed = note_calls(split, activity_probe(split->caller, request), split->caller->body);
        for (size_t k = 0; k < split->parts.count; k++) {
            Part *part = split->parts.at[k];
            changed |= note_calls(split, activity_probe(part->work, &part->request), part->work->body);
        }
    } while (changed);
}
