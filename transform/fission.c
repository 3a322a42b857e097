/*
 * fission.c: what an innermost loop adds to several neighbours of one array is added by a loop for each neighbour.
 * An iteration that adds to x_bar[i - 1], x_bar[i] and x_bar[i + 1] meets what the one before it added: compilers keep
 * such a loop in order, element by element. Loops that each add to one element have independent iterations.
 *
 *     for (i) {                              for (i)
 *         x_bar[i - 1] += a * g[i];              x_bar[i - 1] += a * g[i];
 *         x_bar[i + 1] -= a * g[i];     →    for (i)
 *         x_bar[i] += b * g[i];                  x_bar[i + 1] -= a * g[i];
 *     }                                      for (i)
 *                                                x_bar[i] += b * g[i];
 *
 * Only where what is added costs little: each loop computes it for itself.
 */
#include "clone.h"
#include "passes.h"

enum { MAX_ADDITIONS = 32, MAX_COST = 24, MAX_BODY = 80 };

typedef struct {
    Value *accum;
    const Value *row; /* the address without its last index */
    const Value *core;
    int64_t offset; /* the last index is core + offset */
    int group;      /* 0: stays in the loop */
} Addition;

typedef struct {
    Function *function;
    Value *loop;
    Addition additions[MAX_ADDITIONS];
    int count;
    int *position; /* by id, in the body */
} Fission;

