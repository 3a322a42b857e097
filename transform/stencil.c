/*
 * stencil.c: what an innermost loop adds to several neighbours of one array is gathered, element by element, as an
 * expert writes the adjoint of a stencil: each element is written once, and iterations are independent.
 *
 *     for (i = from; i < to; i++) {              for (i = from + 1; i < to - 1; i++)
 *         x_bar[i - 1] += l(i);                      x_bar[i] += l(i + 1) + c(i) + r(i - 1);
 *         x_bar[i]     += c(i);           →
 *         x_bar[i + 1] += r(i);
 *     }
 *
 * The addition to row[core + o] moves to the iteration that adds to the same element by the offset `home`, which is
 * a = home - o iterations away: iteration i of the new loop adds what iteration i + a added, for the least a (low) up
 * to the greatest (high). It runs from `from - low` to `to - high` and so takes the additions of the iterations from
 * `from - low + a` up to `to - high + a`. Those before and behind, high - low of them at most at each end, are written
 * out around the new loop; whatever else the body does is an addition with a = 0. Shorter loops stay as they are.
 *
 *     if (to - from >= high - low) { first ones; for (...) ...; last ones } else the loop as it was
 */
#include "neighbours.h"

enum { MAX_WIDTH = 4 };

typedef struct {
    Neighbours *in;
    Function *function;
    Value *loop;
    Addition **of; /* by id of the accumulation: of those that are gathered */
    int64_t low, high;
} Stencil;

/* ---- what is gathered ---- */

/* A load in another iteration reads the same: the loop leaves what is there alone. */
static bool can_load_anywhere(const Neighbours *n, const Value *load)
{
    for (const Value *w = n->loop->blocks[1]->first; w; w = w->next)
        if (ir_writes_value(w) && memory_may_alias_ever(w->args[0], load->args[0]))
            return false;
    return true;
}

static bool same_array(const Addition *a, const Addition *b)
{
    return a->row == b->row && a->core == b->core;
}

static bool has_neighbours(const Neighbours *n, const Addition *a)
{
    for (int k = 0; k < n->count; k++)
        if (neighbours_are(a, &n->additions[k]))
            return true;
    return false;
}

/* How far additions move to the offset `home`; MAX_WIDTH + 1: what is added cannot be had there. */
static int64_t distance(const Neighbours *n, const Addition *array, int64_t home)
{
    int64_t most = 0;
    for (int k = 0; k < n->count; k++) {
        const Addition *a = &n->additions[k];
        const int64_t steps = home < a->offset ? a->offset - home : home - a->offset;
        const bool can_move = steps == 0 || (steps <= MAX_WIDTH && a->cost <= NEIGHBOURS_MAX_COST);
        const int64_t far = can_move ? steps : MAX_WIDTH + 1;
        if (same_array(a, array) && far > most)
            most = far;
    }
    return most;
}

/* What it costs to add there. */
static int cost_at(const Neighbours *n, const Addition *array, int64_t home)
{
    int cost = 0;
    for (int k = 0; k < n->count; k++)
        if (same_array(&n->additions[k], array) && n->additions[k].offset != home)
            cost += n->additions[k].cost;
    return cost;
}

/* The middle; of two, the one that keeps more where it is. */
static int64_t find_home(const Neighbours *n, const Addition *array)
{
    int64_t home = array->offset;
    for (int k = 0; k < n->count; k++) {
        const Addition *a = &n->additions[k];
        if (!same_array(a, array))
            continue;
        const int64_t far = distance(n, array, a->offset), best = distance(n, array, home);
        if (far < best || (far == best && cost_at(n, array, a->offset) < cost_at(n, array, home)))
            home = a->offset;
    }
    return home;
}

static bool plan_array(Stencil *s, const Addition *array)
{
    if (!neighbours_only_adds(s->in, array))
        return false;
    for (int k = 0; k < s->in->count; k++)
        if (same_array(&s->in->additions[k], array))
            s->in->additions[k].cost = neighbours_cost(s->in, s->in->additions[k].accum->args[1], can_load_anywhere);
    const int64_t home = find_home(s->in, array);
    if (distance(s->in, array, home) > MAX_WIDTH)
        return false;
    for (int k = 0; k < s->in->count; k++) {
        Addition *a = &s->in->additions[k];
        if (!same_array(a, array))
            continue;
        a->together = true;
        a->ahead = home - a->offset;
        s->of[a->accum->id] = a;
        s->low = a->ahead < s->low ? a->ahead : s->low;
        s->high = a->ahead > s->high ? a->ahead : s->high;
    }
    return true;
}

static bool plan(Stencil *s)
{
    for (int k = 0; k < s->in->count; k++) {
        const Addition *a = &s->in->additions[k];
        if (!a->together && has_neighbours(s->in, a) && !plan_array(s, a))
            return false;
    }
    return s->high > s->low && s->high - s->low <= MAX_WIDTH;
}

/* ---- iterations ---- */

static void begin_copy(const Stencil *s, CloneMap *map, Value *counter, Value *const *carried)
{
    *map = (CloneMap){.share_outside = true};
    clone_map_init(map, s->function);
    clone_set(map, s->loop->counter, counter);
    for (int k = 0; carried && k < s->loop->nresults; k++)
        clone_set(map, s->loop->carried[k], carried[k]);
}

