/*
 * reverse_region.c: the reverse of branches and loops. A branch becomes one on the same condition, a loop runs
 * backwards. What a loop adds to the adjoint of a value outside it, the reverse loop carries; what a branch adds is a
 * result of the reverse branch.
 */
#include "reverse.h"

static bool block_is_active(const Reverse *r, const Block *block)
{
    for (const Value *v = ir_first(block); v; v = ir_next(v, block)) {
        const bool writes = ir_writes_value(v);
        if (reverse_is_active(r, v) ||
            (writes && type_is_real(v->args[1]->type) && activity_is_active_memory(r->activity, v->args[0])))
            return true;
        if (reverse_call_is_active(r, v) || reverse_is_shadowed(r, v, HEAP_ALLOC))
            return true;
    }
    return false;
}

bool reverse_region_is_active(const Reverse *r, const Value *v)
{
    for (int k = 0; k < v->nresults; k++)
        if (reverse_is_active(r, v->results[k]) || (v->kind == VAL_LOOP && reverse_is_active(r, v->carried[k])))
            return true;
    return block_is_active(r, v->blocks[0]) || block_is_active(r, v->blocks[1]);
}

static void open_frame(Reverse *r, Frame *frame, const Block *primal, Value *loop, Block *reverse)
{
    *frame = (Frame){.outer = r->frame, .primal = primal, .loop = loop};
    r->frame = frame;
    r->b.block = reverse;
    r->b.before = NULL;
    for (Value *v = primal->first; v; v = v->next)
        if (v->kind == VAL_LOCAL && v->id <= r->last_id && !r->shadow[v->id] && reverse_wants_shadow(r, v))
            reverse_make_shadow(r, v);
}

static void close_frame(Reverse *r, Block *parent)
{
    r->frame = r->frame->outer;
    r->b.block = parent;
}

/* One side of a branch. The adjoints that it leaves are in `frame->touched`, those before it are in force again. */
static void reverse_branch(Reverse *r, Frame *frame, const Value *v, Value *twin, int side)
{
    Block *parent = r->b.block;
    open_frame(r, frame, v->blocks[side], NULL, twin->blocks[side]);
    for (int k = 0; k < v->nresults; k++) /* shadow pointers among them, which have no adjoint */
        if (reverse_adjoint(r, v->results[k]))
            reverse_contribute(r, v->blocks[side]->yields[k], reverse_adjoint(r, v->results[k]));
    reverse_block(r, v->blocks[side]);
    close_frame(r, parent);
    for (size_t k = 0; k < frame->touched.count; k++) {
        Touched *t = &frame->touched.at[k];
        t->after_then = r->adjoint[t->primal->id];
        r->adjoint[t->primal->id] = t->before;
        r->touched_by[t->primal->id] = t->owner;
    }
}

static Value *or_zero(Reverse *r, Value *adjoint, Type *type)
{
    return adjoint ? adjoint : reverse_zero(r, type);
}

static Value *adjoint_after(const Frame *frame, const Value *primal, Value *before)
{
    for (size_t k = 0; k < frame->touched.count; k++)
        if (frame->touched.at[k].primal == primal)
            return frame->touched.at[k].after_then;
    return before;
}

/* The results of both sides become results of the reverse branch. */
static void join_branches(Reverse *r, Value *twin, const Frame sides[2])
{
    for (int s = 0; s < 2; s++) {
        for (size_t k = 0; k < sides[s].touched.count; k++) {
            const Touched *t = &sides[s].touched.at[k];
            Value *before = t->before;
            if (r->adjoint[t->primal->id] != before) /* joined already */
                continue;
            Value *then = adjoint_after(&sides[0], t->primal, before);
            Value *otherwise = adjoint_after(&sides[1], t->primal, before);
            reverse_touch(r, r->frame, t->primal);
            if (then == otherwise) { /* one value on both sides was made before them */
                r->adjoint[t->primal->id] = then;
                continue;
            }
            before = r->adjoint[t->primal->id];
            Type *type = t->primal->type;
            Value *result = ir_if_result(twin, or_zero(r, then, type), or_zero(r, otherwise, type));
            result->hint = reverse_bar_name(t->primal);
            r->adjoint[t->primal->id] = result;
        }
    }
}

