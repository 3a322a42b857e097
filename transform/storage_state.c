/*
 * storage_state.c: arrays whose state at the beginning of some region serves the loads in it (storage.h).
 */
#include "flat.h"
#include "storage.h"

int storage_dimensions_before(const Storage *s, const Value *object)
{
    if (object->kind != VAL_LOCAL || type_scalar(object->type->to)->kind == TYPE_RECORD)
        return 0;
    int n = 0;
    for (const Type *t = object->type->to; t->kind == TYPE_ARRAY; t = t->to, n++)
        if (t->count == ARRAY_UNKNOWN || n == FLAT_MAX)
            return 0;
    for (int k = 0; k < object->nargs; k++)
        if (!storage_is_before(s, object->args[k]))
            return 0;
    return n;
}

int64_t storage_guess_size(const State *state)
{
    int64_t size = 1;
    for (int k = 0; state->section && k < state->section->ndigits; k++)
        size *= TRIPS_GUESS;
    if (state->section)
        return size;
    for (const Type *t = state->object->type->to; t->kind == TYPE_ARRAY; t = t->to)
        size *= t->count > 0 && t->count < 1000 ? t->count : TRIPS_GUESS;
    return size;
}

static bool counted_to(const Storage *s, const Block *block)
{
    for (const Block *b = block; b != s->outermost->block; b = b->parent)
        if (b->owner->kind == VAL_LOOP && !trips_are_bounded(b->owner, s->outermost->block))
            return false;
    return true;
}

/* An array that lives on as a row does so as it is at last, whichever of its elements was asked for first. */
static bool is_same_state(const Storage *s, State *a, const State *b)
{
    if (a->object != b->object || a->block != b->block || !(a->writer == b->writer || (a->expands && b->expands)))
        return false;
    if (a->section && b->section)
        return section_unite(a->section, b->section, s->outermost->block);
    return !a->section && !b->section;
}

/* What last writes to the address, or makes the object, before the region in its block; NULL: nothing there. Most of
 * the time it is near: a long chain of loops over one array asks for each of them. */
static Value *last_writer(const Storage *s, Value *object, const Block *block, const Value *region,
                          const Value *address)
{
    enum { NEAR = 64, FARTHER = 4 };
    const unsigned first = accesses_place(s->accesses, block->first), end = accesses_place(s->accesses, region);
    Value *last = NULL;
    unsigned from = end, until = end;
    for (unsigned span = NEAR; !last && from > first; span *= FARTHER, until = from) {
        from = end - first > span ? end - span : first;
        AccessWalk walk = accesses_walk(s->accesses, address, from, until - 1, ACCESS_WRITES);
        unsigned place = 0;
        for (Value *w; (w = accesses_next(&walk));)
            if ((!last || accesses_place(s->accesses, w) > place) && memory_writes_ever(w, address)) {
                last = w;
                place = accesses_place(s->accesses, w);
            }
    }
    if (!last)
        return object->block == block && ir_is_behind(region, object) ? object : NULL;
    return (Value *)(uintptr_t)ir_in_block(block, last);
}

/* What is asked for first is not what is read first. */
static void begin_earlier(const Storage *s, State *state, const Value *region)
{
    if (state->section && accesses_place(s->accesses, region) < accesses_place(s->accesses, state->region))
        state->region = region;
}

static int add_state(Storage *s, State state)
{
    Value *object = state.object;
    for (size_t k = 0; k < s->states.count; k++)
        if (is_same_state(s, &s->states.at[k], &state)) {
            begin_earlier(s, &s->states.at[k], state.region);
            return (int)k + 1;
        }
    const int again = cut_new_node(&s->graph);
    state.node = again;
    cut_new_node(&s->graph);
    const bool moves =
        storage_has_row_a_step(s, &state) && s->options->histories && history_is_renewed(object, s->outermost);
    const int64_t element = state.expands ? COST_ROW : moves ? COST_HISTORY : COST_KEEP;
    const int64_t cost = storage_weighted(element * storage_guess_size(&state), storage_times_of_block(s, state.block));
    cut_add_edge(&s->graph, CUT_SOURCE, again, CUT_INFINITE);
    cut_add_edge(&s->graph, again, again + 1, cost);
    vec_push(&s->states, state);
    return (int)s->states.count;
}

int storage_new_state(Storage *s, Value *object, Block *block, const Value *region, const Value *address)
{
    State state = {.object = object, .block = block, .region = region};
    state.expands = s->options->rows && block != s->outermost->block && expand_is_possible(object, region);
    state.writer = last_writer(s, object, block, region, address);
    return add_state(s, state);
}

/* Does the load, which is in `child` of a block of `region`, read what the region found when it began? The loops from
 * the load out to the region are `loops`. */
