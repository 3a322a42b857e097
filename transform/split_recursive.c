/*
 * split_recursive.c: which functions are recursive, and what is known of the memory that they are called with
 * (split.h).
 */
#include "split.h"

typedef VEC(Function *) Functions;

static bool has_function(const Functions *list, const Function *fn)
{
    for (size_t k = 0; k < list->count; k++)
        if (list->at[k] == fn)
            return true;
    return false;
}

/* Its body is looked into, and may come into that of its caller. */
static bool is_open(const Function *fn)
{
    return fn->has_body && !fn->rule && !fn->custom_vjp && !fn->variadic;
}

static bool block_calls(const Block *block, const Function *target, Functions *seen)
{
    for (const Value *v = ir_first(block); v; v = ir_next(v, block)) {
        Function *callee = v->kind == VAL_CALL ? v->callee : NULL;
        if (callee && callee == target)
            return true;
        if (callee && is_open(callee) && !has_function(seen, callee)) {
            vec_push(seen, callee);
            if (block_calls(into_body(callee), target, seen))
                return true;
        }
    }
    return false;
}

static bool block_writes(const Block *block, Functions *seen)
{
    for (const Value *v = ir_first(block); v; v = ir_next(v, block)) {
        const bool store = v->kind == VAL_STORE || v->kind == VAL_ACCUM || v->kind == VAL_COPY;
        if (store && memory_base(v->args[0])->kind != VAL_LOCAL)
            return true;
        Function *callee = v->kind == VAL_CALL ? v->callee : NULL;
        if (v->kind == VAL_CALL && (!callee || !is_open(callee)))
            return true;
        if (callee && !has_function(seen, callee)) {
            vec_push(seen, callee);
            if (block_writes(into_body(callee), seen))
                return true;
        }
    }
    return false;
}

bool split_is_recursive(Function *fn)
{
    if (!fn->recursion) {
        Functions called = {0}, seen = {0};
        fn->recursion = is_open(fn) && block_calls(into_body(fn), fn, &called) ? 2 : 1;
        if (fn->recursion == 2)
            fn->writes_nothing = !block_writes(into_body(fn), &seen);
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
            const Value *base = type_is_pointer(v->args[k]->type) ? memory_base(v->args[k]) : NULL;
            while (base && base->kind == VAL_LOAD)
                base = memory_base(base->args[0]);
            if (base && base->kind != VAL_PARAM && base->kind != VAL_GLOBAL)
                return true;
        }
    }
    return false;
}

bool split_find_memory_stays(const Split *split)
{
    Functions seen = {0};
    if (block_writes(split->caller->body, &seen) || passes_locals(split->caller->body))
        return false;
    for (size_t k = 0; k < split->parts.count; k++) {
        const Part *part = split->parts.at[k];
        if (!part->function->writes_nothing || passes_locals(part->work->body))
            return false;
    }
    return true;
}