/* What the iteration hands to the next takes the place of what it was handed. */
static void finish_copy(const Stencil *s, CloneMap *map, Builder *b, Value **carried)
{
    for (int k = 0; k < s->loop->nresults; k++)
        carried[k] = clone_lookup(map, b, s->loop->blocks[1]->yields[k]);
}

/* The part of iteration `counter` that additions from `above` to `below`, both excluded, are. */
static void copy_part(const Stencil *s, Builder *b, Value *counter, int64_t above, int64_t below, Value **carried)
{
    const bool rest = above < 0 && 0 < below;
    CloneMap map;
    begin_copy(s, &map, counter, carried);
    for (Value *v = s->loop->blocks[1]->first; v; v = v->next) {
        const Addition *a = s->of[v->id];
        if (a ? above < a->ahead && a->ahead < below : rest) {
            for (int k = 0; k < v->nargs; k++)
                neighbours_compute(s->in, &map, b, v->args[k]);
            clone_value(&map, b, v);
        }
    }
    if (rest)
        finish_copy(s, &map, b, carried);
}

/* The sum of what is added to the elements where `array` is at home. */
static Value *gather(const Stencil *s, CloneMap *here, Builder *b, const Addition *array, Value *counter)
{
    Value *sum = NULL;
    for (int64_t ahead = s->low; ahead <= s->high; ahead++) {
        CloneMap there, *map = ahead == 0 ? here : &there;
        if (ahead != 0)
            begin_copy(s, map, ir_plus(b, counter, ahead), NULL);
        for (int k = 0; k < s->in->count; k++) {
            const Addition *a = &s->in->additions[k];
            if (!a->together || !same_array(a, array) || a->ahead != ahead)
                continue;
            b->loc = a->accum->loc;
            neighbours_compute(s->in, map, b, a->accum->args[1]);
            Value *x = clone_lookup(map, b, a->accum->args[1]);
            sum = sum ? ir_binary(b, VAL_ADD, x->type, sum, x) : x;
        }
    }
    return sum;
}

/* The first of the array's additions that are at home; NULL unless `a` is that one. */
static bool speaks_for_array(const Stencil *s, const Addition *a)
{
    for (int k = 0; k < s->in->count; k++) {
        const Addition *other = &s->in->additions[k];
        if (other->together && other->ahead == 0 && same_array(other, a))
            return other == a;
    }
    return false;
}

static void copy_inner(const Stencil *s, Builder *b, Value **carried)
{
    Value *old = s->loop;
    Value *loop = neighbours_new_loop(s->in, b, ir_plus(b, old->from, -s->low), ir_plus(b, old->to, -s->high));
    loop->gathers = true;
    Builder in = *b;
    in.block = loop->blocks[1];
    in.before = NULL;
    for (int k = 0; k < old->nresults; k++) {
        carried[k] = ir_loop_carry(loop, carried[k]);
        carried[k]->hint = loop->results[k]->hint = old->carried[k]->hint;
    }
    CloneMap map;
    begin_copy(s, &map, loop->counter, carried);
    for (Value *v = old->blocks[1]->first; v; v = v->next) {
        const Addition *a = s->of[v->id];
        if (!a)
            clone_value(&map, &in, v);
        else if (speaks_for_array(s, a))
            ir_accum(&in, clone_lookup(&map, &in, v->args[0]), gather(s, &map, &in, a, loop->counter));
    }
    finish_copy(s, &map, &in, carried);
    for (int k = 0; k < old->nresults; k++) {
        ir_set_next(loop, k, carried[k]);
        carried[k] = loop->results[k];
    }
}

static void replace_loop(const Stencil *s)
{
    Value *loop = s->loop;
    const int n = loop->nresults;
    const int64_t width = s->high - s->low;
    Builder b = {
        .function = s->function, .block = loop->block, .before = loop, .loc = loop->loc, .adjoint = loop->adjoint};
    Value *guard = ir_if(&b, trips_at_least(&b, loop->from, loop->to, width));
    b.block = guard->blocks[0];
    b.before = NULL;
    Value **carried = ARENA_ARRAY(Value *, n + 1);
    for (int k = 0; k < n; k++)
        carried[k] = loop->args[k];
    for (int64_t k = 0; k < width; k++)
        copy_part(s, &b, ir_plus(&b, loop->from, k), s->low + k, INT64_MAX, carried);
    copy_inner(s, &b, carried);
    for (int64_t k = width - 1; k >= 0; k--)
        copy_part(s, &b, ir_plus(&b, loop->to, -1 - k), INT64_MIN, s->high - k, carried);
    for (int k = 0; k < n; k++) {
        Value *result = ir_if_result(guard, carried[k], loop->args[k]);
        result->hint = loop->results[k]->hint;
        ir_replace_uses(s->function->body, loop->results[k], result);
        ir_set_yield(guard->blocks[1], k, loop->results[k]);
    }
    ir_move(loop, guard->blocks[1], NULL);
    loop->is_short = true;
}

/* Counts up by one, and `to - from` does not wrap around where they are unsigned. */
static bool counts_plainly(const Value *loop)
{
    return loop->step == 1 && loop->rel == VAL_LT && !loop->is_short &&
           (loop->counter->type->is_signed || loop->from->kind == VAL_INT);
}

bool stencil_gather(Neighbours *n)
{
    Stencil s = {.in = n, .function = n->function, .loop = n->loop};
    if (!counts_plainly(n->loop))
        return false;
    s.of = ARENA_ARRAY(Addition *, n->function->next_id + 1);
    if (!plan(&s))
        return false;
    replace_loop(&s);
    return true;
}
