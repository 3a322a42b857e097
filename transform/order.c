/*
 * order.c: a reverse loop whose iterations may run in any order runs forwards, as people write loops and as compilers
 * like them. Its iterations are independent when what it carries are sums, and when every place in memory that it
 * writes, other than by adding to it, belongs to one iteration.
 */
#include "accesses.h"
#include "passes.h"

enum { MAX_DEPTH = 32 };

static bool is_write(const Value *v)
{
    return v->kind == VAL_STORE || v->kind == VAL_ACCUM || v->kind == VAL_ZERO || v->kind == VAL_COPY;
}

/* The loops from an access out to `loop`, innermost first; 0 where they are too many. */
static int loops_around(const Value *access, Value *loop, Value *loops[], int capacity)
{
    int n = 0;
    for (const Block *b = access->block;; b = b->owner->block) {
        if (b->owner->kind != VAL_LOOP)
            continue;
        if (n == capacity)
            return 0;
        loops[n++] = b->owner;
        if (b->owner == loop)
            return n;
    }
}

/* Iterations of `loop` use this address for memory of their own. */
static bool is_own(const Value *access, Value *loop)
{
    Value *loops[MAX_DEPTH];
    const int n = loops_around(access, loop, loops, MAX_DEPTH);
    return n > 0 && index_is_injective(access->args[0], loops, n);
}

/* a is a write, b an access: may another iteration's b meet a? */
static bool conflicts(const Value *a, const Value *b, Value *loop)
{
    if (a->kind == VAL_ACCUM && b->kind == VAL_ACCUM)
        return false;
    const Value *base = memory_base(a->args[0]);
    if (base->block && ir_block_inside(base->block, loop->blocks[1]) && base->kind == VAL_LOCAL)
        return false; /* made anew in each iteration */
    if (!memory_may_alias_ever(a->args[0], b->args[0]))
        return false;
    return !memory_same_address(a->args[0], b->args[0]) || !is_own(a, loop);
}

/* Additions never conflict with one another. */
static bool conflicts_with_any(const Accesses *accesses, const Value *a, Value *loop)
{
    AccessWalk walk = accesses_walk(accesses, a->args[0], accesses_place(accesses, loop), accesses_last(accesses, loop),
                                    a->kind != VAL_ACCUM);
    for (const Value *b; (b = accesses_next(&walk));)
        if ((is_write(b) || b->kind == VAL_LOAD) && conflicts(a, b, loop))
            return true;
    return false;
}

static bool memory_is_independent(const Accesses *accesses, const Block *block, Value *loop)
{
    for (const Value *v = block ? block->first : NULL; v; v = v->next) {
        if (v->kind == VAL_POP || v->kind == VAL_PUSH || v->kind == VAL_CALL)
            return false;
        if (v->kind == VAL_FREE && memory_base(v->args[0])->kind != VAL_ALLOC) /* others may have used it later */
            return false;
        if (is_write(v) && conflicts_with_any(accesses, v, loop))
            return false;
        if (!memory_is_independent(accesses, v->blocks[0], loop) ||
            !memory_is_independent(accesses, v->blocks[1], loop))
            return false;
    }
    return true;
}

bool order_is_free(const Accesses *accesses, const Value *loop)
{
    return memory_is_independent(accesses, loop->blocks[1], (Value *)(uintptr_t)loop);
}

static void order_block(Sums *sums, const Accesses *accesses, Block *block)
{
    for (Value *v = block->first; v; v = v->next) {
        for (int k = 0; k < 2; k++)
            if (v->blocks[k])
                order_block(sums, accesses, v->blocks[k]);
        if (v->kind != VAL_LOOP || !v->reversed)
            continue;
        bool any_order = true;
        for (int k = 0; k < v->nresults && any_order; k++)
            any_order = sums_is_sum(sums, v, k);
        if (any_order && order_is_free(accesses, v))
            v->reversed = false;
    }
}

void order_loops(Function *fn)
{
    memory_mark_private(fn);
    order_block(sums_find(fn), accesses_find(fn), fn->body);
}
