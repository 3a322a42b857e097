/*
 * turns.c: a state that each step computes into a work array and copies back takes turns with it instead.
 *
 *     for (s) {                                          double *now = u, *to = next;
 *         double next[n];                                to[...] = now[...];
 *         for (i in range) next[i] = f(u, i);     →      for (s) {
 *         for (i in range) u[i] = next[i];                   for (i in range) to[i] = f(now, i);
 *     }                                                      swap now and to;
 *                                                        }
 *
 * Right since, whenever a step begins, both hold the same outside of the range: it is the same in each step, neither is
 * written elsewhere, and both begin so. Inside, the step leaves in the work array what it would have copied.
 */
#include "flat.h"
#include "passes.h"

enum { SMALL = 1024 }; /* bytes that compilers keep in registers or copy in no time */

typedef struct {
    Function *function;
    Value *loop, *store, *load; /* of the steps; what copies an element */
    const Value *fill;          /* the loops that copy all of them, in the loop's body */
    FillRange range;
    bool is_whole; /* all of the array */
    Value *state, *next;
    VEC(Value *) before; /* accesses to the state in a step, before it is copied, ... */
    VEC(Value *) behind; /* ... and behind that */
    VEC(Value *) later;  /* ... and behind the loop */
    VEC(Value *) work;   /* accesses to the work array */
} Turns;

static bool is_plain_access(const Value *v, int arg, const Value *object)
{
    Value *indices[FLAT_MAX];
    int rank = 0;
    for (const Type *t = object->type->to; t->kind == TYPE_ARRAY; t = t->to)
        rank++;
    return v && arg == 0 && (v->kind == VAL_LOAD || ir_writes_value(v)) &&
           flat_indices(v->args[0], object, indices) == rank;
}

/* Elements that the copy does not reach stay as they are. */
static bool writes_in_range(const Turns *t, const Value *write)
{
    FillRange range;
    return t->is_whole || (fill_range(t->next, write->args[0], &range) && fill_same_range(&range, &t->range));
}

/* The work array is filled before it is copied. */
static bool take_work(Turns *t, Value *v)
{
    const Value *place = ir_in_block(t->loop->blocks[1], v);
    vec_push(&t->work, v);
    if (place == t->fill)
        return v == t->load;
    return ir_is_behind(t->fill, place) && (v->kind == VAL_LOAD || writes_in_range(t, v));
}

/* In the loop, only the copy writes the state. */
static bool take_state(Turns *t, Value *v)
{
    const Block *body = t->loop->blocks[1];
    const Value *place = ir_in_block(t->loop->block, v);
    if (v == t->store)
        return true;
    if (place != t->loop) {
        if (ir_is_behind(place, t->loop))
            vec_push(&t->later, v);
        return true;
    }
    place = ir_block_inside(v->block, body) ? ir_in_block(body, v) : NULL;
    if (place && ir_is_behind(place, t->fill))
        vec_push(&t->behind, v);
    else
        vec_push(&t->before, v);
    return v->kind == VAL_LOAD && place != t->fill;
}

static bool take_accesses(Turns *t)
{
    Block *block = t->loop->block;
    for (Use use = ir_first_use(block); use.block; use = ir_next_use(use, block)) {
        Value *used = *ir_used(&use);
        const Value *base = type_is_pointer(used->type) ? memory_base(used) : NULL;
        if ((base != t->state && base != t->next) || (use.user && use.arg == 0 && ir_continues_address(use.user)))
            continue;
        if (!is_plain_access(use.user, use.arg, base) ||
            !(base == t->state ? take_state(t, use.user) : take_work(t, use.user)))
            return false;
    }
    return true;
}

static bool is_array(const Value *object, const Block *block)
{
    Type *type = object->type->to;
    return object->kind == VAL_LOCAL && object->is_private && !object->is_chosen && object->block == block &&
           type->kind == TYPE_ARRAY && type_scalar(type)->kind == TYPE_REAL && !(type->size && type->size < SMALL);
}

static bool same_extents(const Value *a, const Value *b)
{
    bool same = type_same(a->type, b->type) && a->nargs == b->nargs;
    for (int k = 0; same && k < a->nargs; k++)
        same = a->args[k] == b->args[k];
    return same;
}

