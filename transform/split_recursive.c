/*
 * split_recursive.c: which functions are recursive, and what is known of the memory that they are called with
 * (split.h).
 */
#include "heap.h"
#include "split.h"

bool split_looks_into(const Function *fn)
{
    return fn->has_body && !fn->rule && !fn->custom_vjp && !fn->variadic;
}

/* May a function call another: itself, or by all that it leads to, by calls, or by addresses taken, too? */
typedef struct {
    unsigned walk;
    const Function *target;
    bool is_reached;
    bool by_addresses;
    bool by_pointer; /* there is a call of a pointer */
} Reach;

static void reach(Reach *r, Function *fn);

static void reach_callee(Reach *r, Function *callee)
{
    r->is_reached |= callee == r->target;
    if (!r->is_reached && ir_first_visit(callee, r->walk) && split_looks_into(callee))
        reach(r, callee);
}

/* A function whose address is taken, or one of a table that is. */
static void reach_address(Reach *r, const Value *v)
{
    if (v->kind == VAL_FUNCTION)
        reach_callee(r, v->callee);
    for (size_t k = 0; v->kind == VAL_GLOBAL && k < v->global->ntargets; k++)
        reach_callee(r, v->global->targets[k].function);
}

static void reach(Reach *r, Function *fn)
{
    Block *body = into_body(fn);
    for (const Value *v = ir_first(body); v; v = ir_next(v, body)) {
        if (v->kind == VAL_CALL && v->callee)
            reach_callee(r, v->callee);
        r->by_pointer |= v->kind == VAL_CALL && !v->callee && !v->text;
    }
    for (Use use = ir_first_use(body); r->by_addresses && use.block; use = ir_next_use(use, body))
        reach_address(r, *ir_used(&use));
}

/* Pointers lead, for all that is known here, to any function whose address is taken on the way. */
static bool calls_itself(Function *fn)
{
    Reach r = {.walk = ir_new_walk(fn->module), .target = fn};
    reach(&r, fn);
    if (r.is_reached || !r.by_pointer)
        return r.is_reached;
    r.walk = ir_new_walk(fn->module);
    r.by_addresses = true;
    reach(&r, fn);
    return r.is_reached;
}

static bool block_writes(const Block *block, unsigned walk)
{
    for (const Value *v = ir_first(block); v; v = ir_next(v, block)) {
        const bool store = v->kind == VAL_STORE || v->kind == VAL_ACCUM || v->kind == VAL_COPY;
        if (store && memory_base(v->args[0])->kind != VAL_LOCAL)
            return true;
        Function *callee = v->kind == VAL_CALL ? v->callee : NULL;
        if (v->kind == VAL_CALL && (!callee || !split_looks_into(callee)))
            return true;
        if (callee && ir_first_visit(callee, walk) && block_writes(into_body(callee), walk))
            return true;
    }
    return false;
}

/* ---- pointers that find their way into memory ---- */

bool split_holds_real_pointers(const Type *t)
{
    while (t->kind == TYPE_ARRAY)
        t = t->to;
    if (t->kind == TYPE_POINTER)
        return type_may_lead_to_real(t->to);
    for (size_t k = 0; t->kind == TYPE_RECORD && k < t->record->nfields; k++)
        if (split_holds_real_pointers(t->record->fields[k].type))
            return true;
    return false;
}

bool split_writes_pointer(const Value *v)
{
    const HeapRole role = heap_role(v);
    if (v->kind == VAL_STORE)
        return split_holds_real_pointers(v->args[1]->type);
    if (v->kind == VAL_COPY || role == HEAP_COPY || role == HEAP_MOVE || role == HEAP_SET)
        return type_is_pointer(v->args[0]->type) &&
               (v->args[0]->type->to->kind == TYPE_VOID || split_holds_real_pointers(v->args[0]->type->to));
    return false;
}

static bool calls_pointer(const Value *v)
{
    return v->kind == VAL_CALL && !v->callee && !v->text;
}

static bool is_written_elsewhere(const Value *v)
{
    return calls_pointer(v) || (split_writes_pointer(v) && memory_base(v->args[0])->kind != VAL_LOCAL);
}

static bool gives_back(const Value *v)
{
    const HeapRole role = heap_role(v);
    return calls_pointer(v) || role == HEAP_FREE || role == HEAP_REALLOC;
}

/* Is there such a value in the block, or in what it calls? */
static bool any_value(const Block *block, bool (*is_such)(const Value *), unsigned walk)
{
    for (const Value *v = ir_first(block); v; v = ir_next(v, block)) {
        Function *callee = v->kind == VAL_CALL ? v->callee : NULL;
        if (is_such(v) || (callee && split_looks_into(callee) && ir_first_visit(callee, walk) &&
                           any_value(into_body(callee), is_such, walk)))
            return true;
    }
    return false;
}

bool split_is_recursive(Function *fn)
{
    if (!fn->recursion) {
        fn->recursion = split_looks_into(fn) && calls_itself(fn) ? 2 : 1;
        if (fn->recursion == 2) {
            fn->writes_nothing = !block_writes(into_body(fn), ir_new_walk(fn->module));
            fn->moves_pointers = any_value(into_body(fn), is_written_elsewhere, ir_new_walk(fn->module));
            fn->gives_back = any_value(into_body(fn), gives_back, ir_new_walk(fn->module));
        }
    }
    return fn->recursion == 2;
}

bool split_takes(const Value *call)
{
    return call->kind == VAL_CALL && call->callee && call->callee->recursion == 2 && !call->callee->passive;
}

/* Local objects are gone when the reverse half runs, and it knows them by their adjoints. */
static bool passes_locals(const Block *block)
{
    for (const Value *v = ir_first(block); v; v = ir_next(v, block)) {
        for (int k = 0; split_takes(v) && k < v->nargs; k++) {
            if (!type_is_pointer(v->args[k]->type))
                continue;
            const Value *owner = memory_owner(memory_base(v->args[k]));
            if (owner->kind != VAL_PARAM && owner->kind != VAL_GLOBAL)
                return true;
        }
    }
    return false;
}

bool split_find_memory_stays(const Split *split)
{
    if (block_writes(split->caller->body, ir_new_walk(split->caller->module)) || passes_locals(split->caller->body))
        return false;
    for (size_t k = 0; k < split->parts.count; k++) {
        const Part *part = split->parts.at[k];
        if (!part->function->writes_nothing || passes_locals(part->work->body))
            return false;
    }
    return true;
}
