/*
 * ring.c: what a loop around a ring adds to its neighbours is gathered from the neighbours.
 *
 *     for (i = 0; i < n; i++) {                             for (i = 0; i < n; i++) {
 *         int left = i > 0 ? i - 1 : n - 1;                     int left = i > 0 ? i - 1 : n - 1;
 *         int right = i < n - 1 ? i + 1 : 0;        →           int right = i < n - 1 ? i + 1 : 0;
 *         x_bar[left] += f(i);                                  x_bar[i] += f(right) + g(left);
 *         x_bar[right] += g(i);                             }
 *     }
 *
 * `right` goes through the values of i, each once, and so does `left`, which undoes it. So a statement may run with
 * `left` in place of i, and i in place of `right`: the same statements run, in another order, and additions come in any
 * order. Loops around grids are rings in each dimension. The index need not be the array's first or last; what is
 * added must be cheap, and the same in any iteration: read from memory that the loop leaves alone.
 *
 * Such loops are peeled behind this (peel.c): then all that there is at their ends is reading.
 */
#include "ring.h"

#include "clone.h"

/* ---- neighbours ---- */

/* counter: 1 or 0 times, bound: 1 or 0 times, and a constant */
typedef struct {
    int counters, bounds;
    int64_t constant;
    bool plain;
} Sum;

static void add_up(Sum *sum, const Value *loop, const Value *v, int sign)
{
    if (v == loop->counter)
        sum->counters += sign;
    else if (v == loop->to)
        sum->bounds += sign;
    else if (v->kind == VAL_INT)
        sum->constant += sign * v->i;
    else if (v->kind == VAL_ADD || v->kind == VAL_SUB) {
        add_up(sum, loop, v->args[0], sign);
        add_up(sum, loop, v->args[1], v->kind == VAL_ADD ? sign : -sign);
    } else
        sum->plain = false;
}

/* (i + 1) % n, (i + n - 1) % n, where i counts from 0 to n; what wraps around by itself is left alone. */
static int step_of_remainder(const Value *loop, const Value *index)
{
    if (index->args[1] != loop->to || loop->from->kind != VAL_INT || loop->from->i != 0 || !index->type->is_signed)
        return 0;
    Sum sum = {.plain = true};
    add_up(&sum, loop, index->args[0], 1);
    if (!sum.plain || sum.counters != 1)
        return 0;
    if (sum.constant == 1 && (sum.bounds == 0 || sum.bounds == 1))
        return 1;
    return sum.constant == -1 && sum.bounds == 1 ? -1 : 0;
}

static int step_of_choice(const Value *loop, const Value *index)
{
    End end;
    bool at_end;
    if (!end_is_singled_out(loop, index->args[0], &end, &at_end))
        return 0;
    const Value *there = index->args[at_end ? 1 : 2], *elsewhere = index->args[at_end ? 2 : 1];
    if (end == IS_FIRST)
        return end_equals(there, loop->to, -1) && end_equals(elsewhere, loop->counter, -1) ? -1 : 0;
    return end_equals(there, loop->from, 0) && end_equals(elsewhere, loop->counter, 1) ? 1 : 0;
}

static bool counts_around(const Value *loop)
{
    return loop->kind == VAL_LOOP && loop->counted && loop->step == 1 && loop->rel == VAL_LT && !loop->reversed &&
           loop->from->type->is_signed;
}

int ring_step(const Value *loop, const Value *index)
{
    if (!counts_around(loop) || !type_same(index->type, loop->counter->type))
        return 0;
    return index->kind == VAL_SELECT ? step_of_choice(loop, index)
           : index->kind == VAL_REM  ? step_of_remainder(loop, index)
                                     : 0;
}

/* ---- what can be moved ---- */

enum { MAX_COST = 24, TOO_MUCH = MAX_COST + 1, MAX_RINGS = 8 };

typedef struct {
    Function *function;
    Value *loop;
    const Value *rings[MAX_RINGS]; /* indices in the loop */
    int nrings;
    Value *before, *behind; /* i - 1 and i + 1, around; NULL until they are asked for */
    bool changed;
} Ring;