static bool same_element(const Turns *t)
{
    Value *to[FLAT_MAX], *from[FLAT_MAX];
    const int n = flat_indices(t->store->args[0], t->state, to);
    bool same = n > 0 && n == flat_indices(t->load->args[0], t->next, from);
    for (int k = 0; same && k < n; k++)
        same = to[k] == from[k];
    return same;
}

/* What both begin with is copied, all of it. */
static bool is_worth_it(const Turns *t)
{
    Value *loops[FILL_MAX];
    for (int k = 0; k < t->range.rank; k++)
        loops[k] = (Value *)(uintptr_t)t->range.loops[k];
    return t->is_whole || fill_loops_span(loops, t->range.rank, t->state);
}

/* Does the store copy a range of the work array to the state, the same in each step? */
static bool copies_back(Turns *t)
{
    t->load = t->store->kind == VAL_STORE ? t->store->args[1] : NULL;
    if (!t->load || t->load->kind != VAL_LOAD || t->load->block != t->store->block)
        return false;
    t->state = memory_base(t->store->args[0]);
    t->next = memory_base(t->load->args[0]);
    if (!is_array(t->state, t->loop->block) || !is_array(t->next, t->loop->blocks[1]) ||
        !same_extents(t->state, t->next) || !same_element(t))
        return false;
    t->fill = fill_range_loop(t->state, t->store, &t->range);
    if (!t->fill || t->fill->block != t->loop->blocks[1])
        return false;
    t->is_whole = fill_loop(t->state, t->store) == t->fill;
    for (int k = 0; k < t->range.rank; k++)
        if (!ir_visible(t->range.loops[k]->from, t->loop->block) || !ir_visible(t->range.loops[k]->to, t->loop->block))
            return false;
    return is_worth_it(t) && take_accesses(t);
}

/* ---- taking turns ---- */

static void redirect(const Turns *t, Value *const *accesses, size_t count, const Value *object, Value *to)
{
    for (size_t k = 0; k < count; k++) {
        Value *v = accesses[k], *indices[FLAT_MAX];
        Builder b = {.function = t->function, .block = v->block, .before = v, .loc = v->loc};
        const int n = flat_indices(v->args[0], object, indices);
        v->args[0] = flat_element(&b, object, to, indices, n);
    }
}

static Value *carry(Builder *b, Value *loop, Value *object)
{
    Value *carried = ir_loop_carry(loop, ir_decay(b, object));
    carried->hint = loop->results[loop->nresults - 1]->hint = object->hint;
    return carried;
}

static void take_turns(const Turns *t)
{
    Value *loop = t->loop;
    const int index = loop->nresults;
    ir_remove(t->store);
    ir_move(t->next, loop->block, loop);
    Builder b = {.function = t->function, .block = loop->block, .before = loop, .loc = t->state->loc};
    if (!t->is_whole)
        flat_copy(&b, t->state, t->next, false);
    Value *now = carry(&b, loop, t->state), *to = carry(&b, loop, t->next);
    ir_set_next(loop, index, to);
    ir_set_next(loop, index + 1, now);
    redirect(t, t->before.at, t->before.count, t->state, now);
    redirect(t, t->behind.at, t->behind.count, t->state, to);
    redirect(t, t->later.at, t->later.count, t->state, loop->results[index]);
    redirect(t, t->work.at, t->work.count, t->next, to);
}

static bool turn_in(Function *fn, Value *loop)
{
    for (Value *v = loop->blocks[1]->first; v; v = v->next)
        for (Value *w = v->kind == VAL_LOOP ? v : NULL; w; w = ir_next_inside(w, v)) {
            Turns t = {.function = fn, .loop = loop, .store = w};
            if (copies_back(&t)) {
                take_turns(&t);
                return true;
            }
        }
    return false;
}

bool arrays_take_turns(Function *fn)
{
    bool any = false;
    memory_mark_private(fn);
    for (Value *v = ir_first(fn->body); v; v = ir_next(v, fn->body))
        while (v->kind == VAL_LOOP && turn_in(fn, v))
            any = true;
    return any;
}
