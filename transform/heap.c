/*
 * heap.c: the library's functions for memory, by name. A function of the user's own with such a name has a body, and is
 * not meant.
 */
#include "heap.h"

static const struct {
    const char *name;
    HeapRole role;
    int nargs;
} roles[] = {
    {"malloc", HEAP_ALLOC, 1},
    {"calloc", HEAP_ALLOC, 2},
    {"aligned_alloc", HEAP_ALLOC, 2},
    {"adgen_zeroed", HEAP_ALLOC, 2},
    {"adgen_sized", HEAP_ALLOC, 1},
    {"realloc", HEAP_REALLOC, 2},
    {"free", HEAP_FREE, 1},
    {"adgen_free", HEAP_FREE, 1},
    {"adgen_sized_free", HEAP_FREE, 1},
    {"memcpy", HEAP_COPY, 3},
    {"memmove", HEAP_MOVE, 3},
    {"memset", HEAP_SET, 3},
    {"__builtin_malloc", HEAP_ALLOC, 1},
    {"__builtin_calloc", HEAP_ALLOC, 2},
    {"__builtin_realloc", HEAP_REALLOC, 2},
    {"__builtin_free", HEAP_FREE, 1},
    {"__builtin_memcpy", HEAP_COPY, 3},
    {"__builtin_memset", HEAP_SET, 3},
    {"__builtin_memmove", HEAP_MOVE, 3},
};

HeapRole heap_role(const Value *call)
{
    if (call->kind != VAL_CALL || !call->callee || call->callee->has_body || call->callee->custom_vjp)
        return HEAP_NONE;
    for (size_t k = 0; k < sizeof roles / sizeof roles[0]; k++)
        if (roles[k].nargs == call->nargs && strcmp(roles[k].name, call->callee->name) == 0)
            return roles[k].role;
    return HEAP_NONE;
}

bool heap_is_object(const Value *v)
{
    const HeapRole role = heap_role(v);
    return role == HEAP_ALLOC || role == HEAP_REALLOC;
}

/* ---- sizes ---- */

static bool is_named(const Value *call, const char *part)
{
    return strstr(call->callee->name, part) != NULL;
}

Value *heap_bytes(Builder *b, const Value *allocation)
{
    if (allocation->nargs == 1)
        return allocation->args[0];
    if (is_named(allocation, "calloc") || is_named(allocation, "zeroed"))
        return ir_binary(b, VAL_MUL, b->function->module->types.size, allocation->args[0], allocation->args[1]);
    return allocation->args[1];
}

/* 4 n * sizeof(double): a factor that the size divides gives way. */
static Value *divided_product(Builder *b, Value *bytes, uint64_t size)
{
    for (int k = 0; k < 2; k++) {
        Value *part = heap_elements(b, bytes->args[k], size);
        if (part)
            return ir_binary(b, VAL_MUL, bytes->type, part, bytes->args[1 - k]);
    }
    return NULL;
}

static Value *divided_sum(Builder *b, const Value *bytes, uint64_t size)
{
    Value *x = heap_elements(b, bytes->args[0], size), *y = heap_elements(b, bytes->args[1], size);
    return x && y ? ir_binary(b, bytes->kind, bytes->type, x, y) : NULL;
}

static Value *divided_cast(Builder *b, const Value *bytes, uint64_t size)
{
    const Value *from = bytes->args[0];
    if (from->type->kind != TYPE_INT || from->type->size > bytes->type->size)
        return NULL;
    Value *x = heap_elements(b, bytes->args[0], size);
    return x ? ir_cast(b, bytes->type, x) : NULL;
}

Value *heap_elements(Builder *b, Value *bytes, uint64_t size)
{
    if (size == 0 || bytes->type->kind != TYPE_INT || (!bytes->type->is_signed && bytes->type->size < 8))
        return NULL;
    switch (bytes->kind) {
    case VAL_INT:
    case VAL_SIZEOF:
        return (uint64_t)bytes->i % size == 0 ? ir_int(b, bytes->type, bytes->i / (int64_t)size) : NULL;
    case VAL_MUL:
        return divided_product(b, bytes, size);
    case VAL_ADD:
    case VAL_SUB:
        return divided_sum(b, bytes, size);
    case VAL_CAST:
        return divided_cast(b, bytes, size);
    default:
        return size == 1 ? bytes : NULL;
    }
}

/* ---- functions that the derivative calls ---- */

static Function *find_function(const Module *module, const char *name)
{
    for (size_t k = 0; k < module->functions.count; k++)
        if (!module->functions.at[k]->has_body && strcmp(module->functions.at[k]->name, name) == 0)
            return module->functions.at[k];
    return NULL;
}

Function *heap_function(const Function *like, const char *name, Type *result, int first, int nparams)
{
    Function *found = find_function(like->module, name);
    if (found)
        return found;
    Function *fn = ARENA_NEW(Function);
    *fn = *like;
    fn->name = name;
    fn->result = result;
    fn->params = like->params ? like->params + first : NULL;
    fn->nparams = like->params ? nparams : 0;
    fn->in_header = true;
    return fn;
}

static Function *runtime_function(Module *module, const char *name, Type *result, const char *result_text)
{
    Function *fn = ARENA_NEW(Function);
    fn->module = module;
    fn->name = name;
    fn->result = result;
    fn->result_text = result_text;
    fn->in_header = true;
    return fn;
}

Function *heap_zeroed(Module *module)
{
    return runtime_function(module, "adgen_zeroed", type_pointer(module->types.void_), "void *");
}

Function *heap_free(Module *module)
{
    return runtime_function(module, "adgen_free", module->types.void_, "void");
}

Function *heap_reserve(Module *module)
{
    Function *fn = runtime_function(module, "adgen_reserve", module->types.void_, "void");
    fn->effect = EFFECT_PASSIVE_IO;
    return fn;
}

Function *heap_sized(Module *module)
{
    return runtime_function(module, "adgen_sized", type_pointer(module->types.void_), "void *");
}

Function *heap_size(Module *module)
{
    Function *fn = runtime_function(module, "adgen_size", module->types.size, "size_t");
    fn->effect = EFFECT_PASSIVE_IO;
    return fn;
}

Function *heap_sized_free(Module *module)
{
    return runtime_function(module, "adgen_sized_free", module->types.void_, "void");
}

bool heap_is_sized(const Value *v)
{
    return heap_role(v) == HEAP_ALLOC && strcmp(v->callee->name, "adgen_sized") == 0;
}
