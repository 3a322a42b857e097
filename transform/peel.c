/*
 * peel.c: the first and the last iteration of an inner loop are taken out where conditions single them out, as they do
 * at the ends of a grid: the loop between them has no branch.
 *
 *     for (i = 0; i < n; i++) {                             if (0 < n) {
 *         int left = i > 0 ? i - 1 : n - 1;                     ... with i = 0
 *         int right = i < n - 1 ? i + 1 : 0;        →           for (i = 1; i < n - 1; i++)
 *         v[i] = u[left] + u[right];                                v[i] = u[i - 1] + u[i + 1];
 *     }                                                         if (1 < n)
 *                                                                   ... with i = n - 1
 *                                                           }
 *
 * What an iteration hands to the next without having got it from the one before is computed again by the next, so that
 * the iterations don't depend on one another.
 *
 * Indices of neighbours around a ring are left to ring.c at first, and loops with them peeled when the reverse sweep is
 * there.
 */
#include "clone.h"
#include "ring.h"

enum { MAX_BODY = 150, MAX_CONDITIONS = 16 };

/* A condition that holds at one end only, or everywhere else. */
typedef struct {
    const Value *condition;
    End end;
    bool at_end; /* what it is at that end */
} EndCondition;

typedef struct {
    Function *function;
    Value *loop;
    EndCondition conditions[MAX_CONDITIONS];
    int nconditions;
    bool has_end[2];
    bool is_end[2]; /* what the copy in hand is known to be */
    bool knows[2];
    Peeling reason;
} Peel;

/* ---- conditions ---- */

/* Is `bound` as much as x + offset? */
static bool equals(const Value *core, int64_t constant, const Value *x, int64_t offset)
{
    const Value *core_x;
    const int64_t constant_x = ir_split_offset(x, &core_x);
    return core == core_x && constant == constant_x + offset;
}

static bool is_comparison(const Value *v)
{
    return ir_is_comparison(v->kind) && type_is_int(v->args[0]->type);
}

bool end_equals(const Value *x, const Value *value, int64_t offset)
{
    const Value *core;
    const int64_t constant = ir_split_offset(x, &core);
    return equals(core, constant, value, offset);
}

bool end_is_singled_out(const Value *loop, const Value *v, End *end, bool *at_end)
{
    if (!is_comparison(v))
        return false;
    for (int side = 0; side < 2; side++) {
        const Value *counter, *core;
        const int64_t offset = ir_split_offset(v->args[side], &counter);
        const int64_t bound = ir_split_offset(v->args[1 - side], &core) - offset; /* counter rel core + bound */
        if (counter != loop->counter || (core && !ir_visible(core, loop->block)))
            continue;
        ValueKind rel = side ? ir_mirrored(v->kind) : v->kind;
        const bool equality = rel == VAL_EQ || rel == VAL_NE, less = rel == VAL_LT || rel == VAL_LE;
        const int64_t below = equality ? bound : bound + (rel == VAL_LE || rel == VAL_GT); /* counter < core + below */
        const bool first = equals(core, below, loop->from, !equality);
        *end = first ? IS_FIRST : IS_LAST;
        *at_end = equality ? rel == VAL_EQ : less == first;
        return first || equals(core, below, loop->to, -1);
    }
    return false;
}

/* Takes note of a comparison of the counter that singles out an end of the loop. */
static void note_comparison(Peel *p, const Value *v)
{
    End end;
    bool at_end;
    if (p->nconditions == MAX_CONDITIONS || !end_is_singled_out(p->loop, v, &end, &at_end))
        return;
    p->conditions[p->nconditions++] = (EndCondition){v, end, at_end};
    p->has_end[end] = true;
}

static const EndCondition *find_condition(const Peel *p, const Value *v)
{
    for (int k = 0; k < p->nconditions; k++)
        if (p->conditions[k].condition == v)
            return &p->conditions[k];
    return NULL;
}

static bool loads_only(const Block *block)
{
    for (const Value *v = block->first; v; v = v->next)
        if (v->kind != VAL_LOAD && !ir_is_pure(v->kind))
            return false;
    return true;
}

/* Is it worth a peeling that what the condition chooses, an index or a branch, is known? */
static bool is_reason(const Peel *p, const Value *choice)
{
    return p->reason == PEEL_ALL || (p->reason == PEEL_RINGS) == (ring_step(p->loop, choice) != 0);
}

