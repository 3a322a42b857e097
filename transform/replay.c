/*
 * replay.c: the reverse of a loop's iteration begins with running parts of the iteration again. Where an iteration
 * fills work arrays of its own, keeping their contents for all iterations would cost much memory; what they are
 * computed from is less:
 *
 *     for (s) {                                 for (s) {
 *         double k[n], w[n];                        double k[n], w[n];
 *         k = slope(y); w = y + k / 2; ...          ...
 *         y += ...                                  y += ...
 *     }                                  →      }
 *     for (s, backwards) {                      for (s, backwards) {
 *         adjoints, from k and w of step s          double k[n], w[n];
 *     }                                             k = slope(y of step s); w = y of step s + k / 2; ...
 *                                                   adjoints, from these k and w
 *                                               }
 *
 * The copies do what is done to the iteration's own arrays, and nothing else. What they read of other memory is named
 * as the primal's value, and what they need of it is planned as for any reverse region: the copy of a region is its
 * reverse twin for that. Then the reverse regions proper are planned, with the copies as their primal regions.
 */
#include "replay.h"

#include "clone.h"
#include "passes.h"
#include "rules.h"

enum {
    FLOPS_A_COPY = 60, /* additions that cost as much as keeping a value and loading it */
    TRIPS_GUESS = 10
};

typedef VEC(Value *) Values;

/* The copy of a primal region, and the region's reverse. */
typedef struct {
    Value *primal, *copy, *reverse;
} Triple;

struct Replay {
    Function *function;
    Value *loop, *twin; /* of the pair in hand */
    bool *inside;       /* by id: of a region that is run again */
    CloneMap map;
    Values stand_ins; /* copies of loads of other memory: the primal's value */
    VEC(Triple) triples;
    Values twins; /* of loops that are replayed */
};

/* ---- the iteration's own arrays ---- */

static bool is_own(const Replay *r, const Value *base)
{
    return base->kind == VAL_LOCAL && base->block == r->loop->blocks[1];
}

static bool is_own_address(const Replay *r, const Value *v)
{
    return type_is_pointer(v->type) && is_own(r, memory_base((Value *)(uintptr_t)v));
}

/* How often it runs is known before: what is kept of it is in an array. From a tape, it would come last one first. */
static bool is_sized(const Replay *r, const Value *loop)
{
    const Block *outside = r->loop->block;
    return loop->counted && ir_visible(loop->from, outside) && ir_visible(loop->to, outside);
}

/* Is there nothing in the block but what can be run again? */
static bool is_plain(const Replay *r, const Block *block)
{
    for (const Value *v = block ? block->first : NULL; v; v = v->next) {
        const bool effect = memory_has_effect(v) && !ir_writes_memory(v) && !ir_is_region(v);
        if (effect || v->kind == VAL_ALLOC || v->kind == VAL_TAPE || (v->kind == VAL_LOOP && !is_sized(r, v)))
            return false;
        const bool access = ir_writes_memory(v) || v->kind == VAL_LOAD || ir_continues_address(v);
        for (int k = 0; k < v->nargs; k++)
            if (is_own_address(r, v->args[k]) && !(access && k == 0))
                return false;
        if (!is_plain(r, v->blocks[0]) || !is_plain(r, v->blocks[1]))
            return false;
    }
    for (int k = 0; block && k < block->nyields; k++)
        if (is_own_address(r, block->yields[k]))
            return false;
    return true;
}

/* Does v, or what is in it, access an array of the iteration's own? */
static bool accesses_own(const Replay *r, const Value *v)
{
    for (const Value *w = v; w; w = ir_next_inside(w, v))
        if ((ir_writes_memory(w) || w->kind == VAL_LOAD) && is_own_address(r, w->args[0]))
            return true;
    return false;
}

/* A value of the iteration that is run again: a region or a write that its own arrays need, or an address of theirs. */
static bool is_repeated(const Replay *r, const Value *v)
{
    if (ir_is_region(v) || ir_writes_memory(v))
        return accesses_own(r, v);
    return is_own(r, v) || (ir_continues_address(v) && is_own_address(r, v));
}

/* ---- does it pay? ---- */

