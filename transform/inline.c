/*
 * inline.c: a function with the bodies of what it calls in it. Pointers that a callee is given become the caller's
 * addresses, so that every analysis behind sees whose memory is meant.
 */
#include "clone.h"
#include "passes.h"

enum { INLINE_MAX_VALUES = 2000000 };

/* The functions being copied, innermost first: a callee among them is recursive. */
typedef struct Activation {
    Function *function;
    struct Activation *caller;
    bool *is_too_large; /* reported */
} Activation;

static bool is_open(const Activation *a, const Function *fn)
{
    for (; a; a = a->caller)
        if (a->function == fn || a->function->primal == fn)
            return true;
    return false;
}

static bool inline_call(CloneMap *map, Builder *b, Value *call);

static void copy_body(CloneMap *map, Builder *b, Activation *activation)
{
    map->call = inline_call;
    map->user = activation;
    clone_block(map, b, activation->function->body);
}

/* What ADGEN_PASSIVE on a function means: nothing that it computes has a derivative. */
static Value *passive_value(Builder *b, Value *v)
{
    return type_is_real(v->type) ? ir_new(b, VAL_PASSIVE, v->type, 1, &v) : v;
}

static void make_stores_passive(Builder *b, Value *last_before)
{
    for (Value *v = last_before ? last_before->next : b->block->first; v; v = v->next) {
        if ((v->kind != VAL_STORE && v->kind != VAL_ACCUM) || !type_is_real(v->args[1]->type))
            continue;
        Builder here = *b;
        here.before = v;
        v->args[1] = passive_value(&here, v->args[1]);
    }
}

static void make_regions_passive(Builder *b, const Value *first)
{
    for (const Value *v = first; v; v = v->next) {
        for (int k = 0; k < 2; k++) {
            if (!v->blocks[k])
                continue;
            Builder inner = {.function = b->function, .block = v->blocks[k], .loc = v->loc};
            make_stores_passive(&inner, NULL);
            make_regions_passive(&inner, v->blocks[k]->first);
        }
    }
}

/* A record by value that is ADGEN_PASSIVE is reached through a pointer that is (passive.c). */
static Value *passive_record(Builder *b, Value *object, const char *name)
{
    Value *pointer = ir_local(b, object->type, 0, NULL, name);
    pointer->passive = true;
    ir_store(b, pointer, object);
    return ir_load(b, pointer);
}

static void give_arguments(CloneMap *inner, CloneMap *outer, Builder *b, const Value *call)
{
    for (int k = 0; k < call->callee->nparams; k++) {
        const Param *p = &call->callee->params[k];
        Value *arg = clone_lookup(outer, b, call->args[k]);
        clone_set(inner, p->value,
                  p->passive && p->value->kind == VAL_PARAM_OBJECT ? passive_record(b, arg, p->name) : arg);
    }
}

static bool can_inline(const Activation *activation, const Builder *b, const Value *call)
{
    Function *callee = call->callee;
    if (!callee || callee->rule || callee->custom_vjp || split_is_recursive(callee) || is_open(activation, callee) ||
        callee->variadic)
        return false;
    if (*activation->is_too_large)
        return false;
    if (b->function->next_id > INLINE_MAX_VALUES) {
        *activation->is_too_large = true;
        diag_error(call->loc, "'%s' calls too much: its body with those of its callees passes %d operations",
                   b->function->name, INLINE_MAX_VALUES);
        return false;
    }
    return into_body(callee) != NULL;
}

static bool inline_call(CloneMap *map, Builder *b, Value *call)
{
    Activation *caller = map->user;
    if (!can_inline(caller, b, call))
        return false;
    Function *callee = call->callee;
    Activation activation = {.function = callee, .caller = caller, .is_too_large = caller->is_too_large};
    CloneMap inner = {0};
    clone_map_init(&inner, callee);
    give_arguments(&inner, map, b, call);
    if (callee->result_object)
        clone_set(&inner, callee->result_object, clone_lookup(map, b, call->args[call->nargs - 1]));
    Value *last_before = b->block->last;
    copy_body(&inner, b, &activation);
    Value *result = callee->body->nyields ? clone_lookup(&inner, b, callee->body->yields[0]) : NULL;
    if (callee->passive) {
        make_stores_passive(b, last_before);
        make_regions_passive(b, last_before ? last_before->next : b->block->first);
        result = result ? passive_value(b, result) : NULL;
    }
    clone_set(map, call, result ? result : call);
    return true;
}

static void copy_params(CloneMap *map, Builder *b, const Function *from, Function *to)
{
    to->nparams = from->nparams;
    to->params = arena_grow(from->params, sizeof(Param) * (size_t)from->nparams, sizeof(Param) * (size_t)from->nparams);
    for (int k = 0; k < from->nparams; k++)
        to->params[k].value = clone_lookup(map, b, from->params[k].value);
}

/* A function with fn's parameters, and nothing in it yet. */
static Function *open_copy(CloneMap *map, Builder *b, Function *fn)
{
    Function *copy = ir_new_function(fn->module, fn->name);
    const unsigned next_id = copy->next_id;
    *copy = *fn;
    copy->next_id = next_id;
    copy->primal = fn;
    copy->body = ir_new_block(copy, NULL, NULL);
    clone_map_init(map, fn);
    *b = (Builder){.function = copy, .block = copy->body, .loc = fn->loc};
    copy_params(map, b, fn, copy);
    if (fn->result_object) {
        copy->result_object = clone_lookup(map, b, fn->result_object);
        copy->result_object->i = RESULT_OBJECT;
    }
    return copy;
}

Function *inline_calls(Function *fn)
{
    if (!into_body(fn))
        return NULL;
    CloneMap map = {0};
    Builder b;
    Function *copy = open_copy(&map, &b, fn);
    bool is_too_large = false;
    Activation activation = {.function = fn, .is_too_large = &is_too_large};
    copy_body(&map, &b, &activation);
    if (fn->body->nyields)
        ir_set_yield(copy->body, 0, clone_lookup(&map, &b, fn->body->yields[0]));
    passive_pointers(copy);
    return copy;
}

Function *inline_only_call(Function *fn)
{
    if (!into_body(fn))
        return NULL;
    CloneMap map = {0};
    Builder b;
    Function *copy = open_copy(&map, &b, fn);
    Value **args = ARENA_ARRAY(Value *, fn->nparams + 1);
    for (int k = 0; k < fn->nparams; k++)
        args[k] = copy->params[k].value;
    Value *call = ir_call(&b, fn->result, fn, fn->nparams, args);
    if (fn->body->nyields)
        ir_set_yield(copy->body, 0, call);
    return copy;
}
