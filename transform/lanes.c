/*
 * lanes.c: sums of adjoints in lanes. C fixes the order of a floating-point sum, and so keeps compilers from turning a
 * loop that adds up into vector operations. The primal's sums keep their order; the order of an adjoint's is ours: in
 * the loops that compilers can vectorise but for their sums, 8 partial sums run side by side.
 *
 *     for (j = from; j < to; j++)            const int rest = from + (to - from) / 8 * 8;
 *         s += g[j] * w[j];                  if (to - from >= 8) {
 *                                                double s_lanes[8] = {0};
 *                                   →            for (j = from; j < rest; j += 8)
 *                                                    for (l = 0; l < 8; l++)
 *                                                        s_lanes[l] += g[j + l] * w[j + l];
 *                                                s += s_lanes[0] + s_lanes[4] + ...;
 *                                            }
 *                                            for (j = rest; j < to; j++)
 *                                                s += g[j] * w[j];
 *
 * Where a loop around it only adds these sums up, the lanes live as long as that one runs. Where they don't, and the
 * loop does little but add up, it is to have 16 iterations.
 *
 * Loops that read neighbours of elements run in lanes also where they add nothing up: some compilers hand what two
 * iterations read from the one to the next, and so make them depend on one another.
 */
#include "accesses.h"
#include "clone.h"
#include "passes.h"
#include "rules.h"

enum { LANES = 8, MAX_SUMS = 12, MAX_ROW = 4, MUCH_FOR_A_SUM = 6 };

typedef struct {
    Function *function;
    const unsigned *uses; /* by id */
    Accesses *accesses;
} Lanes;

/* ---- which loops ---- */

/* A cast to a short type may wrap around within a few iterations; what a program indexes does not wrap in 32 bits. */
static bool keeps_growth(const Value *v)
{
    enum { INDEX_BYTES = 4 };
    return ir_is_wide_cast(v) || (v->kind == VAL_CAST && type_is_int(v->args[0]->type) && v->type->size >= INDEX_BYTES);
}

/* How much the integer v grows from one iteration to the next: 0 or 1; -1 when it is something else. */
static int growth(const Value *v, const Value *loop)
{
    if (v == loop->counter)
        return 1;
    if (ir_visible(v, loop->block))
        return 0;
    if (ir_is_leaf(v->kind) || !ir_is_pure(v->kind))
        return -1;
    int sum = 0;
    for (int k = 0; k < v->nargs; k++) {
        const int g = growth(v->args[k], loop);
        if (g < 0 || (v->kind == VAL_SUB && k == 1 && g > 0))
            return -1;
        sum += g;
    }
    if (sum == 0)
        return 0;
    return sum == 1 && (v->kind == VAL_ADD || v->kind == VAL_SUB || keeps_growth(v)) ? 1 : -1;
}

/* Neighbouring iterations access neighbouring elements (1) or one element (0); -1: neither. */
static int stride(const Value *address, const Value *loop)
{
    if (ir_visible(address, loop->block))
        return 0;
    if (address->kind == VAL_DECAY || address->kind == VAL_FIELD)
        return stride(address->args[0], loop) == 0 ? 0 : -1;
    if (address->kind != VAL_PTRADD)
        return -1;
    const int base = stride(address->args[0], loop), index = growth(address->args[1], loop);
    if (base < 0 || index < 0 || base + index > 1)
        return -1;
    return base + index == 1 && !type_is_real(address->type->to) ? -1 : base + index;
}

/* As stride; elements of short rows are up to MAX_ROW apart: compilers take the rows apart for loads. */
static int stride_of_load(const Value *address, const Value *loop)
{
    const Value *first =
        address->kind == VAL_PTRADD && growth(address->args[1], loop) == 0 ? address->args[0] : address;
    if (first->kind != VAL_DECAY)
        return stride(address, loop);
    const Value *row = first->args[0];
    const int64_t count = row->type->to->count;
    if (row->kind != VAL_PTRADD || count < 1 || count > MAX_ROW || !type_is_real(row->type->to->to) ||
        stride(row->args[0], loop) != 0 || growth(row->args[1], loop) != 1)
        return stride(address, loop);
    return (int)count;
}

