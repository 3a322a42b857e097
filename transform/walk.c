/*
 * walk.c: pointers that walk become a pointer that stays and an index that changes. A recursive function's reverse half
 * has no other way to know where the adjoint of a pointer was at a time: it is where the index says.
 *
 *     for (p = a; ...; p += m)  *p ...        becomes        for (k = 0; ...; k += m)  a[k] ...
 *
 * The root of a pointer is what it is a number of elements away from: of one that a loop carries, the root of what it
 * begins with, if each iteration leaves it there; of one that a branch chooses, the common root of both. Else it is its
 * own root.
 *
 * The same goes for an object of an inner block: its shadow is made where the block is reversed, and a shadow pointer
 * that walks beside the primal one would have to be there before.
 */
#include "passes.h"

typedef struct {
    Function *function;
    Walks which;
    unsigned count;       /* of the values that were there before */
    bool *own;            /* by id: of the carried values that are their own root */
    const Value **root;   /* by id; NULL: not known yet */
    Value **index;        /* by id: elements from the root */
    VEC(Value *) carried; /* pointers with an index, whose next one is still to be set */
    bool changed;
} Walk;

/* ---- roots ---- */

static bool steps_by_elements(const Value *v)
{
    return v->kind == VAL_PTRADD && v->nargs == 2 && type_same(v->type->to, v->args[0]->type->to);
}

static const Value *root_of(Walk *w, const Value *v);

static const Value *common_root(Walk *w, const Value *v, const Value *x, const Value *y)
{
    const Value *root = root_of(w, x);
    return root == root_of(w, y) ? root : v;
}

static const Value *find_root(Walk *w, const Value *v)
{
    if (steps_by_elements(v))
        return root_of(w, v->args[0]);
    if (v->kind == VAL_SELECT)
        return common_root(w, v, v->args[1], v->args[2]);
    if (v->kind == VAL_CARRIED && !w->own[v->id])
        return root_of(w, v->region->args[v->i]);
    if (v->kind == VAL_RESULT && v->region->kind == VAL_IF)
        return common_root(w, v, v->region->blocks[0]->yields[v->i], v->region->blocks[1]->yields[v->i]);
    if (v->kind == VAL_RESULT && !w->own[v->region->carried[v->i]->id])
        return root_of(w, v->region->carried[v->i]);
    return v;
}

static const Value *root_of(Walk *w, const Value *v)
{
    if (!w->root[v->id])
        w->root[v->id] = find_root(w, v);
    return w->root[v->id];
}

static void find_own(Walk *w, const Block *block)
{
    for (const Value *v = block ? block->first : NULL; v; v = v->next) {
        for (int k = 0; v->kind == VAL_LOOP && k < v->nresults; k++) {
            const Value *carried = v->carried[k];
            if (!type_is_pointer(carried->type) || w->own[carried->id] ||
                root_of(w, carried) == root_of(w, v->blocks[1]->yields[k]))
                continue;
            w->own[carried->id] = w->changed = true;
        }
        find_own(w, v->blocks[0]);
        find_own(w, v->blocks[1]);
    }
}

static void find_roots(Walk *w)
{
    do {
        w->changed = false;
        w->root = ARENA_ARRAY(const Value *, w->count);
        find_own(w, w->function->body);
    } while (w->changed);
}

/* ---- indices ---- */

static Builder builder_behind(const Walk *w, const Value *v)
{
    return (Builder){.function = w->function, .block = v->block, .before = v->next, .loc = v->loc};
}

static Value *index_of(Walk *w, Value *v);

static Value *carried_index(Walk *w, Value *v)
{
    Builder before = {.function = w->function, .block = v->region->block, .before = v->region, .loc = v->loc};
    Value *start = ir_cast(&before, w->function->module->types.long_, index_of(w, v->region->args[v->i]));
    Value *index = ir_loop_carry(v->region, start);
    index->hint = v->hint ? arena_printf("%s_at", v->hint) : NULL;
    vec_push(&w->carried, v);
    return index;
}