/* Nothing but loops, branches, and accesses whose addresses are seen. */
static bool is_plain(const Block *block)
{
    for (const Value *v = ir_first(block); v; v = ir_next(v, block)) {
        const bool region = v->kind == VAL_IF || (v->kind == VAL_LOOP && v->counted);
        if (!region && !ir_is_pure(v->kind) && v->kind != VAL_LOCAL && v->kind != VAL_LOAD && v->kind != VAL_ZERO &&
            !ir_writes_value(v))
            return false;
    }
    return true;
}

/* Nobody in the block but additions accesses what is at the address. */
static bool only_adds(const Block *block, const Value *address)
{
    for (const Value *v = ir_first(block); v; v = ir_next(v, block)) {
        const bool looks = v->kind == VAL_LOAD || (ir_writes_memory(v) && v->kind != VAL_ACCUM);
        if (looks && memory_may_alias_ever(v->args[0], address))
            return false;
    }
    return true;
}

static bool is_outside(const Ring *r, const Value *v)
{
    return ir_visible(v, r->loop->block);
}

/* Is v the counter of a loop around the addition, within the ring? Such a loop counts alike in each iteration. */
static bool is_inner_counter(const Ring *r, const Value *v, const Block *from)
{
    return v->kind == VAL_COUNTER && v != r->loop->counter && ir_visible(v, from);
}

/* Can a value of the kind be had in another iteration from its operands? */
static bool is_formula(const Ring *r, const Value *v)
{
    return v->kind == VAL_LOAD ? !memory_block_writes_ever(r->loop->blocks[1], v->args[0])
                               : ir_is_pure(v->kind) && !ir_is_leaf(v->kind);
}

/* One value may be in many operands of others: only so many of them are looked at. */
enum { MAX_LOOKS = 200 };

static bool may_differ(const Ring *r, const Value *v, const Block *from, int *looks)
{
    if (is_outside(r, v) || is_inner_counter(r, v, from))
        return false;
    if (--*looks < 0 || !is_formula(r, v))
        return true;
    for (int k = 0; k < v->nargs; k++)
        if (may_differ(r, v->args[k], from, looks))
            return true;
    return false;
}

/* Is v another value in another iteration of the ring, as far as is seen? An addition in the block `from` asks. */
static bool differs(const Ring *r, const Value *v, const Block *from)
{
    return may_differ(r, v, from, &(int){MAX_LOOKS});
}

/* What v costs to compute in another iteration, where `index` is i; TOO_MUCH: it cannot be. */
static int cost_elsewhere(const Ring *r, const Value *v, const Value *index, const Block *from, int *looks)
{
    if (v == index || v == r->loop->counter || !differs(r, v, from))
        return 0;
    if (--*looks < 0 || !is_formula(r, v) || v->kind == VAL_MATH || v->kind == VAL_PURE_CALL || v->kind == VAL_DIV ||
        v->kind == VAL_REM || ring_step(r->loop, v))
        return TOO_MUCH;
    int cost = v->kind == VAL_LOAD || type_is_real(v->type);
    for (int k = 0; k < v->nargs && cost < TOO_MUCH; k++)
        cost += cost_elsewhere(r, v->args[k], index, from, looks);
    return cost < TOO_MUCH ? cost : TOO_MUCH;
}

/* In each iteration of the ring, and as often in each. */
static bool runs_alike(const Ring *r, const Value *accum)
{
    for (const Block *b = accum->block; b != r->loop->blocks[1]; b = b->parent)
        if (b->owner->kind != VAL_LOOP || !is_outside(r, b->owner->from) || !is_outside(r, b->owner->to))
            return false;
    return true;
}

static bool mentions(const Value *v, const Value *index, int depth)
{
    for (int k = 0; depth && k < v->nargs; k++)
        if (v->args[k] == index || mentions(v->args[k], index, depth - 1))
            return true;
    return false;
}

/* The neighbour that the addition is to; NULL where it stays. */
static const Value *neighbour_of(const Ring *r, const Value *accum)
{
    enum { DEPTH = 8 };
    const Value *index = NULL;
    for (int k = 0; k < r->nrings && !index; k++)
        if (mentions(accum->args[0], r->rings[k], DEPTH))
            index = r->rings[k];
    if (!index || !accum->adjoint || !runs_alike(r, accum) || !only_adds(r->loop->blocks[1], accum->args[0]))
        return NULL;
    int cost = 0, looks = MAX_LOOKS;
    for (int k = 0; k < 2; k++)
        cost += cost_elsewhere(r, accum->args[k], index, accum->block, &looks);
    return cost <= MAX_COST ? index : NULL;
}

