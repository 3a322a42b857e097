/*
 * order.c: a reverse loop whose iterations may run in any order runs forwards, as people write loops and as compilers
 * like them. Its iterations are independent when what it carries are sums, and when every place in memory that it
 * writes, other than by adding to it, belongs to one iteration.
 */
#include "accesses.h"
#include "passes.h"

enum { MAX_DEPTH = 32 };

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

/* Counters of loops inside `loop` that stand for one another, in two addresses of the same form. */
typedef struct {
    const Value *loop, *a[MAX_DEPTH], *b[MAX_DEPTH];
    int count;
} Renaming;

static bool is_counted_inside(const Value *counter, const Value *loop)
{
    const Block *at = counter->region->block;
    return ir_block_inside(at, loop->blocks[1]) || (loop->twin && ir_block_inside(at, loop->twin->blocks[1]));
}

static bool same_counter(Renaming *r, const Value *x, const Value *y)
{
    const Value *p = x->region, *q = y->region;
    if (!p->counted || !q->counted || !is_counted_inside(x, r->loop) || !is_counted_inside(y, r->loop))
        return x == y;
    for (int k = 0; k < r->count; k++)
        if (r->a[k] == x || r->b[k] == y)
            return r->a[k] == x && r->b[k] == y;
    if (p->from != q->from || p->to != q->to || p->rel != q->rel || p->step != q->step || r->count == MAX_DEPTH)
        return false;
    r->a[r->count] = x;
    r->b[r->count++] = y;
    return true;
}

/*
 * Are the addresses one formula of counters with the same values? What tells iterations of `loop` apart in the one then
 * does so between the two.
 */
static bool same_form(Renaming *r, const Value *x, const Value *y)
{
    if (x->kind == VAL_COUNTER && y->kind == VAL_COUNTER)
        return same_counter(r, x, y);
    if (x == y && ir_visible(x, r->loop->block))
        return true;
    if (x->kind == VAL_INT && y->kind == VAL_INT)
        return x->i == y->i && type_same(x->type, y->type);
    if (x->kind != y->kind || x->i != y->i || x->nargs != y->nargs || !ir_is_pure(x->kind) || ir_is_leaf(x->kind) ||
        !type_same(x->type, y->type))
        return false;
    for (int k = 0; k < x->nargs; k++)
        if (!same_form(r, x->args[k], y->args[k]))
            return false;
    return true;
}

/* a is a write, b an access: may another iteration's b meet a? */
static bool conflicts(const Value *a, const Value *b, Value *loop)
{
    if (a->kind == VAL_ACCUM && b->kind == VAL_ACCUM)
        return false;
    const Value *base = memory_base(a->args[0]);
    if (base->block && ir_block_inside(base->block, loop->blocks[1]) && base->kind == VAL_LOCAL)
        return false; /* made anew in each iteration */
    if (!memory_may_alias_within(a->args[0], b->args[0], loop))
        return false;
    Renaming renaming = {.loop = loop};
    return !(memory_same_address(a->args[0], b->args[0]) || same_form(&renaming, a->args[0], b->args[0])) ||
           !is_own(a, loop);
}

/* Additions never conflict with one another. */
static bool conflicts_with_any(const Accesses *accesses, const Value *a, Value *loop)
{
    AccessWalk walk = accesses_walk(accesses, a->args[0], accesses_place(accesses, loop), accesses_last(accesses, loop),
                                    a->kind == VAL_ACCUM ? ACCESS_NO_ADDITIONS : ACCESS_ALL);
    for (const Value *b; (b = accesses_next(&walk));)
        if ((ir_writes_memory(b) || b->kind == VAL_LOAD) && conflicts(a, b, loop))
            return true;
    return false;
}

static bool memory_is_independent(const Accesses *accesses, const Block *block, Value *loop)
{
    for (const Value *v = ir_first(block); v; v = ir_next(v, block)) {
        if (v->kind == VAL_POP || v->kind == VAL_PUSH || v->kind == VAL_CALL)
            return false;
        if (v->kind == VAL_FREE && memory_base(v->args[0])->kind != VAL_ALLOC) /* others may have used it later */
            return false;
        if (ir_writes_memory(v) && conflicts_with_any(accesses, v, loop))
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