/* An array of so few elements is not worth it, or says that the loop is short. */
static bool is_short(const Value *address)
{
    const Value *array = address;
    while (array->kind == VAL_PTRADD)
        array = array->args[0];
    if (array->kind != VAL_DECAY)
        return false;
    const int64_t count = array->args[0]->type->to->count;
    return count >= 0 && count < 2 * LANES;
}

static bool is_simple_math(const Value *v)
{
    return strcmp(v->rule->name, "sqrt") == 0 || strcmp(v->rule->name, "fabs") == 0;
}

/* What compilers turn into vector operations. */
static bool vectorises(const Value *v, const Value *loop)
{
    switch (v->kind) {
    case VAL_LOAD:
        if (stride_of_load(v->args[0], loop) > 1)
            return true;
        return stride(v->args[0], loop) == 0 || (stride(v->args[0], loop) == 1 && !is_short(v->args[0]));
    case VAL_STORE:
    case VAL_ACCUM:
        return stride(v->args[0], loop) == 1 && !is_short(v->args[0]);
    case VAL_MATH:
        return is_simple_math(v);
    case VAL_PURE_CALL:
        return false;
    default:
        return ir_is_pure(v->kind);
    }
}

/* The operand of a link that is not an addend: the carried value, or the link before. -1: it is no link. */
static int chain_operand(const Value *loop, const Value *v, const Value *carried)
{
    if ((v->kind != VAL_ADD && v->kind != VAL_SUB) || !v->adjoint || !type_is_real(v->type) ||
        v->block != loop->blocks[1])
        return -1;
    return v->kind == VAL_ADD && v->args[1] == carried;
}

/* next = carried + x - y ..., from left to right, and carried is used nowhere else. */
static bool is_plain_sum(const Lanes *l, const Value *loop, int k)
{
    const Value *carried = loop->carried[k];
    if (l->uses[carried->id] != 1)
        return false;
    for (const Value *v = loop->blocks[1]->yields[k]; v != carried;) {
        const int operand = chain_operand(loop, v, carried);
        if (operand < 0 || l->uses[v->id] != 1)
            return false;
        v = v->args[operand];
    }
    return true;
}

static bool has_constant_bounds(const Value *loop)
{
    return loop->from->kind == VAL_INT && loop->to->kind == VAL_INT;
}

/* A loop that is known to be short stays as it is. */
static bool is_long_enough(const Value *loop)
{
    return !has_constant_bounds(loop) || loop->to->i - loop->from->i >= 2 * LANES;
}

/* to - from does not wrap around. */
static bool has_width(const Value *loop)
{
    return loop->counter->type->is_signed || (loop->from->kind == VAL_INT && loop->from->i == 0);
}

static bool is_access(const Value *v)
{
    return v->kind == VAL_LOAD || v->kind == VAL_STORE || v->kind == VAL_ACCUM;
}

/* It writes to one element of an object and accesses another: compilers would have to ask each time whether they meet.
 */
static bool meets_itself(const Value *loop)
{
    const Value *first = loop->blocks[1]->first;
    for (const Value *v = first; v; v = v->next) {
        if (v->kind != VAL_STORE && v->kind != VAL_ACCUM)
            continue;
        for (const Value *w = first; w; w = w->next)
            if (is_access(w) && memory_base(w->args[0]) == memory_base(v->args[0]) &&
                !memory_same_address(w->args[0], v->args[0]))
                return true;
    }
    return false;
}

static bool takes_lanes(const Lanes *l, const Value *loop)
{
    if (!loop->counted || loop->is_short || loop->reversed || loop->step != 1 || loop->rel != VAL_LT ||
        (loop->nresults == 0 && !loop->gathers) || loop->nresults > MAX_SUMS || !is_long_enough(loop) ||
        !has_width(loop))
        return false;
    bool contiguous = false;
    for (int k = 0; k < loop->nresults; k++)
        if (!is_plain_sum(l, loop, k))
            return false;
    for (const Value *v = loop->blocks[1]->first; v; v = v->next) {
        if (!vectorises(v, loop))
            return false;
        contiguous |= v->kind == VAL_LOAD && stride(v->args[0], loop) == 1;
    }
    return contiguous && !meets_itself(loop) && order_is_free(l->accesses, loop);
}