void reverse_if(Reverse *r, const Value *v)
{
    Value *twin = ir_if(&r->b, v->args[0]);
    twin->twin = (Value *)(uintptr_t)v;
    Frame sides[2];
    for (int s = 0; s < 2; s++)
        reverse_branch(r, &sides[s], v, twin, s);
    join_branches(r, twin, sides);
}

/* How many iterations a while loop ran: it counts them itself. */
static Value *counted_trips(Reverse *r, Value *loop)
{
    Type *type = r->function->module->types.size;
    Builder b = reverse_builder_at(r, loop->block, loop, loop->loc);
    const int index = loop->nresults;
    Value *carried = ir_loop_carry(loop, ir_int(&b, type, 0));
    carried->hint = loop->results[index]->hint = "trips";
    /* first in the body, so that what ends the iteration stays last */
    b = reverse_builder_at(r, loop->blocks[1], loop->blocks[1]->first, loop->loc);
    b.hint = carried->hint;
    ir_set_next(loop, index, ir_binary(&b, VAL_ADD, type, carried, ir_int(&b, type, 1)));
    loop->counter = carried;
    return loop->results[index];
}

static Value *open_reverse_loop(Reverse *r, Value *v)
{
    Value *twin = ir_loop(&r->b);
    twin->twin = v;
    twin->counted = twin->reversed = true;
    twin->blocks[0] = NULL;
    if (v->counted) {
        twin->from = v->from;
        twin->to = v->to;
        twin->step = v->step;
        twin->rel = v->rel;
    } else {
        twin->to = counted_trips(r, v);
        twin->from = ir_int(&r->b, twin->to->type, 0);
        twin->step = 1;
        twin->rel = VAL_LT;
    }
    twin->counter = ir_new(&r->b, VAL_COUNTER, twin->from->type, 0, NULL);
    twin->counter->region = twin;
    twin->counter->hint = v->counted ? v->counter->hint : NULL;
    return twin;
}

void reverse_loop(Reverse *r, Value *v)
{
    const int n = v->nresults;
    Block *parent = r->b.block;
    Value *twin = open_reverse_loop(r, v);
    int *index = ARENA_ARRAY(int, n + 1);
    for (int k = 0; k < n; k++) {
        if (!reverse_is_active(r, v->carried[k]) &&
            !reverse_is_active(r, v->results[k])) /* what an iteration assigns but never reads */
            continue;
        Value *g = r->adjoint[v->results[k]->id];
        index[k] = twin->nresults + 1;
        Value *carried = ir_loop_carry(twin, or_zero(r, g, v->carried[k]->type));
        carried->hint = twin->results[index[k] - 1]->hint = reverse_bar_name(v->carried[k]);
    }
    Frame frame;
    open_frame(r, &frame, v->blocks[1], twin, twin->blocks[1]);
    for (int k = 0; k < n; k++)
        if (index[k])
            reverse_contribute(r, v->blocks[1]->yields[k], twin->carried[index[k] - 1]);
    reverse_block(r, v->blocks[1]);
    for (int k = 0; k < n; k++)
        if (index[k])
            ir_set_next(twin, index[k] - 1, or_zero(r, r->adjoint[v->carried[k]->id], v->carried[k]->type));
    close_frame(r, parent);
    for (size_t k = 0; k < frame.touched.count; k++) {
        const Touched *t = &frame.touched.at[k];
        ir_set_next(twin, t->index, r->adjoint[t->primal->id]);
        r->adjoint[t->primal->id] = twin->results[t->index];
        r->touched_by[t->primal->id] = t->owner;
    }
    for (int k = 0; k < n; k++)
        if (index[k])
            reverse_contribute(r, v->args[k], twin->results[index[k] - 1]);
}