static Value *find_index(Walk *w, Value *v)
{
    Type *long_ = w->function->module->types.long_;
    Builder b = builder_behind(w, v->kind == VAL_RESULT ? v->region : v);
    if (root_of(w, v) == v)
        return ir_int(&b, long_, 0);
    if (steps_by_elements(v))
        return ir_binary(&b, VAL_ADD, long_, index_of(w, v->args[0]), ir_cast(&b, long_, v->args[1]));
    if (v->kind == VAL_SELECT)
        return ir_select(&b, v->args[0], index_of(w, v->args[1]), index_of(w, v->args[2]));
    if (v->kind == VAL_CARRIED)
        return carried_index(w, v);
    if (v->region->kind == VAL_LOOP) {
        const Value *carried = index_of(w, v->region->carried[v->i]);
        return v->region->results[carried->i];
    }
    Value *then = index_of(w, v->region->blocks[0]->yields[v->i]);
    return ir_if_result(v->region, then, index_of(w, v->region->blocks[1]->yields[v->i]));
}

static Value *index_of(Walk *w, Value *v)
{
    if (!w->index[v->id]) {
        Value *index = find_index(w, v);
        w->index[v->id] = index;
    }
    return w->index[v->id];
}

/* ---- rewriting ---- */

/* In the block, from `before` on, v is computed from its root. */
static void replace(Walk *w, Value *v, Block *block, Value *before)
{
    Builder b = {.function = w->function, .block = block, .before = before, .loc = v->loc, .hint = v->hint};
    w->changed = true;
    Value *pointer = ir_ptradd(&b, (Value *)(uintptr_t)root_of(w, v), index_of(w, v), NULL);
    for (Value *use = before; use; use = use->next) {
        for (int k = 0; k < use->nargs; k++)
            if (use->args[k] == v)
                use->args[k] = pointer;
        for (int k = 0; k < 2; k++)
            if (use->blocks[k])
                ir_replace_uses(use->blocks[k], v, pointer);
    }
    for (int k = 0; k < block->nyields; k++)
        if (block->yields[k] == v)
            block->yields[k] = pointer;
}

/* Pointers that a region carries or chooses, and that are not their own root. */
static bool walks(Walk *w, const Value *v)
{
    if (!type_is_pointer(v->type) || v->id >= w->count || root_of(w, v) == v)
        return false;
    const Value *object = memory_base((Value *)(uintptr_t)root_of(w, v));
    return w->which == WALKS_ALL || (object->kind == VAL_LOCAL && object->block->owner);
}

static void find_indices(Walk *w, Block *block)
{
    for (Value *v = block ? block->first : NULL; v; v = v->next) {
        const int n = v->nresults;
        for (int k = 0; k < n; k++)
            if (walks(w, v->results[k]))
                index_of(w, v->results[k]);
        for (int k = 0; v->kind == VAL_LOOP && k < n; k++)
            if (walks(w, v->carried[k]))
                index_of(w, v->carried[k]);
        find_indices(w, v->blocks[0]);
        find_indices(w, v->blocks[1]);
    }
    for (size_t k = 0; block && !block->owner && k < w->carried.count; k++) { /* this may find more of them */
        const Value *v = w->carried.at[k];
        ir_set_next(v->region, (int)w->index[v->id]->i, index_of(w, v->region->blocks[1]->yields[v->i]));
    }
}

static void rewrite_block(Walk *w, Block *block)
{
    for (Value *v = block ? block->first : NULL, *next; v; v = next) {
        next = v->next;
        rewrite_block(w, v->blocks[0]);
        rewrite_block(w, v->blocks[1]);
        for (int k = 0; k < v->nresults; k++) {
            for (int side = 0; v->kind == VAL_LOOP && side < 2; side++)
                if (v->blocks[side] && walks(w, v->carried[k]))
                    replace(w, v->carried[k], v->blocks[side], v->blocks[side]->first);
            if (walks(w, v->results[k]))
                replace(w, v->results[k], v->block, next);
        }
    }
}

bool walk_by_index(Function *fn, Walks which)
{
    Walk w = {.function = fn, .which = which, .count = fn->next_id + 1};
    w.own = ARENA_ARRAY(bool, w.count);
    w.index = ARENA_ARRAY(Value *, w.count);
    find_roots(&w);
    find_indices(&w, fn->body);
    rewrite_block(&w, fn->body);
    return w.changed;
}