/* ---- the loops of lanes ---- */

static Value *over_lanes(Builder *b)
{
    Type *int_ = b->function->module->types.int_;
    Value *loop = ir_count(b, ir_int(b, int_, 0), VAL_LT, ir_int(b, int_, LANES), 1);
    loop->counter->hint = "l";
    return loop;
}

static Value *lane_address(Builder *b, Value *lanes, Value *lane)
{
    return ir_ptradd(b, ir_decay(b, lanes), lane, NULL);
}

/* Which sum v is a link of; -1 if none. */
static int sum_of_link(const Value *loop, const Value *v)
{
    for (int k = 0; k < loop->nresults; k++) {
        const Value *carried = loop->carried[k];
        for (const Value *w = loop->blocks[1]->yields[k]; w != carried; w = w->args[chain_operand(loop, w, carried)])
            if (w == v)
                return k;
    }
    return -1;
}

/* lanes[l] += x, where the link is  carried + x. */
static void add_to_lane(CloneMap *map, Builder *b, const Value *loop, const Value *link, Value *carried, Value *lanes,
                        Value *lane)
{
    Value *x = clone_lookup(map, b, link->args[1 - chain_operand(loop, link, carried)]);
    if (link->kind == VAL_SUB)
        x = ir_unary(b, VAL_NEG, x->type, x);
    b->loc = link->loc;
    ir_accum(b, lane_address(b, lanes, lane), x);
}

/* Sum `index` of the loop, or of the outermost loop around it whose sum that is a part of. */
typedef struct {
    Value *loop, *lanes;
    int index;
} Total;

/* v, a pure value of the loop's body, for the first of the lanes. */
static void clone_for_first(CloneMap *first, Builder *b, const Value *loop, Value *v)
{
    if (ir_visible(v, loop->block) || first->to[v->id])
        return;
    for (int k = 0; k < v->nargs; k++)
        clone_for_first(first, b, loop, v->args[k]);
    clone_value(first, b, v);
}

/* What lane 0 has, before the loop over the lanes. */
typedef struct {
    CloneMap map;
    Builder before;
    const Value *loop;
    Value *lane; /* the inner loop's counter */
} First;

static Value *of_first(First *first, Value *v)
{
    clone_for_first(&first->map, &first->before, first->loop, v);
    return clone_lookup(&first->map, &first->before, v);
}

/*
 * Addresses that move on with the lanes, in a form in which compilers see that: y[k + l] for y[x + l + d]. What is
 * written has a pointer to the first, which clang needs; gcc sees more of what is read without.
 */
static void find_written_places(CloneMap *map, Builder *in_inner, First *first)
{
    for (Value *v = first->loop->blocks[1]->first; v; v = v->next)
        if (ir_writes_value(v) && !map->to[v->args[0]->id] && stride(v->args[0], first->loop) == 1)
            clone_set(map, v->args[0], ir_ptradd(in_inner, of_first(first, v->args[0]), first->lane, NULL));
}

/* NULL: it is no such address. */
static Value *place_behind_first(CloneMap *map, Builder *in_inner, First *first, Value *address)
{
    if (address->kind != VAL_PTRADD || stride(address, first->loop) != 1 || growth(address->args[1], first->loop) != 1)
        return NULL;
    Value *base = clone_lookup(map, in_inner, address->args[0]), *index = of_first(first, address->args[1]);
    index = ir_binary(in_inner, VAL_ADD, index->type, index, ir_cast(in_inner, index->type, first->lane));
    return ir_ptradd(in_inner, base, index, NULL);
}

