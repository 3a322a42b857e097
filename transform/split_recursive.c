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

/* What a function may call: fn itself and all that it leads to, by calls, or by addresses taken, too. */
typedef struct {
    unsigned walk;
    Functions seen;
    bool by_addresses;
    bool by_pointer; /* there is a call of a pointer */
} Reach;

static void reach(Reach *r, Function *fn);

static void reach_callee(Reach *r, Function *callee)
{
    if (!ir_first_visit(callee, r->walk))
        return;
    vec_push(&r->seen, callee);
    if (is_open(callee))
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
    Reach direct = {.walk = ir_new_walk(fn->module)}, all = {.by_addresses = true};
    reach(&direct, fn);
    if (has_function(&direct.seen, fn) || !direct.by_pointer)
        return has_function(&direct.seen, fn);
    all.walk = ir_new_walk(fn->module);
    reach(&all, fn);
    return has_function(&all.seen, fn);
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
        Functions seen = {0};
        fn->recursion = is_open(fn) && calls_itself(fn) ? 2 : 1;
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
