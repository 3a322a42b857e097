/*
 * effects.c: what instructions, and the regions that they are, may do to memory.
 */
#include "heap.h"
#include "passes.h"

static bool block_has_effect(const Block *block)
{
    for (const Value *v = block ? block->first : NULL; v; v = v->next)
        if (memory_has_effect(v))
            return true;
    return false;
}

bool memory_has_effect(const Value *v)
{
    if (ir_writes_memory(v))
        return true;
    switch (v->kind) {
    case VAL_FREE:
    case VAL_PUSH:
    case VAL_POP:
    case VAL_TAPE_FREE:
    case VAL_CALL:
        return true;
    case VAL_IF:
    case VAL_LOOP:
        return block_has_effect(v->blocks[0]) || block_has_effect(v->blocks[1]);
    default:
        return false;
    }
}

/* A function that is given a pointer may go from there to all of the object. */
static bool may_reach(Value *pointer, const Value *address)
{
    return memory_may_alias_ever(memory_base(pointer), memory_base((Value *)(uintptr_t)address));
}

/* An unknown function reaches what its arguments point to, and what is not local; one with a rule of its own, and the
 * rule, only what their arguments point to, and variables outside functions. */
static bool call_may_write(const Value *call, const Value *address)
{
    if (call->callee && (call->callee->effect != EFFECT_UNKNOWN || call->callee->rule))
        return false;
    if (ir_is_volatile(call))
        return call->nargs > 1 && may_reach(call->args[0], address);
    if (!call->callee && call->text) /* assert */
        return false;
    const HeapRole role = heap_role(call);
    if (role != HEAP_NONE) /* of what they are given, the first argument's memory is written, or gone */
        return role != HEAP_ALLOC && may_reach(call->args[0], address);
    const Value *base = memory_base((Value *)(uintptr_t)address);
    const bool is_rule = call->callee && call->callee->is_custom_rule;
    bool by_arguments = (is_rule || call_is_known(call)) && base->kind != VAL_GLOBAL;
    for (int k = 0; k < call->nargs && by_arguments; k++)
        by_arguments = !call_follows_pointers(call, k);
    if (!memory_is_object(base) && !memory_is_choice(base) && !by_arguments)
        return true;
    if (!base->is_private && !by_arguments)
        return true;
    for (int k = 0; k < call->nargs; k++)
        if (call_writes_through(call, k) && may_reach(call->args[k], address))
            return true;
    return false;
}

bool memory_clobbers(const Value *v, const Value *address)
{
    if (ir_writes_memory(v))
        return memory_may_alias(v->args[0], address);
    switch (v->kind) {
    case VAL_CALL:
        return call_may_write(v, address);
    case VAL_IF:
    case VAL_LOOP:
        return memory_region_writes(v, address);
    default:
        return false;
    }
}

bool memory_block_writes(const Block *block, const Value *address)
{
    for (const Value *v = block ? block->first : NULL; v; v = v->next)
        if (memory_clobbers(v, address))
            return true;
    return false;
}

bool memory_region_writes(const Value *region, const Value *address)
{
    return memory_block_writes(region->blocks[0], address) || memory_block_writes(region->blocks[1], address);
}

static bool itself_writes_ever(const Value *v, const Value *address)
{
    return ir_writes_memory(v) ? memory_may_alias_ever(v->args[0], address)
                               : v->kind == VAL_CALL && memory_clobbers(v, address);
}

bool memory_writes_ever(const Value *v, const Value *address)
{
    for (const Value *w = v; w; w = ir_next_inside(w, v))
        if (itself_writes_ever(w, address))
            return true;
    return false;
}

bool memory_block_writes_ever(const Block *block, const Value *address)
{
    for (const Value *v = ir_first(block); v; v = ir_next(v, block))
        if (itself_writes_ever(v, address))
            return true;
    return false;
}
