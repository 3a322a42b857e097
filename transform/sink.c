/*
 * sink.c: in inner loops, adjoints that have been handed on are cleared when all else of the iteration is done.
 *
 *     const double t = y_bar[i];          const double t = y_bar[i];
 *     y_bar[i] = 0.0;                     a_bar[i] += t;
 *     a_bar[i] += t;                  →   b_bar[i] += t;
 *     b_bar[i] += t;                      y_bar[i] = 0.0;
 *
 * Nothing waits for the zero; what is loaded behind it does, in processors that compare the last digits of addresses
 * only, as arrays of one size tend to begin at multiples of their pages.
 */
#include "passes.h"

static bool is_clear(const Value *v)
{
    return v->kind == VAL_STORE && v->adjoint && v->args[1]->kind == VAL_REAL && v->args[1]->real == 0.0L;
}

/* An access to an object other than the address's. Within one object, vectorisers ask which of two comes first. */
static bool is_elsewhere(const Value *access, Value *address)
{
    return memory_base(access->args[0]) != memory_base(address) && !memory_may_alias(access->args[0], address);
}

/* The last access to other memory before the next effect, clears that wait there already not counted. */
static Value *last_access(Value *clear)
{
    Value *last = NULL;
    for (Value *v = clear->next; v; v = v->next) {
        const bool access = v->kind == VAL_LOAD || v->kind == VAL_STORE || v->kind == VAL_ACCUM;
        if (access ? !is_elsewhere(v, clear->args[0]) : v->kind == VAL_LOCAL || memory_has_effect(v))
            break;
        if (access && !is_clear(v))
            last = v;
    }
    return last;
}

static bool has_regions(const Block *block)
{
    for (const Value *v = block->first; v; v = v->next)
        if (v->blocks[0] || v->blocks[1])
            return true;
    return false;
}

static void sink_in(Block *block)
{
    const bool innermost = block->owner && block->owner->kind == VAL_LOOP && !has_regions(block);
    for (Value *v = block->last, *prev; v; v = prev) {
        prev = v->prev;
        for (int k = 0; k < 2; k++)
            if (v->blocks[k])
                sink_in(v->blocks[k]);
        Value *last = innermost && is_clear(v) ? last_access(v) : NULL;
        if (last)
            ir_move(v, block, last->next);
    }
}

void clears_sink(Function *fn)
{
    memory_mark_private(fn);
    sink_in(fn->body);
}
