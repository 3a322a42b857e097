/*
 * guard.c: a reverse loop that only hands on an adjoint which a choice of the primal has made zero is not run. So the
 * units of a layer that ReLU has cut off cost nothing on the way back.
 *
 *     const double h_bar = taken ? y_bar : 0.0;           const double h_bar = taken ? y_bar : 0.0;
 *     for (i < n)                                   →     if (taken)
 *         w_bar[i] += h_bar * x[i];                           for (i < n)
 *                                                                 w_bar[i] += h_bar * x[i];
 *
 * What is left out is the addition of zeros, or of NaN where x[i] is infinite: the choice that was made does not depend
 * on x[i].
 */
#include "passes.h"

/* c ? x : 0 or c ? 0 : x */
static bool is_gate(const Value *v)
{
    return v->kind == VAL_SELECT && v->adjoint && type_is_real(v->type) &&
           (ir_is_zero(v->args[1]) || ir_is_zero(v->args[2]));
}

/* Is x zero where the gate is? */
static bool vanishes(const Value *x, const Value *gate)
{
    if (x == gate)
        return true;
    if (!type_is_real(x->type))
        return false;
    switch (x->kind) {
    case VAL_MUL:
        return vanishes(x->args[0], gate) || vanishes(x->args[1], gate);
    case VAL_DIV:
    case VAL_NEG:
    case VAL_CAST:
        return vanishes(x->args[0], gate);
    case VAL_ADD:
    case VAL_SUB:
        return vanishes(x->args[0], gate) && vanishes(x->args[1], gate);
    default:
        return false;
    }
}

/* All that v does is add what vanishes with the gate. */
static bool only_adds(const Value *v, const Value *gate)
{
    if (v->kind == VAL_ACCUM)
        return vanishes(v->args[1], gate);
    if ((v->kind == VAL_LOOP && (!v->counted || v->nresults > 0)) || v->kind == VAL_IF)
        return false;
    if (v->kind != VAL_LOOP)
        return v->kind == VAL_LOAD || ir_is_pure(v->kind);
    for (const Value *w = v->blocks[1]->first; w; w = w->next)
        if (!only_adds(w, gate))
            return false;
    return true;
}

/* The gate among the factors of x; NULL if there is none. */
static const Value *gate_in(const Value *x, const Block *outside)
{
    if (ir_visible(x, outside))
        return is_gate(x) ? x : NULL;
    if (x->kind != VAL_MUL && x->kind != VAL_DIV && x->kind != VAL_NEG)
        return NULL;
    const Value *found = gate_in(x->args[0], outside);
    return found || x->kind != VAL_MUL ? found : gate_in(x->args[1], outside);
}

static const Value *find_gate(const Value *loop, const Block *outside)
{
    for (const Value *v = loop->blocks[1]->first; v; v = v->next) {
        const Value *found = v->kind == VAL_ACCUM                ? gate_in(v->args[1], outside)
                             : v->kind == VAL_LOOP && v->counted ? find_gate(v, outside)
                                                                 : NULL;
        if (found)
            return found;
    }
    return NULL;
}

static Value *guard(Function *fn, Value *loop, const Value *gate)
{
    Builder b = {.function = fn, .block = loop->block, .before = loop, .loc = loop->loc, .adjoint = true};
    Value *region = ir_if(&b, gate->args[0]);
    ir_move(loop, region->blocks[ir_is_zero(gate->args[1])], NULL);
    return region;
}

static void guard_block(Function *fn, Block *block)
{
    for (Value *v = block->first; v; v = v->next) {
        const Value *gate = v->kind == VAL_LOOP && v->counted ? find_gate(v, block) : NULL;
        if (gate && only_adds(v, gate)) {
            v = guard(fn, v, gate);
            continue;
        }
        for (int k = 0; k < 2; k++)
            if (v->blocks[k])
                guard_block(fn, v->blocks[k]);
    }
}

void guard_loops(Function *fn)
{
    guard_block(fn, fn->body);
}