static void fill_lanes(Builder *b, Value *loop, Value *rest, const Total *totals)
{
    Value *outer = ir_count(b, loop->from, VAL_LT, rest, LANES);
    outer->counter->hint = loop->counter->hint;
    Builder in_outer = ir_inside(b, outer);
    Value *inner = over_lanes(&in_outer);
    inner->over_lanes = true;
    Builder in_inner = ir_inside(&in_outer, inner);
    CloneMap map = {.share_outside = true};
    clone_map_init(&map, b->function);
    First first = {.map = {.share_outside = true}, .before = in_outer, .loop = loop, .lane = inner->counter};
    first.before.before = inner;
    clone_map_init(&first.map, b->function);
    clone_set(&first.map, loop->counter, outer->counter);
    Value *lane = ir_cast(&in_inner, outer->counter->type, inner->counter);
    clone_set(&map, loop->counter, ir_binary(&in_inner, VAL_ADD, outer->counter->type, outer->counter, lane));
    find_written_places(&map, &in_inner, &first);
    for (Value *v = loop->blocks[1]->first; v; v = v->next) {
        const int k = sum_of_link(loop, v);
        in_inner.loc = v->loc;
        if (map.to[v->id])
            continue;
        Value *place = place_behind_first(&map, &in_inner, &first, v);
        if (place)
            clone_set(&map, v, place);
        else if (k >= 0)
            add_to_lane(&map, &in_inner, loop, v, loop->carried[k], totals[k].lanes, inner->counter);
        else
            clone_value(&map, &in_inner, v);
    }
}

/* As a tree, each lane with the one half of them away, as vector operations add: a chain would take longer. */
static Value *sum_of_lanes(Builder *b, Value *lanes, int first, int step)
{
    Type *int_ = b->function->module->types.int_;
    if (step == LANES)
        return ir_load(b, lane_address(b, lanes, ir_int(b, int_, first)));
    Value *x = sum_of_lanes(b, lanes, first, 2 * step);
    return ir_binary(b, VAL_ADD, x->type, x, sum_of_lanes(b, lanes, first + step, 2 * step));
}

static Value *new_lanes(Builder *b, const Value *carried)
{
    const char *name = carried->hint ? arena_printf("%s_lanes", carried->hint) : "lanes";
    Value *lanes = ir_local(b, type_array(carried->type, LANES), 0, NULL, name);
    ir_new(b, VAL_ZERO, b->function->module->types.void_, 1, &lanes);
    return lanes;
}

/* from + width / LANES * LANES: the first iteration that no full set of lanes takes */
static Value *end_of_lanes(Builder *b, const Value *loop, Value *width, Value *count)
{
    Type *type = width->type;
    Value *full = ir_binary(b, VAL_MUL, type, ir_binary(b, VAL_DIV, type, width, count), count);
    return ir_binary(b, VAL_ADD, type, loop->from, full);
}

/* ---- where the lanes are added up ---- */

/* The sum of a loop that does nothing with the inner loop's sum `inner`, which begins with 0, but add it; -1: none. */
static int sum_around(const Lanes *l, const Value *outer, const Value *inner)
{
    if (!outer || outer->kind != VAL_LOOP || !outer->counted || l->uses[inner->id] != 1)
        return -1;
    for (int k = 0; k < outer->nresults; k++) {
        if (!is_plain_sum(l, outer, k))
            continue;
        const Value *carried = outer->carried[k];
        for (const Value *v = outer->blocks[1]->yields[k]; v != carried;) {
            const int operand = chain_operand(outer, v, carried);
            if (v->kind == VAL_ADD && v->args[1 - operand] == inner)
                return k;
            v = v->args[operand];
        }
    }
    return -1;
}

/* The loop around goes on with the sum where the inner one leaves it; its index there, or -1. */
static int sum_through(const Lanes *l, const Value *outer, const Value *inner, int index)
{
    if (!outer || outer->kind != VAL_LOOP || !outer->counted || l->uses[inner->results[index]->id] != 1)
        return -1;
    for (int k = 0; k < outer->nresults; k++)
        if (outer->blocks[1]->yields[k] == inner->results[index] && inner->args[index] == outer->carried[k] &&
            l->uses[outer->carried[k]->id] == 1)
            return k;
    return -1;
}

static Total total_of(const Lanes *l, Value *loop, int index)
{
    Total total = {.loop = loop, .index = index};
    for (;;) {
        Value *outer = total.loop->block->owner;
        const int k = ir_is_zero(total.loop->args[total.index]) ? sum_around(l, outer, total.loop->results[total.index])
                                                                : sum_through(l, outer, total.loop, total.index);
        if (k < 0)
            return total;
        total.loop = outer;
        total.index = k;
    }
}

