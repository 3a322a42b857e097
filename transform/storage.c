/*
 * storage.c: where the reverse sweep gets the primal's values from. reverse.c names primal values as it likes; those of
 * a loop's or a branch's inside are gone when the twin region runs. For each such region at the outermost level, a
 * minimum cut decides what to do about all of them at once:
 *
 *     still there   a load whose memory nobody overwrites is done again, and what the program stores and leaves there
 *                   is loaded, if only from the copy of an array with which the next step begins; a counted loop's
 *                   counter counts back
 *     computed again   a pure operation, from operands that are themselves there; a condition, from what came of it as
 *                      well (storage_told.c)
 *     kept          stored when it is computed, in an array with a place for each iteration
 *
 * In the graph a value v has two nodes: v is needed (below) and v is computed again (above).
 *
 *     source --cost of computing v--> again(v) --cost of keeping v--> needed(v) --> sink, for what is asked for
 *     needed(operand) --infinite--> again(v)
 *
 * A cut above keeps nothing and computes v again, which needs its operands; a cut between the two keeps v. Costs are
 * times the expected number of executions. What cannot be computed again has an infinite cost above.
 *
 * Kept values live in arrays allocated once, before the outermost loop, indexed by the iteration numbers of the loops
 * around; where a trip count is not known before, on a tape.
 */
#include "storage.h"

/* ---- the two sweeps' regions ---- */

Block *storage_twin_block(const Storage *s, const Block *block)
{
    const Value *owner = block->owner, *twin = s->twin[owner->id];
    if (!twin)
        diag_internal(owner->loc, "a value is needed of a region that has no reverse");
    return twin->blocks[owner->blocks[1] == block];
}

bool storage_is_before(const Storage *s, const Value *v)
{
    return ir_visible(v, s->outermost->block);
}

/* ---- uses out of scope ---- */

/* The steps that run again in the reverse sweep are regions of their own. */
static bool is_of_repeated_step(const Storage *s, const Value *v)
{
    for (const Block *b = ir_scope(v); b && b != s->outermost->block; b = b->parent)
        if (b->owner && b->owner->repeats)
            return true;
    return false;
}

static void find_uses(Storage *s, Block *block)
{
    for (Use use = ir_first_use(block); use.block; use = ir_next_use(use, block)) {
        const Value *used = *ir_used(&use);
        if (used->id <= s->last_id && !ir_visible(used, use.block) && !is_of_repeated_step(s, used))
            vec_push(&s->uses, use);
    }
}

/* ---- one region ---- */

static void keep_decided(Storage *s)
{
    for (size_t k = 0; k < s->states.count; k++)
        if (s->states.at[k].kept)
            storage_keep_state(s, &s->states.at[k]);
    for (size_t k = 0; k < s->values.count; k++) {
        Value *v = s->values.at[k];
        s->handed_back[v->id] = s->options->hand_back && s->kept[v->id] && storage_next_of_kept(s, v) >= 0;
        if (s->kept[v->id] && !s->handed_back[v->id])
            storage_keep(s, v);
    }
}

static bool is_asked(Storage *s, Value *twin)
{
    s->outermost = twin->twin;
    s->uses.count = s->values.count = s->states.count = 0;
    for (int k = 0; k < 2; k++)
        if (twin->blocks[k])
            find_uses(s, twin->blocks[k]);
    return s->uses.count > 0;
}

static void plan_region(Storage *s, Value *twin)
{
    if (!is_asked(s, twin))
        return;
    storage_decide(s);
    keep_decided(s);
    for (size_t k = 0; k < s->uses.count; k++) {
        const Use *use = &s->uses.at[k];
        Value *supplied = storage_supply(s, *ir_used(use), use->user, use->block);
        *ir_used(use) = supplied; /* which is elsewhere where a state that is handed back made more yields */
    }
    storage_close_hand_backs(s);
    storage_copy_last_states(s);
    storage_expand_arrays(s);
}

static void note_yields(Storage *s, const Value *branch)
{
    for (int side = 0; side < 2; side++)
        for (int k = 0; k < branch->nresults; k++) {
            const Value *v = branch->blocks[side]->yields[k];
            if (ir_scope(v) != branch->blocks[side])
                continue;
            s->yielded_as[v->id] = branch->results[k];
            Value **first = storage_handed_on(s, v);
            *first = *first ? *first : branch->results[k];
        }
}