static int64_t split_constant(const Value *v, const Value **core)
{
    int64_t constant = 0;
    for (;;) {
        if (v->kind == VAL_CAST && type_is_int(v->args[0]->type)) {
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

static bool is_write(const Value *v)
{
    return v->kind == VAL_STORE || v->kind == VAL_ACCUM;
}

/* ---- the loop ---- */

static bool is_invariant(const Value *v, const Value *loop)
{
    if (ir_visible(v, loop->block))
        return true;
    if (!ir_is_pure(v->kind) || ir_is_leaf(v->kind))
        return false;
    for (int k = 0; k < v->nargs; k++)
        if (!is_invariant(v->args[k], loop))
            return false;
    return true;
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
        if (is_invariant(core->args[k], loop) && steps_by_one(core->args[1 - k], loop))
            return true;
    return false;
}

/* Neighbouring iterations access neighbouring elements, or all of them one. */
static bool is_contiguous(const Value *address, const Value *loop)
{
    if (is_invariant(address, loop))
        return true;
    return address->kind == VAL_PTRADD && is_invariant(address->args[0], loop) && steps_by_one(address->args[1], loop);
}

/* A body that compilers turn into vector code, once its iterations are independent. */
static bool is_simple(Fission *f, const Value *loop)
{
    int count = 0;
    for (Value *v = loop->blocks[1]->first; v; v = v->next) {
        f->position[v->id] = ++count;
        const bool access = is_write(v) || v->kind == VAL_LOAD;
        if (access ? !is_contiguous(v->args[0], loop) : !ir_is_pure(v->kind))
            return false;
    }
    return count <= MAX_BODY;
}

static bool note_addition(Fission *f, Value *accum)
{
    const Value *address = accum->args[0];
    if (f->count == MAX_ADDITIONS || address->kind != VAL_PTRADD || is_invariant(address, f->loop))
        return false;
    Addition *a = &f->additions[f->count++];
    *a = (Addition){.accum = accum, .row = address->args[0]};
    a->offset = split_constant(address->args[1], &a->core);
    return true;
}

/* ---- what goes into a loop of its own ---- */

/* A load in another loop, before this one, reads the same. */
static bool can_load_before(const Fission *f, const Value *load)
{
    Value *loops[] = {f->loop};
    for (const Value *w = f->loop->blocks[1]->first; w; w = w->next) {
        if (!is_write(w) || !memory_may_alias_ever(w->args[0], load->args[0]))
            continue;
        if (!memory_same_address(w->args[0], load->args[0]) || f->position[w->id] < f->position[load->id] ||
            !index_is_injective(load->args[0], loops, 1))
            return false;
    }
    return true;
}

/* What v costs to compute in another loop; more than MAX_COST where it cannot be. */
static int cost_elsewhere(const Fission *f, const Value *v)
{
    enum { TOO_MUCH = MAX_COST + 1 };
    if (v == f->loop->counter || is_invariant(v, f->loop))
        return 0;
    if (ir_is_leaf(v->kind) || (v->kind == VAL_LOAD && !can_load_before(f, v)))
        return TOO_MUCH;
    int cost = v->kind == VAL_MATH || v->kind == VAL_PURE_CALL || v->kind == VAL_DIV ? TOO_MUCH
               : v->kind == VAL_LOAD || type_is_real(v->type)                        ? 1
                                                                                     : 0;
    for (int k = 0; k < v->nargs && cost <= MAX_COST; k++)
        cost += cost_elsewhere(f, v->args[k]);
    return cost > MAX_COST ? TOO_MUCH : cost;
}

/* Nobody else in the loop reads or sets what it adds to. */
static bool only_adds(const Fission *f, const Value *accum)
{
    for (const Value *v = f->loop->blocks[1]->first; v; v = v->next)
        if ((v->kind == VAL_LOAD || v->kind == VAL_STORE) && memory_may_alias_ever(v->args[0], accum->args[0]))
            return false;
    return true;
}

static bool can_leave(const Fission *f, const Addition *a)
{
    return only_adds(f, a->accum) && cost_elsewhere(f, a->accum->args[1]) <= MAX_COST;
}

/* Iterations of the two meet, one or several steps apart. */
static bool are_neighbours(const Addition *a, const Addition *b)
{
    return a->row == b->row && a->core == b->core && a->offset != b->offset;
}

static bool fits(const Fission *f, const Addition *a, int group)
{
    for (int k = 0; k < f->count; k++)
        if (f->additions[k].group == group && are_neighbours(a, &f->additions[k]))
            return false;
    return true;
}

/* Puts additions into groups without neighbours; the loop keeps the last of each array. The number of groups. */
static int divide(Fission *f)
{
    int groups = 0;
    for (int k = f->count - 1; k >= 0; k--) {
        Addition *a = &f->additions[k];
        bool apart = false;
        for (int j = k + 1; j < f->count; j++)
            apart |= f->additions[j].group == 0 && are_neighbours(a, &f->additions[j]);
        if (!apart)
            continue;
        if (!can_leave(f, a))
            return 0;
        a->group = -1;
        for (int group = 1; group <= groups && a->group < 0; group++)
            if (fits(f, a, group))
                a->group = group;
        if (a->group < 0)
            a->group = ++groups;
    }
    return groups;
}

/* ---- the loops ---- */

static void compute_in(const Fission *f, CloneMap *map, Builder *b, Value *v)
{
    if (ir_visible(v, f->loop->block) || v == f->loop->counter || map->to[v->id])
        return;
    for (int k = 0; k < v->nargs; k++)
        compute_in(f, map, b, v->args[k]);
    clone_value(map, b, v);
}

static void new_loop(const Fission *f, int group)
{
    const Value *loop = f->loop;
    Builder b = {
        .function = f->function, .block = loop->block, .before = f->loop, .loc = loop->loc, .adjoint = loop->adjoint};
    Value *copy = ir_loop(&b);
    copy->counted = true;
    copy->blocks[0] = NULL;
    copy->from = loop->from;
    copy->to = loop->to;
    copy->step = loop->step;
    copy->rel = loop->rel;
    Builder in = {.function = f->function, .block = copy->blocks[1], .loc = loop->loc, .adjoint = loop->adjoint};
    copy->counter = ir_new(&in, VAL_COUNTER, loop->counter->type, 0, NULL);
    copy->counter->region = copy;
    copy->counter->hint = loop->counter->hint;
    CloneMap map = {.share_outside = true};
    clone_map_init(&map, f->function);
    clone_set(&map, loop->counter, copy->counter);
    for (int k = 0; k < f->count; k++) {
        if (f->additions[k].group != group)
            continue;
        Value *accum = f->additions[k].accum;
        for (int j = 0; j < accum->nargs; j++)
            compute_in(f, &map, &in, accum->args[j]);
        clone_value(&map, &in, accum);
        ir_remove(accum);
    }
}

static bool split_loop(Function *fn, Value *loop, int *position)
{
    Fission f = {.function = fn, .loop = loop, .position = position};
    if (!is_simple(&f, loop))
        return false;
    for (Value *v = loop->blocks[1]->first; v; v = v->next)
        if (v->kind == VAL_ACCUM && v->adjoint)
            note_addition(&f, v);
    const int groups = divide(&f);
    for (int group = 1; group <= groups; group++)
        new_loop(&f, group);
    return groups > 0;
}

static bool split_block(Function *fn, Block *block, int *position)
{
    bool changed = false;
    for (Value *v = block->first; v; v = v->next) {
        for (int k = 0; k < 2; k++)
            if (v->blocks[k])
                changed |= split_block(fn, v->blocks[k], position);
        if (v->kind == VAL_LOOP && v->counted && !v->reversed && (v->step == 1 || v->step == -1))
            changed |= split_loop(fn, v, position);
    }
    return changed;
}

bool loops_split(Function *fn)
{
    memory_mark_private(fn);
    return split_block(fn, fn->body, ARENA_ARRAY(int, fn->next_id + 1));
}