/* Behind loops around the one that is split: the sum there is complete but for the lanes. */
static void complete(const Lanes *l, const Total *total)
{
    Value *loop = total->loop, *sum = loop->results[total->index];
    Builder b = {
        .function = l->function, .block = loop->block, .before = loop->next, .loc = loop->loc, .adjoint = true};
    Value *lanes = sum_of_lanes(&b, total->lanes, 0, 1);
    Value *all = ir_binary(&b, VAL_ADD, sum->type, lanes, lanes);
    all->hint = sum->hint;
    ir_replace_uses(loop->block, sum, all);
    all->args[0] = sum;
}

/* lanes[k]: where the lanes of sum k are; they begin with 0 here, or before a loop around. */
static void begin_lanes(const Lanes *l, Builder *here, Value *loop, Total *totals)
{
    for (int k = 0; k < loop->nresults; k++) {
        totals[k] = total_of(l, loop, k);
        Builder before = *here;
        if (totals[k].loop != loop) {
            before.block = totals[k].loop->block;
            before.before = totals[k].loop;
        }
        totals[k].lanes = new_lanes(&before, loop->carried[k]);
    }
}

static int operations(const Value *loop)
{
    int n = 0;
    for (const Value *v = loop->blocks[1]->first; v; v = v->next)
        n += v->kind == VAL_ACCUM || v->kind == VAL_MATH ||
             (type_is_real(v->type) && v->kind >= VAL_ADD && v->kind <= VAL_NEG);
    return n;
}

/*
 * Lanes that begin and are added up each time that the loop runs cost about what one set of iterations spares, unless
 * these do much besides adding up.
 */
static int fewest_trips(const Lanes *l, Value *loop)
{
    int sums = 0;
    for (int k = 0; k < loop->nresults; k++)
        sums += total_of(l, loop, k).loop == loop;
    return operations(loop) < MUCH_FOR_A_SUM * sums ? 2 * LANES : LANES;
}

static void split_into_lanes(const Lanes *l, Value *loop)
{
    Type *type = loop->counter->type;
    Builder b = {.function = l->function, .block = loop->block, .before = loop, .loc = loop->loc, .adjoint = true};
    Value *enough = ir_if(&b, trips_at_least(&b, loop->from, loop->to, fewest_trips(l, loop)));
    Builder then = b;
    then.block = enough->blocks[0];
    then.before = NULL;
    Value *width = ir_binary(&then, VAL_SUB, type, loop->to, loop->from), *count = ir_int(&then, type, LANES);
    Value *rest = end_of_lanes(&then, loop, width, count);
    if (!rest->hint && !ir_is_leaf(rest->kind))
        rest->hint = "whole"; /* sets of iterations end there */
    Total totals[MAX_SUMS];
    begin_lanes(l, &then, loop, totals);
    fill_lanes(&then, loop, rest, totals);
    for (int k = 0; k < loop->nresults; k++) {
        if (totals[k].loop != loop) {
            complete(l, &totals[k]);
            continue;
        }
        Value *init = loop->args[k], *sum = sum_of_lanes(&then, totals[k].lanes, 0, 1);
        if (!ir_is_zero(init))
            sum = ir_binary(&then, VAL_ADD, init->type, init, sum);
        loop->args[k] = ir_if_result(enough, sum, init);
        loop->args[k]->hint = loop->carried[k]->hint;
    }
    loop->from = ir_if_result(enough, rest, loop->from);
    loop->from->hint = "rest";
}

static bool visit_block(const Lanes *l, Block *block)
{
    bool split = false;
    for (Value *v = block->first; v; v = v->next)
        if (v->kind == VAL_LOOP && takes_lanes(l, v)) {
            split_into_lanes(l, v);
            split = true;
        } else {
            for (int k = 0; k < 2; k++)
                split |= v->blocks[k] && visit_block(l, v->blocks[k]);
        }
    return split;
}

bool lanes_split(Function *fn)
{
    Lanes l = {.function = fn};
    l.uses = ir_count_uses(fn);
    memory_mark_private(fn);
    l.accesses = accesses_find(fn);
    return visit_block(&l, fn->body);
}
