/*
 * own.c: a by-value record parameter is the function's own copy, to be overwritten as it likes; its adjoint belongs to
 * the value that the caller gave. So what is written gets an object of its own, which starts as a copy of the
 * parameter.
 */
#include "heap.h"
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
    for (const Value *v = ir_first(block); v; v = ir_next(v, block))
        for (int k = 0; k < count_written(v); k++)
            if (type_is_pointer(v->args[k]->type) && memory_may_come_from(v->args[k], object))
                return true;
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

static void hoist_object(Function *fn, Value *object)
{
    ir_remove(object);
    object->block = fn->body;
    object->next = fn->body->first;
    *(object->next ? &object->next->prev : &fn->body->last) = object;
    fn->body->first = object;
}

static void hoist_objects(Function *fn, Block *block)
{
    for (Value *v = block->first, *next; v; v = next) {
        next = v->next;
        if (v->kind == VAL_LOCAL && v->nargs == 0 && block->owner)
            hoist_object(fn, v);
        for (int k = 0; v->kind == VAL_IF && k < 2; k++)
            hoist_objects(fn, v->blocks[k]);
    }
}

void own_hoist(Function *fn)
{
    hoist_objects(fn, fn->body);
}

/* ---- objects of loops that pointers are kept to ---- */

static bool holds_pointers(const Type *t)
{
    if (t->kind == TYPE_ARRAY)
        return holds_pointers(t->to);
    for (size_t k = 0; t->kind == TYPE_RECORD && k < t->record->nfields; k++)
        if (holds_pointers(t->record->fields[k].type))
            return true;
    return t->kind == TYPE_POINTER;
}

/* The object of a loop's body that the address is in, which could as well be one for all iterations. */
static Value *inner_object(const Value *address)
{
    Value *base = type_is_pointer(address->type) ? memory_base((Value *)(uintptr_t)address) : NULL;
    return base && base->kind == VAL_LOCAL && base->block->owner ? base : NULL;
}

static void mark_kept(bool *kept, const Value *address)
{
    const Value *object = inner_object(address);
    if (object)
        kept[object->id] = true;
}

static void find_kept(bool *kept, const Block *block)
{
    for (const Value *v = block->first; v; v = v->next) {
        if (v->kind == VAL_STORE)
            mark_kept(kept, v->args[1]);
        for (int k = 0; (v->kind == VAL_SELECT || v->kind == VAL_LOOP) && k < v->nargs; k++)
            mark_kept(kept, v->args[k]);
        for (int k = 0; k < 2; k++)
            if (v->blocks[k])
                find_kept(kept, v->blocks[k]);
    }
    for (int k = 0; k < block->nyields; k++)
        mark_kept(kept, block->yields[k]);
}

static void hoist_kept(Function *fn, Block *block, const bool *kept)
{
    for (Value *v = ir_first(block), *next; v; v = next) {
        next = ir_next(v, block);
        if (v->kind == VAL_LOCAL && v->nargs == 0 && v->block->owner && (kept[v->id] || holds_pointers(v->type->to)))
            hoist_object(fn, v);
    }
}

/* ---- ... and whose size is known only there ---- */

/* An array of reals that is used by the address of its first element. */
static bool may_be_on_heap(Block *block, const Value *object)
{
    for (Use use = ir_first_use(block); use.block; use = ir_next_use(use, block))
        if (*ir_used(&use) == object && (!use.user || use.user->kind != VAL_DECAY))
            return false;
    return true;
}

static void replace_decays(Function *fn, Block *block, const Value *object, Value *first)
{
    for (Value *v = ir_first(block), *next; v; v = next) {
        next = ir_next(v, block);
        if (v->kind == VAL_DECAY && v->args[0] == object) {
            ir_replace_uses(fn->body, v, first);
            ir_remove(v);
        }
    }
}

static void move_to_heap(Function *fn, Value *object)
{
    Module *module = fn->module;
    Type *element = object->type->to->to;
    Builder b = {.function = fn, .block = object->block, .before = object, .loc = object->loc};
    Value *args[] = {ir_cast(&b, module->types.size, object->args[0]), ir_sizeof(&b, element, element->size)};
    Value *memory = ir_call(&b, type_pointer(element), heap_zeroed(module), 2, args);
    memory->hint = object->hint;
    replace_decays(fn, object->block, object, memory);
    b = (Builder){.function = fn, .block = object->block, .loc = object->loc};
    ir_call(&b, module->types.void_, heap_free(module), 1, &memory);
    ir_remove(object);
}

typedef VEC(Value *) Values;

static void find_sized(const bool *kept, const Block *block, Values *found)
{
    for (Value *v = ir_first(block); v; v = ir_next(v, block)) {
        const Type *t = v->kind == VAL_LOCAL ? v->type->to : NULL;
        if (t && v->nargs == 1 && v->block->owner && kept[v->id] && t->kind == TYPE_ARRAY && t->to->kind == TYPE_REAL &&
            may_be_on_heap(v->block, v))
            vec_push(found, v);
    }
}

/* ---- alloca ---- */

/* The memory lives until the function returns, and there is one for each iteration. */
static void refuse_kept_steps(const Function *fn, const bool *kept)
{
    for (const Value *v = ir_first(fn->body); v; v = ir_next(v, fn->body)) {
        if (v->kind != VAL_LOCAL || !v->is_of_step || !kept[v->id])
            continue;
        diag_error(v->loc, "adgen cannot handle a call of 'alloca' in a loop that pointers are kept to");
        diag_note((Loc){0}, "use a variable-length array where the memory is for one iteration, or else malloc");
    }
}

void own_hoist_kept(Function *fn)
{
    bool *kept = ARENA_ARRAY(bool, fn->next_id + 1);
    Values sized = {0};
    find_kept(kept, fn->body);
    refuse_kept_steps(fn, kept);
    hoist_kept(fn, fn->body, kept);
    find_sized(kept, fn->body, &sized);
    for (size_t k = 0; k < sized.count; k++)
        move_to_heap(fn, sized.at[k]);
}
