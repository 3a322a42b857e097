/*
 * neighbours.c: what stencil.c and fission.c ask about loops that add to neighbouring elements (neighbours.h).
 */
#include "neighbours.h"

enum { MAX_BODY = 80 };

static int64_t split_constant(const Value *v, const Value **core)
{
    int64_t constant = 0;
    for (;;) {
        if (ir_is_wide_cast(v)) {
            v = v->args[0];
        } else if ((v->kind == VAL_ADD || v->kind == VAL_SUB) && v->args[1]->kind == VAL_INT) {
            constant += v->kind == VAL_ADD ? v->args[1]->i : -v->args[1]->i;
            v = v->args[0];
        } else {
            *core = v;
            return constant;
        }
    }
}

/* The element moves by one with the counter. */
static bool steps_by_one(const Value *index, const Value *loop)
{
    const Value *core;
    split_constant(index, &core);
    if (core == loop->counter)
        return true;
    if (core->kind != VAL_ADD)
        return false;
    for (int k = 0; k < 2; k++)
        if (ir_is_invariant(core->args[k], loop) && steps_by_one(core->args[1 - k], loop))
            return true;
    return false;
}

/* Neighbouring iterations access neighbouring elements, or all of them one. */
static bool is_contiguous(const Value *address, const Value *loop)
{
    if (ir_is_invariant(address, loop))
        return true;
    return address->kind == VAL_PTRADD && ir_is_invariant(address->args[0], loop) &&
           steps_by_one(address->args[1], loop);
}

/* A body that compilers turn into vector code, once its iterations are independent. */
static bool is_simple(const Neighbours *n)
{
    int count = 0;
    for (Value *v = n->loop->blocks[1]->first; v; v = v->next) {
        if (v->id > n->positions->last_id)
            return false;
        n->positions->at[v->id] = ++count;
        const bool access = ir_writes_value(v) || v->kind == VAL_LOAD;
        if (access ? !is_contiguous(v->args[0], n->loop) : !ir_is_pure(v->kind))
            return false;
    }
    return count <= MAX_BODY;
}

static void note_addition(Neighbours *n, Value *accum)
{
    const Value *address = accum->args[0];
    if (n->count == NEIGHBOURS_MAX || address->kind != VAL_PTRADD || ir_is_invariant(address, n->loop))
        return;
    Addition *a = &n->additions[n->count++];
    *a = (Addition){.accum = accum, .row = address->args[0]};
    a->offset = split_constant(address->args[1], &a->core);
}

bool neighbours_find(Neighbours *n, Function *fn, Value *loop, const Positions *positions)
{
    *n = (Neighbours){.function = fn, .loop = loop, .positions = positions};
    if (!is_simple(n))
        return false;
    for (Value *v = loop->blocks[1]->first; v; v = v->next)
        if (v->kind == VAL_ACCUM && v->adjoint)
            note_addition(n, v);
    return true;
}

bool neighbours_are(const Addition *a, const Addition *b)
{
    return a->row == b->row && a->core == b->core && a->offset != b->offset;
}

bool neighbours_only_adds(const Neighbours *n, const Addition *a)
{
    for (const Value *v = n->loop->blocks[1]->first; v; v = v->next)
        if ((v->kind == VAL_LOAD || v->kind == VAL_STORE) && memory_may_alias_ever(v->args[0], a->accum->args[0]))
            return false;
    return true;
}

int neighbours_cost(const Neighbours *n, const Value *v, CanLoad can_load)
{
    enum { TOO_MUCH = NEIGHBOURS_MAX_COST + 1 };
    if (v == n->loop->counter || ir_is_invariant(v, n->loop))
        return 0;
    if (ir_is_leaf(v->kind) || (v->kind == VAL_LOAD && !can_load(n, v)))
        return TOO_MUCH;
    int cost = v->kind == VAL_MATH || v->kind == VAL_PURE_CALL || v->kind == VAL_DIV ? TOO_MUCH
               : v->kind == VAL_LOAD || type_is_real(v->type)                        ? 1
                                                                                     : 0;
    for (int k = 0; k < v->nargs && cost < TOO_MUCH; k++)
        cost += neighbours_cost(n, v->args[k], can_load);
    return cost > TOO_MUCH ? TOO_MUCH : cost;
}

void neighbours_compute(const Neighbours *n, CloneMap *map, Builder *b, Value *v)
{
    if (ir_visible(v, n->loop->block) || v == n->loop->counter || (v->id < map->count && map->to[v->id]))
        return;
    for (int k = 0; k < v->nargs; k++)
        neighbours_compute(n, map, b, v->args[k]);
    clone_value(map, b, v);
}

Value *neighbours_new_loop(const Neighbours *n, Builder *b, Value *from, Value *to)
{
    const Value *loop = n->loop;
    Value *copy = ir_count(b, from, loop->rel, to, loop->step);
    copy->counter->hint = loop->counter->hint;
    return copy;
}