/* The body as far as it is simple: -1 where it is not, otherwise how many values it has. */
static int measure(Peel *p, const Block *block, bool *worth)
{
    int count = 0;
    for (const Value *v = block->first; v; v = v->next, count++) {
        if (is_comparison(v) && !find_condition(p, v))
            note_comparison(p, v);
        const bool index = v->kind == VAL_SELECT && type_is_int(v->type);
        if ((index || v->kind == VAL_IF) && find_condition(p, v->args[0]) && is_reason(p, v))
            *worth = true;
        if (v->kind == VAL_IF) {
            if (!loads_only(v->blocks[0]) || !loads_only(v->blocks[1]))
                return -1;
            const int then = measure(p, v->blocks[0], worth), otherwise = measure(p, v->blocks[1], worth);
            if (then < 0 || otherwise < 0)
                return -1;
            count += then + otherwise;
        } else if (v->kind != VAL_STORE && v->kind != VAL_ACCUM && v->kind != VAL_LOAD && !ir_is_pure(v->kind)) {
            return -1;
        }
    }
    return count;
}

/* ---- what comes from the iteration before ---- */

/* The side of a branch that every iteration but the first and the last takes; NULL where that is not known. */
static const Block *inner_side(const Peel *p, const Value *region)
{
    const EndCondition *c = find_condition(p, region->args[0]);
    return c && c->end == IS_LAST ? region->blocks[c->at_end ? 1 : 0] : NULL;
}

/* Can v be computed for another iteration, any but the last, from what the loop leaves alone? */
static bool can_compute(const Peel *p, const Value *v)
{
    if (ir_visible(v, p->loop->block) || v == p->loop->counter)
        return true;
    if (v->kind == VAL_RESULT) {
        const Block *side = inner_side(p, v->region);
        return side && can_compute(p, side->yields[v->i]);
    }
    if (v->kind == VAL_LOAD ? memory_block_writes_ever(p->loop->blocks[1], v->args[0])
                            : !ir_is_pure(v->kind) || ir_is_leaf(v->kind))
        return false;
    const EndCondition *c = find_condition(p, v);
    if (c)
        return c->end == IS_LAST;
    for (int k = 0; k < v->nargs; k++)
        if (!can_compute(p, v->args[k]))
            return false;
    return true;
}

static Value *compute_in(const Peel *p, CloneMap *map, Builder *b, Value *v)
{
    if (map->to[v->id])
        return map->to[v->id];
    if (ir_visible(v, p->loop->block))
        return v;
    if (v->kind == VAL_RESULT)
        return compute_in(p, map, b, inner_side(p, v->region)->yields[v->i]);
    const EndCondition *c = find_condition(p, v);
    if (c)
        return ir_int(b, v->type, !c->at_end);
    for (int k = 0; k < v->nargs; k++)
        clone_set(map, v->args[k], compute_in(p, map, b, v->args[k]));
    return clone_value(map, b, v);
}

/* v of the iteration that `counter` counts. */
static Value *compute_for(const Peel *p, Builder *b, Value *v, Value *counter)
{
    CloneMap map = {.share_outside = true};
    clone_map_init(&map, p->function);
    clone_set(&map, p->loop->counter, counter);
    return compute_in(p, &map, b, v);
}

/* ---- the copies ---- */

static bool take_condition(CloneMap *map, Builder *b, Value *v)
{
    const Peel *p = map->user;
    const EndCondition *c = find_condition(p, v);
    if (!c || !p->knows[c->end])
        return false;
    clone_set(map, v, ir_int(b, v->type, p->is_end[c->end] ? c->at_end : !c->at_end));
    return true;
}

static void copy_body(Peel *p, Builder *b, Value *counter, Value *const *carried, Value **next)
{
    const Value *loop = p->loop;
    CloneMap map = {.share_outside = true, .take = take_condition, .user = p};
    clone_map_init(&map, p->function);
    clone_set(&map, loop->counter, counter);
    for (int k = 0; k < loop->nresults; k++)
        clone_set(&map, loop->carried[k], carried[k]);
    clone_block(&map, b, loop->blocks[1]);
    for (int k = 0; k < loop->nresults; k++)
        next[k] = clone_lookup(&map, b, loop->blocks[1]->yields[k]);
}

static void know(Peel *p, bool first_known, bool first, bool last_known, bool last)
{
    p->knows[IS_FIRST] = first_known;
    p->is_end[IS_FIRST] = first;
    p->knows[IS_LAST] = last_known;
    p->is_end[IS_LAST] = last;
}

/* The iterations between; `values` are carried in, and out. */
static void copy_inner(Peel *p, Builder *b, Value *from, Value *to, Value **values)
{
    Value *loop = p->loop, *inner = ir_count(b, from, VAL_LT, to, 1);
    const int n = loop->nresults;
    Builder in = ir_inside(b, inner);
    inner->counter->hint = loop->counter->hint;
    Value **carried = ARENA_ARRAY(Value *, n + 1), **next = ARENA_ARRAY(Value *, n + 1);
    for (int k = 0; k < n; k++) {
        Value *value = ir_loop_carry(inner, values[k]);
        value->hint = inner->results[k]->hint = loop->carried[k]->hint;
        const bool again = p->has_end[IS_FIRST] && can_compute(p, loop->blocks[1]->yields[k]);
        carried[k] = again ? compute_for(p, &in, loop->blocks[1]->yields[k], ir_plus(&in, inner->counter, -1)) : value;
    }
    know(p, p->has_end[IS_FIRST], false, p->has_end[IS_LAST], false);
    copy_body(p, &in, inner->counter, carried, next);
    for (int k = 0; k < n; k++) {
        ir_set_next(inner, k, next[k]);
        values[k] = inner->results[k];
    }
}