static bool reads_what_was_there(const Storage *s, const Value *load, const Value *child, const Value *region,
                                 Value *const *loops, int nloops)
{
    Value *address = load->args[0];
    if (!storage_written_in_run(s, address, region, false))
        return true;
    const unsigned first = accesses_place(s->accesses, child->block->first), here = accesses_place(s->accesses, child);
    if (here > first && storage_written_between(s, address, first, here - 1, false))
        return false;
    if (storage_dimensions_before(s, memory_base(address)) && !fill_loops_span(loops, nloops, memory_base(address)))
        return false;
    return region->kind != VAL_LOOP ||
           (index_is_injective(address, loops, nloops) && !storage_written_in_run(s, address, region, true));
}

/* The same for what is no local array of known extents, of which sections are copied. */
static int find_section(Storage *s, const Value *load)
{
    Value *address = load->args[0], *loops[MAX_DEPTH], *object = memory_base(address);
    int nloops = 0;
    State state = {.object = object, .load = load};
    const Value *at = load;
    while (at->block != s->outermost->block && nloops < MAX_DEPTH) {
        const Value *child = at;
        at = loops[nloops++] = at->block->owner;
        Section section;
        if (at->kind != VAL_LOOP || !reads_what_was_there(s, load, child, at, loops, nloops))
            break;
        if (!counted_to(s, at->block) || !section_find(&section, load, at->block, s->outermost->block))
            continue;
        state.block = at->block;
        state.region = at;
        state.section = state.section ? state.section : ARENA_NEW(Section);
        *state.section = section;
    }
    if (!state.section)
        return 0;
    state.writer = last_writer(s, object, state.block, state.region, address);
    return add_state(s, state);
}

int storage_find_state(Storage *s, Value *load)
{
    Value *address = load->args[0], *object = memory_base(address);
    Value *indices[FLAT_MAX], *loops[MAX_DEPTH];
    const int n = storage_dimensions_before(s, object);
    int nloops = 0;
    if (s->function->in_two_parts)
        return 0;
    if (n == 0)
        return s->options->sections ? find_section(s, load) : 0;
    if (flat_indices(address, object, indices) != n)
        return 0;
    Value *chosen = NULL;
    for (Value *at = load; at->block != s->outermost->block && nloops < MAX_DEPTH;) {
        const Value *child = at;
        at = at->block->owner;
        if (at->kind == VAL_LOOP)
            loops[nloops++] = at;
        const bool holds_object =
            ir_block_inside(object->block, at->blocks[0]) || ir_block_inside(object->block, at->blocks[1]);
        if (holds_object || !reads_what_was_there(s, load, child, at, loops, nloops))
            break;
        if (counted_to(s, at->block))
            chosen = at;
    }
    return chosen ? storage_new_state(s, object, chosen->block, chosen, address) : 0;
}

/* Does the state have the element, wherever the access is done? */
static bool state_has(const Storage *s, const State *state, const Value *access)
{
    const Type *type = ir_accessed_type(access);
    Value *indices[FLAT_MAX];
    if (!state->section)
        return type_same(type_scalar(state->object->type->to), type) &&
               flat_indices(access->args[0], state->object, indices) == storage_dimensions_before(s, state->object);
    Section section;
    const Block *before = s->outermost->block;
    return (section_find(&section, access, state->block, before) && section_unite(state->section, &section, before)) ||
           section_has(state->section, access, state->block, before);
}

/* Is the copy made when the address is written no more? A section is copied right before the region, and no load that
 * asks for an earlier copy may share it from now on; a whole array right behind its writer. */
static bool is_made_behind_writer(const Storage *s, State *state, const Value *address)
{
    if (state->expands)
        return true;
    Value *writer = last_writer(s, state->object, state->block, state->region, address);
    if (!writer || writer == state->writer || (state->writer && ir_is_behind(state->writer, writer)))
        return true;
    if (state->section)
        state->writer = writer;
    return state->section;
}

/*
 *     for (i = n - 1; i >= 0; i--)
 *         for (j = i + 1; j < n; j++) w[i] -= a[i][j] * w[j];      w[j] stays, and is in the copy that
 *     for (i < n) x[i] = w[i] * w[i];                              serves this loop
 *
 * A copy holds what was stored before it is made, and not overwritten since.
 */
int storage_find_later(const Storage *s, const Value *access)
{
    enum { TRIES = 8 };
    const Value *object = memory_base(access->args[0]);
    int tries = 0;
    for (size_t k = s->states.count; k > 0 && tries < TRIES; k--) {
        State *state = &s->states.at[k - 1];
        if (state->object != object || !ir_block_inside(access->block, state->block))
            continue;
        const Value *at = ir_in_block(state->block, access);
        tries++;
        if (accesses_last(s->accesses, at) < accesses_place(s->accesses, state->region) &&
            storage_stays_before(s, access, access->args[0], state->region) && state_has(s, state, access) &&
            is_made_behind_writer(s, state, access->args[0]))
            return (int)k;
    }
    return 0;
}