/* ---- moving ---- */

/* i > 0 ? i - 1 : n - 1, or i < n - 1 ? i + 1 : 0 */
static Value *choose_neighbour(Builder *b, const Value *loop, int step)
{
    Value *i = loop->counter, *last = ir_plus(b, loop->to, -1);
    Type *truth = b->function->module->types.int_;
    return step < 0 ? ir_select(b, ir_binary(b, VAL_GT, truth, i, loop->from), ir_plus(b, i, -1), last)
                    : ir_select(b, ir_binary(b, VAL_LT, truth, i, last), ir_plus(b, i, 1), loop->from);
}

/* As an iteration begins. */
static Value *make_neighbour(const Ring *r, int step)
{
    Block *body = r->loop->blocks[1];
    Builder b = {.function = r->function,
                 .block = body,
                 .before = body->first,
                 .loc = r->loop->loc,
                 .adjoint = r->loop->adjoint};
    return choose_neighbour(&b, r->loop, step);
}

static Value *compute_elsewhere(const Ring *r, CloneMap *map, Builder *b, Value *v)
{
    if (v->id < map->count && map->to[v->id])
        return map->to[v->id];
    if (!differs(r, v, b->block))
        return v;
    for (int k = 0; k < v->nargs; k++)
        clone_set(map, v->args[k], compute_elsewhere(r, map, b, v->args[k]));
    return clone_value(map, b, v);
}

static void move_addition(Ring *r, Value *accum, const Value *index)
{
    const int step = ring_step(r->loop, index);
    Value **undone = step > 0 ? &r->before : &r->behind;
    if (!*undone)
        *undone = make_neighbour(r, -step);
    Builder b = {
        .function = r->function, .block = accum->block, .before = accum, .loc = accum->loc, .adjoint = accum->adjoint};
    CloneMap map = {.share_outside = true};
    clone_map_init(&map, r->function);
    clone_set(&map, index, r->loop->counter);
    clone_set(&map, r->loop->counter, *undone);
    for (int k = 0; k < 2; k++)
        accum->args[k] = compute_elsewhere(r, &map, &b, accum->args[k]);
    r->changed = true;
}

static void find_rings(Ring *r, const Block *block)
{
    for (const Value *v = ir_first(block); v && r->nrings < MAX_RINGS; v = ir_next(v, block))
        if (ring_step(r->loop, v))
            r->rings[r->nrings++] = v;
}

static void move_additions(Ring *r, Block *block)
{
    for (Value *v = ir_first(block); v; v = ir_next(v, block)) {
        const Value *index = v->kind == VAL_ACCUM ? neighbour_of(r, v) : NULL;
        if (index)
            move_addition(r, v, index);
    }
}

static bool visit_block(Function *fn, Block *block)
{
    bool changed = false;
    for (Value *v = block->first; v; v = v->next) {
        for (int k = 0; k < 2; k++)
            if (v->blocks[k])
                changed |= visit_block(fn, v->blocks[k]);
        if (!counts_around(v) || !is_plain(v->blocks[1]))
            continue;
        Ring r = {.function = fn, .loop = v};
        find_rings(&r, v->blocks[1]);
        if (r.nrings)
            move_additions(&r, v->blocks[1]);
        changed |= r.changed;
    }
    return changed;
}

bool rings_gather(Function *fn)
{
    memory_mark_private(fn);
    return visit_block(fn, fn->body);
}

/* ---- remainders ---- */

/* (i + 1) % n, in the loop's body. */
static bool choose_in(Function *fn, const Value *loop)
{
    Block *block = loop->blocks[1];
    bool changed = false;
    for (Value *v = ir_first(block), *next; v; v = next) {
        next = ir_next(v, block);
        const int step = v->kind == VAL_REM ? ring_step(loop, v) : 0;
        if (!step)
            continue;
        Builder b = {.function = fn, .block = v->block, .before = v, .loc = v->loc};
        Value *choice = choose_neighbour(&b, loop, step);
        choice->hint = v->hint;
        ir_replace_uses(block, v, choice);
        ir_remove(v);
        changed = true;
    }
    return changed;
}

bool rings_choose(Function *fn)
{
    bool changed = false;
    for (const Value *v = ir_first(fn->body); v; v = ir_next(v, fn->body))
        if (counts_around(v))
            changed |= choose_in(fn, v);
    return changed;
}