/* The last iteration, where there is another before it. */
static void copy_last(Peel *p, Builder *b, Value **values)
{
    Value *loop = p->loop, *guard = NULL;
    const int n = loop->nresults;
    Value **carried = ARENA_ARRAY(Value *, n + 1), **next = ARENA_ARRAY(Value *, n + 1);
    Builder in = *b;
    if (p->has_end[IS_FIRST]) {
        guard = ir_if(b, ir_binary(b, VAL_LT, p->function->module->types.int_, ir_plus(b, loop->from, 1), loop->to));
        in.block = guard->blocks[0];
        in.before = NULL;
    }
    for (int k = 0; k < n; k++) {
        const bool again = guard && can_compute(p, loop->blocks[1]->yields[k]);
        carried[k] = again ? compute_for(p, &in, loop->blocks[1]->yields[k], ir_plus(&in, loop->to, -2)) : values[k];
    }
    know(p, p->has_end[IS_FIRST], false, true, true);
    copy_body(p, &in, ir_plus(&in, loop->to, -1), carried, next);
    for (int k = 0; k < n; k++) {
        values[k] = guard ? ir_if_result(guard, next[k], values[k]) : next[k];
        values[k]->hint = guard ? loop->carried[k]->hint : values[k]->hint;
    }
}

static void split_loop(Peel *p)
{
    Value *loop = p->loop;
    const int n = loop->nresults;
    Builder b = {
        .function = p->function, .block = loop->block, .before = loop, .loc = loop->loc, .adjoint = loop->adjoint};
    Value *guard = NULL;
    Builder in = b;
    if (!trips_for_sure(loop)) {
        guard = ir_if(&b, ir_binary(&b, VAL_LT, p->function->module->types.int_, loop->from, loop->to));
        in.block = guard->blocks[0];
        in.before = NULL;
    }
    Value **values = ARENA_ARRAY(Value *, n + 1), **next = ARENA_ARRAY(Value *, n + 1);
    for (int k = 0; k < n; k++)
        values[k] = loop->args[k];
    if (p->has_end[IS_FIRST]) {
        know(p, true, true, false, false);
        copy_body(p, &in, loop->from, values, next);
        memcpy(values, next, sizeof *values * (size_t)n);
    }
    copy_inner(p, &in, ir_plus(&in, loop->from, p->has_end[IS_FIRST]), ir_plus(&in, loop->to, -p->has_end[IS_LAST]),
               values);
    if (p->has_end[IS_LAST])
        copy_last(p, &in, values);
    for (int k = 0; k < n; k++) {
        Value *result = guard ? ir_if_result(guard, values[k], loop->args[k]) : values[k];
        result->hint = loop->results[k]->hint;
        ir_replace_uses(p->function->body, loop->results[k], result);
    }
    ir_remove(loop);
}

static bool peel_loop(Function *fn, Value *loop, Peeling reason)
{
    Peel p = {.function = fn, .loop = loop, .reason = reason};
    if (!loop->counted || loop->reversed || loop->step != 1 || loop->rel != VAL_LT || !loop->from->type->is_signed ||
        loop->snapshots || !ir_is_in_loop(loop->block))
        return false;
    bool worth = false;
    const int size = measure(&p, loop->blocks[1], &worth);
    if (size < 0 || size > MAX_BODY)
        return false;
    for (int k = 0; k < loop->nresults && reason != PEEL_RINGS; k++)
        if (can_compute(&p, loop->blocks[1]->yields[k]))
            worth = p.has_end[IS_FIRST] = true;
    if (!worth)
        return false;
    split_loop(&p);
    return true;
}

static bool peel_block(Function *fn, Block *block, Peeling reason)
{
    bool changed = false;
    for (Value *v = block->first, *next; v; v = next) {
        next = v->next;
        bool inner = false;
        for (int k = 0; k < 2; k++)
            if (v->blocks[k])
                inner |= peel_block(fn, v->blocks[k], reason);
        changed |= inner || (v->kind == VAL_LOOP && peel_loop(fn, v, reason));
    }
    return changed;
}

bool loops_peel(Function *fn, Peeling reason)
{
    return peel_block(fn, fn->body, reason);
}