static int64_t cost_of(Replay *r, const Block *block, int64_t times)
{
    int64_t cost = 0;
    for (const Value *v = block ? block->first : NULL; v; v = v->next) {
        r->inside[v->id] = true;
        const int64_t inner = v->kind == VAL_LOOP && times < 1000000 ? times * TRIPS_GUESS : times;
        for (int k = 0; k < v->nresults; k++)
            r->inside[v->results[k]->id] = true;
        if (v->kind == VAL_LOOP)
            r->inside[v->counter->id] = true;
        for (int k = 0; v->kind == VAL_LOOP && k < v->nresults; k++)
            r->inside[v->carried[k]->id] = true;
        if (v->kind == VAL_MATH)
            cost += times * v->rule->cost;
        else if (v->kind == VAL_DIV && type_is_real(v->type))
            cost += times * 6;
        else if (v->kind == VAL_LOAD || (ir_is_pure(v->kind) && type_is_real(v->type)))
            cost += times;
        cost += cost_of(r, v->blocks[0], inner) + cost_of(r, v->blocks[1], inner);
    }
    return cost;
}

static bool holds(const Values *values, const Value *v)
{
    for (size_t k = 0; k < values->count; k++)
        if (values->at[k] == v)
            return true;
    return false;
}

/* Arrays from outside that the loop changes, and that are read in the block. */
static void find_states(const Replay *r, const Block *block, Values *states)
{
    for (const Value *v = ir_first(block); v; v = ir_next(v, block)) {
        if (v->kind == VAL_LOAD && !is_own_address(r, v->args[0])) {
            Value *base = memory_base(v->args[0]);
            const bool local = base->block && ir_block_inside(base->block, r->loop->blocks[1]);
            if (!local && memory_region_writes(r->loop, v->args[0]) && !holds(states, base))
                vec_push(states, base);
        }
    }
}

/*
 * Instead of what storage would keep of the repeated regions, it keeps what they read of arrays that the loop changes.
 * That must be half as much at most, and running them again be cheaper than what is saved.
 */
static bool pays(Replay *r, const DeriveOptions *options)
{
    r->inside = ARENA_ARRAY(bool, r->function->next_id + 1);
    int64_t flops = 0;
    Values states = {0};
    for (const Value *v = r->loop->blocks[1]->first; v; v = v->next) {
        if (!ir_is_region(v) || !accesses_own(r, v))
            continue;
        flops += cost_of(r, v->blocks[0], v->kind == VAL_LOOP ? TRIPS_GUESS : 1);
        flops += cost_of(r, v->blocks[1], v->kind == VAL_LOOP ? TRIPS_GUESS : 1);
        if (v->kind == VAL_LOOP)
            r->inside[v->counter->id] = true;
        for (int k = 0; v->kind == VAL_LOOP && k < v->nresults; k++)
            r->inside[v->carried[k]->id] = true;
        find_states(r, v->blocks[0], &states);
        find_states(r, v->blocks[1], &states);
    }
    if (!flops)
        return false;
    int64_t weight;
    const int kept = storage_estimate(r->function, options, r->twin, r->inside, &weight);
    const int remain = (int)states.count;
    return kept >= remain + 2 && kept >= 2 * remain && flops < FLOPS_A_COPY * weight / kept * (kept - remain);
}

/* ---- running again ---- */

/* Writes of other memory are left out; a load of it stands for the primal's value. */
static bool take_memory(CloneMap *map, Builder *b, Value *v)
{
    Replay *r = map->user;
    if (ir_writes_memory(v)) {
        const Value *base = memory_base(v->args[0]);
        return !is_own(r, base) && !(base->block && ir_block_inside(base->block, r->loop->blocks[1]));
    }
    if (v->kind != VAL_LOAD)
        return false;
    const Value *base = memory_base(v->args[0]);
    if (base->kind == VAL_LOCAL && base->block && ir_block_inside(base->block, r->loop->blocks[1]))
        return false;
    Value *stand_in = ir_new(b, VAL_PASSIVE, v->type, 1, &v);
    stand_in->hint = v->hint;
    stand_in->loc = v->loc;
    clone_set(map, v, stand_in);
    vec_push(&r->stand_ins, stand_in);
    return true;
}

static Value *reverse_of(const Block *block, const Value *primal)
{
    for (Value *v = ir_first(block); v; v = ir_next(v, block))
        if (v->twin == primal)
            return v;
    return NULL;
}

/* Regions in v, v too: the copy is the primal's reverse until the copies are planned. */
static void pair_regions(Replay *r, Value *v)
{
    for (Value *w = v; w; w = ir_next_inside(w, v))
        if (ir_is_region(w))
            vec_push(&r->triples, ((Triple){w, r->map.to[w->id], reverse_of(r->twin->blocks[1], w)}));
}