static void find_twins(Storage *s, Block *block, Values *outermost, bool inside)
{
    for (Value *v = block->first; v; v = v->next) {
        if (v->kind == VAL_STORE)
            vec_push(&s->stores[v->args[1]->id], v);
        if (v->kind == VAL_IF)
            note_yields(s, v);
        if (v->twin) {
            s->twin[v->twin->id] = v;
            if (!inside)
                vec_push(outermost, v);
        }
        for (int k = 0; k < 2; k++)
            if (v->blocks[k])
                find_twins(s, v->blocks[k], outermost, (inside || v->twin) && !v->repeats);
    }
}

static Storage new_storage(Function *fn, const DeriveOptions *options, unsigned last_id, Values *outermost)
{
    const size_t n = fn->next_id + 1;
    Storage s = {.function = fn, .options = options, .last_id = last_id};
    s.twin = ARENA_ARRAY(Value *, n);
    s.node = ARENA_ARRAY(int, n);
    s.kept = ARENA_ARRAY(bool, n);
    s.copy = ARENA_ARRAY(Value *, n);
    s.home = ARENA_ARRAY(Value *, n);
    s.handed_back = ARENA_ARRAY(bool, n);
    s.stored_at = ARENA_ARRAY(Value *, n);
    s.was_kept = ARENA_ARRAY(bool, n);
    s.state_of = ARENA_ARRAY(int, n);
    s.held_by = ARENA_ARRAY(Value *, n);
    s.left_in = ARENA_ARRAY(int, n);
    s.left_at = ARENA_ARRAY(Value *, n);
    s.told = ARENA_ARRAY(Told, n);
    s.comes_back = ARENA_ARRAY(bool, n);
    s.bound = ARENA_ARRAY(bool, n);
    s.was_kept_first = ARENA_ARRAY(bool, n);
    memory_mark_private(fn);
    s.accesses = accesses_find(fn);
    s.stores = ARENA_ARRAY(Values, n);
    s.yielded_as = ARENA_ARRAY(Value *, n);
    find_twins(&s, fn->body, outermost, false);
    return s;
}

void storage_plan(Function *fn, const DeriveOptions *options, unsigned last_id)
{
    Values outermost = {0};
    Storage s = new_storage(fn, options, last_id, &outermost);
    for (size_t k = 0; k < outermost.count; k++)
        plan_region(&s, outermost.at[k]);
}

int64_t storage_weigh(Function *fn, const DeriveOptions *options)
{
    Values outermost = {0};
    Storage s = new_storage(fn, options, fn->next_id, &outermost);
    s.probes = true;
    int64_t weight = 0;
    for (size_t k = 0; k < outermost.count; k++) {
        if (!is_asked(&s, outermost.at[k]))
            continue;
        storage_decide(&s);
        weight += s.weight;
    }
    return s.is_lost || weight > CUT_INFINITE ? CUT_INFINITE : weight;
}

int storage_estimate(Function *fn, const DeriveOptions *options, Value *twin, const bool *inside, int64_t *weight)
{
    Values outermost = {0};
    Storage s = new_storage(fn, options, fn->next_id, &outermost);
    *weight = 0;
    int kept = 0;
    if (!is_asked(&s, twin))
        return 0;
    storage_decide(&s);
    for (size_t k = 0; k < s.values.count; k++) {
        const Value *v = s.values.at[k];
        if (!s.kept[v->id] || !inside[v->id] || s.handed_back[v->id])
            continue;
        kept++;
        *weight += storage_times_executed(&s, v) / TRIPS_GUESS * COST_KEEP;
    }
    for (size_t k = 0; k < s.states.count; k++) {
        const State *state = &s.states.at[k];
        if (!state->kept || state->section || !ir_block_inside(state->object->block, s.outermost->blocks[1]))
            continue;
        kept++;
        *weight += storage_guess_size(state) * COST_KEEP; /* writing it there costs nothing, its memory does */
    }
    *weight /= COST_KEEP;
    return kept;
}