static void name_copies(const Replay *r, Value *v, Value *const *to, unsigned count)
{
    for (int k = 0; k < v->nargs; k++)
        if (v->args[k]->id < count && r->inside[v->args[k]->id] && to[v->args[k]->id])
            v->args[k] = to[v->args[k]->id];
}

static Value *copy_of(const Replay *r, Value *v)
{
    return v->id < r->map.count && r->inside[v->id] && r->map.to[v->id] ? r->map.to[v->id] : v;
}

/* The reverse regions name the copies of what is inside the repeated regions. */
static void name_copies_in(const Replay *r, Value *v)
{
    name_copies(r, v, r->map.to, r->map.count);
    if (v->counted) {
        v->from = copy_of(r, v->from);
        v->to = copy_of(r, v->to);
    }
    for (int side = 0; side < 2; side++) {
        Block *block = v->blocks[side];
        if (!block)
            continue;
        for (Value *w = block->first; w; w = w->next)
            name_copies_in(r, w);
        for (int k = 0; k < block->nyields; k++)
            block->yields[k] = copy_of(r, block->yields[k]);
    }
}

static void repeat_iteration(Replay *r)
{
    Block *reverse = r->twin->blocks[1];
    Value *first = reverse->first;
    Builder b = {.function = r->function, .block = reverse, .before = first, .loc = r->loop->loc};
    clone_map_init(&r->map, r->function);
    r->map.share_outside = true;
    r->map.take = take_memory;
    r->map.user = r;
    const size_t ntriples = r->triples.count;
    for (Value *v = r->loop->blocks[1]->first; v; v = v->next) {
        if (!is_repeated(r, v))
            continue;
        clone_value(&r->map, &b, v);
        pair_regions(r, v);
        for (int k = 0; k < v->nresults; k++) /* scalars are cheap to keep */
            clone_set(&r->map, v->results[k], v->results[k]);
    }
    for (Value *v = first; v; v = v->next)
        name_copies_in(r, v);
    for (int k = 0; k < reverse->nyields; k++)
        reverse->yields[k] = copy_of(r, reverse->yields[k]);
    for (size_t k = ntriples; k < r->triples.count; k++) {
        const Triple *t = &r->triples.at[k];
        t->copy->twin = t->primal;
        if (t->reverse)
            t->reverse->twin = t->copy;
    }
    vec_push(&r->twins, r->twin);
    vec_push(&r->function->decisions, (Decision){.kind = DECIDED_REPLAYS, .region = r->loop->loc});
}

static void replay_pair(Replay *r, Value *twin, const DeriveOptions *options)
{
    r->loop = twin->twin;
    r->twin = twin;
    if (r->loop->kind == VAL_LOOP && r->loop->counted && !r->loop->snapshots && is_plain(r, r->loop->blocks[1]) &&
        pays(r, options))
        repeat_iteration(r);
}

static void find_pairs(Block *block, Values *pairs)
{
    for (Value *v = block->first; v; v = v->next)
        if (v->twin)
            vec_push(pairs, v);
        else
            for (int k = 0; k < 2; k++)
                if (v->blocks[k])
                    find_pairs(v->blocks[k], pairs);
}

Replay *replay_loops(Function *fn, const DeriveOptions *options)
{
    Replay *r = ARENA_NEW(Replay);
    r->function = fn;
    memory_mark_private(fn);
    Values pairs = {0};
    find_pairs(fn->body, &pairs);
    for (size_t k = 0; k < pairs.count; k++)
        replay_pair(r, pairs.at[k], options);
    return r->twins.count ? r : NULL;
}

/* The primal's value, where v stands for one. */
static Value *stood_for(const bool *is_stand_in, Value *v)
{
    while (is_stand_in[v->id])
        v = v->args[0];
    return v;
}

static void drop_stand_ins(const Replay *r)
{
    bool *is_stand_in = ARENA_ARRAY(bool, r->function->next_id);
    for (size_t k = 0; k < r->stand_ins.count; k++)
        is_stand_in[r->stand_ins.at[k]->id] = true;
    Block *body = r->function->body;
    for (Use use = ir_first_use(body); use.block; use = ir_next_use(use, body))
        *ir_used(&use) = stood_for(is_stand_in, *ir_used(&use));
    for (size_t k = 0; k < r->stand_ins.count; k++)
        ir_remove(r->stand_ins.at[k]);
}

void replay_finish(Replay *r)
{
    drop_stand_ins(r);
    for (size_t k = 0; k < r->triples.count; k++)
        r->triples.at[k].copy->twin = NULL;
    for (size_t k = 0; k < r->twins.count; k++)
        r->twins.at[k]->twin = NULL;
}
