/*
 * storage_graph.c: the graph of where values may come from, and its minimum cut (storage.h).
 */
#include "flat.h"
#include "storage.h"

/* ---- where a value may come from ---- */

/* Counters of counted loops are: the reverse loop counts the same values. */
bool storage_is_there(const Storage *s, const Value *v)
{
    return storage_is_before(s, v) || (v->kind == VAL_COUNTER && v->region->counted);
}

/* Where it stands in its block. */
static const Value *standing(const Value *v)
{
    return v->kind == VAL_RESULT ? v->region : v;
}

/* Memory that is found or allocated between v and the store is given back before the reverse of v. */
static bool is_found_behind(const Value *base, const Value *v)
{
    const Value *at = standing(base), *first = standing(v);
    if (base->kind == VAL_LOCAL || at->block != ir_scope(v))
        return false;
    while (at && at != first)
        at = at->prev;
    return at == first;
}

Value *storage_own_place(const Storage *s, const Value *v)
{
    for (size_t k = 0; k < s->stores[v->id].count; k++) {
        Value *w = s->stores[v->id].at[k];
        if (w->block == ir_scope(v) && !is_found_behind(memory_base(w->args[0]), v) &&
            storage_still_there(s, w, w->args[0]))
            return w->args[0];
    }
    const Value *result = s->yielded_as[v->id];
    return result ? storage_own_place(s, result) : NULL;
}

static int want(Storage *s, Value *v);

static void need_for(Storage *s, Value *operand, int again)
{
    if (!storage_is_there(s, operand))
        cut_add_edge(&s->graph, want(s, operand) + 1, again, CUT_INFINITE);
}

void storage_visit_choice(Storage *s, const Value *region, ChoiceOperand visit, void *request)
{
    visit(s, region->args[0], request);
    for (int side = 0; side < 2; side++) {
        const Block *block = region->blocks[side];
        for (const Value *v = block->first; v; v = v->next)
            for (int k = 0; k < v->nargs; k++)
                if (v->args[k]->block != block)
                    visit(s, v->args[k], request);
        for (int k = 0; k < block->nyields; k++)
            if (block->yields[k]->block != block)
                visit(s, block->yields[k], request);
    }
}

static void need_for_choice(Storage *s, Value *operand, void *again)
{
    need_for(s, operand, *(const int *)again);
}

static void need_series(Storage *s, const Value *v, int again)
{
    Series series;
    series_find(v, &series);
    need_for(s, series.init, again);
    need_for(s, v->region->from, again);
    for (int k = 0; k < series.nterms; k++)
        need_for(s, series.term[k], again);
}

static void need_state(Storage *s, int index, const Value *address, int again)
{
    const State *state = &s->states.at[index - 1];
    Value *indices[FLAT_MAX];
    cut_add_edge(&s->graph, state->node + 1, again, CUT_INFINITE);
    if (state->section) /* whose elements counters tell */
        return;
    const int n = flat_indices(address, state->object, indices);
    for (int k = 0; k < n; k++)
        if (indices[k])
            need_for(s, indices[k], again);
}

static bool is_copied(const Storage *s, const Value *object)
{
    for (size_t k = 0; k < s->copied.count; k++)
        if (s->copied.at[k] == object)
            return true;
    return false;
}

/*
 * Where the program stores v in an element of an array, which stays until the step is over, and the next step begins
 * with a copy of the array that is kept anyway.
 */
static bool find_left(Storage *s, Value *v)
{
    for (size_t k = 0; k < s->stores[v->id].count && s->copied.count > 0; k++) {
        const Value *w = s->stores[v->id].at[k];
        Value *object = memory_base(w->args[0]), *indices[FLAT_MAX];
        Block *step = s->outermost->blocks[1];
        if (w->block != ir_scope(v) || !is_copied(s, object) || !type_same(type_scalar(object->type->to), v->type) ||
            flat_indices(w->args[0], object, indices) != storage_dimensions_before(s, object) ||
            !storage_stays_until(s, w, w->args[0], step))
            continue;
        s->left_at[v->id] = w->args[0];
        s->left_in[v->id] = storage_new_state(s, object, step, step->first, w->args[0]);
        return true;
    }
    return false;
}

/* Where the array that the program stores v in is copied later on. Asked where v would be kept otherwise. */
static bool find_stored(Storage *s, const Value *v)
{
    for (size_t k = 0; s->was_kept[v->id] && !s->state_of[v->id] && k < s->stores[v->id].count; k++) {
        Value *w = s->stores[v->id].at[k];
        if (w->block == ir_scope(v) && (s->state_of[v->id] = storage_find_later(s, w)))
            s->held_by[v->id] = w;
    }
    return s->state_of[v->id];
}

/* What a load finds in an array of which there is a copy, or can be. */
static bool find_loaded(Storage *s, Value *load)
{
    s->held_by[load->id] = load;
    s->state_of[load->id] = s->options->later_copies ? storage_find_later(s, load) : 0;
    if (!s->state_of[load->id])
        s->state_of[load->id] = storage_find_state(s, load);
    return s->state_of[load->id];
}

/* An object of an inner block is gone when the reverse sweep asks for it, and nothing stands for it. */
static void refuse_lost_object(Storage *s, const Value *v)
{
    s->is_lost = true;
    if (s->probes)
        return;
    const bool in_two_parts = s->function->in_two_parts;
    diag_error(v->loc, "the reverse sweep needs '%s', a variable of %s that holds pointers",
               v->hint ? v->hint : "a temporary", in_two_parts ? "a recursive function" : "an inner block");
    diag_note((Loc){0}, in_two_parts ? "pass pointers as arguments, or take the variable from malloc"
                                     : "declare it at the start of the function");
}

/* A formula of constants and, where that is allowed, of what is known before the region. */
static bool is_formula(const Storage *s, const Value *v, bool before, int depth)
{
    if (v->kind == VAL_INT || v->kind == VAL_REAL)
        return true;
    if (storage_is_before(s, v))
        return before;
    if (!depth || !ir_is_pure(v->kind) || ir_is_leaf(v->kind) || v->kind == VAL_PURE_CALL)
        return false;
    for (int k = 0; k < v->nargs; k++)
        if (!is_formula(s, v->args[k], before, depth - 1))
            return false;
    return true;
}

/*
 * What is the same whenever it is computed is not kept: sqrt(2.0), which compilers compute, and integers, that is
 * indices: clang 14's vectoriser, where it knows that an array of them holds one number again and again, loses
 * additions to the element.
 */
static bool is_fixed(const Storage *s, const Value *v)
{
    enum { DEPTH = 6 };
    const bool is_truth = ir_is_comparison(v->kind);
    return is_formula(s, v, type_is_int(v->type) && !is_truth, DEPTH);
}

static int want(Storage *s, Value *v)
{
    if (s->node[v->id])
        return s->node[v->id];
    if (v->kind == VAL_LOCAL)
        refuse_lost_object(s, v);
    const int again = cut_new_node(&s->graph), needed = cut_new_node(&s->graph);
    s->node[v->id] = again;
    vec_push(&s->touched, v->id);
    vec_push(&s->values, v);
    const int64_t times = storage_times_executed(s, v);
    const bool fixed = is_fixed(s, v);
    int64_t cost = fixed ? 1 : storage_may_be_had_again(s, v) ? storage_cost_again(s, v) : CUT_INFINITE;
    if (cost > COST_LOAD && s->options->reload && (s->stored_at[v->id] = storage_own_place(s, v)))
        cost = COST_LOAD;
    if (cost > COST_LOAD && find_left(s, v))
        cost = COST_LOAD;
    if (cost > COST_LOAD && find_stored(s, v))
        cost = COST_LOAD;
    if (cost >= CUT_INFINITE && v->kind == VAL_LOAD && s->options->copies && find_loaded(s, v))
        cost = COST_LOAD;
    s->comes_back[v->id] = cost >= CUT_INFINITE && storage_comes_back(s, v);
    cost = s->bound[v->id] ? CUT_INFINITE : s->comes_back[v->id] ? COST_UNIT : cost;
    cut_add_edge(&s->graph, CUT_SOURCE, again, storage_weighted(cost, times));
    cut_add_edge(&s->graph, again, needed, storage_weighted(storage_cost_keep(s, v), times));
    if (s->stored_at[v->id]) {
        need_for(s, s->stored_at[v->id], again);
    } else if (s->left_in[v->id]) {
        need_state(s, s->left_in[v->id], s->left_at[v->id], again);
    } else if (s->state_of[v->id]) {
        need_state(s, s->state_of[v->id], s->held_by[v->id]->args[0], again);
    } else if (s->comes_back[v->id]) {
        for (int side = 0; v->kind == VAL_RESULT && side < 2; side++)
            need_for(s, v->region->blocks[side]->yields[v->i], again);
    } else if (storage_steps_evenly(v) && cost < CUT_INFINITE) {
        need_for(s, v->region->args[v->i], again);
        need_for(s, storage_step_of(v), again);
    } else if (v->kind == VAL_RESULT && cost < CUT_INFINITE) {
        storage_visit_choice(s, v->region, need_for_choice, &(int){again});
    } else if (v->kind == VAL_CARRIED && cost < CUT_INFINITE) {
        need_series(s, v, again);
    } else if (cost < CUT_INFINITE && !fixed) {
        const Told *told = &s->told[v->id];
        for (int k = 0; k < v->nargs; k++)
            need_for(s, told->place && told->operand == k ? told->place : v->args[k], again);
    }
    return again;
}

/* ---- the cut ---- */

/* They are kept once more, whatever else is decided. */
static void keep_copied(Storage *s)
{
    Block *step = s->outermost->blocks[1];
    for (size_t k = 0; k < s->copied.count; k++) {
        const int index = storage_new_state(s, s->copied.at[k], step, step->first, s->copied.at[k]);
        cut_add_edge(&s->graph, s->states.at[index - 1].node + 1, CUT_SINK, CUT_INFINITE);
    }
}

/* What is known by id of the region before. */
static void forget_region(Storage *s)
{
    for (size_t k = 0; k < s->touched.count; k++) {
        const unsigned id = s->touched.at[k];
        s->node[id] = s->state_of[id] = s->left_in[id] = 0;
        s->kept[id] = s->handed_back[id] = s->comes_back[id] = false;
        s->copy[id] = s->stored_at[id] = NULL;
    }
    s->touched.count = 0;
}

/* What is asked for, and the graph of where it may come from. */
static void build_graph(Storage *s)
{
    forget_region(s);
    s->values.count = s->states.count = 0;
    cut_init(&s->graph);
    for (size_t k = 0; k < s->uses.count; k++) {
        Value *v = *ir_used(&s->uses.at[k]);
        if (!storage_is_there(s, v))
            cut_add_edge(&s->graph, want(s, v) + 1, CUT_SINK, CUT_INFINITE);
    }
    for (int k = 0; s->found_kept && k < s->outermost->nresults; k++)
        if (s->found_kept[k])
            cut_add_edge(&s->graph, want(s, s->outermost->carried[k]) + 1, CUT_SINK, CUT_INFINITE);
    keep_copied(s);
}

static void cut_graph(Storage *s)
{
    const bool *source = cut_find(&s->graph);
    s->weight = cut_weight(&s->graph);
    for (size_t k = 0; k < s->values.count; k++) {
        const int again = s->node[s->values.at[k]->id];
        s->kept[s->values.at[k]->id] = source[again] && !source[again + 1];
    }
    for (size_t k = 0; k < s->states.count; k++) {
        State *state = &s->states.at[k];
        state->kept = source[state->node] && !source[state->node + 1];
    }
}

/* Which carried values of the outermost loop are kept, while their next ones are asked for, too. */
static bool find_kept_states(Storage *s)
{
    const Value *loop = s->outermost;
    bool any = false;
    if (loop->kind != VAL_LOOP || !s->options->hand_back)
        return false;
    s->found_kept = ARENA_ARRAY(bool, loop->nresults + 1);
    for (int k = 0; k < loop->nresults; k++) {
        const Value *next = loop->blocks[1]->yields[k];
        s->found_kept[k] = s->kept[loop->carried[k]->id] && !ir_is_leaf(next->kind) && s->node[next->id];
        any |= s->found_kept[k];
    }
    return any;
}

static bool find_copied(Storage *s)
{
    s->copied.count = 0;
    for (size_t k = 0; k < s->states.count && s->options->next_copies; k++)
        if (s->states.at[k].kept && storage_has_row_a_step(s, &s->states.at[k]))
            vec_push(&s->copied, s->states.at[k].object);
    return s->copied.count > 0;
}

/* What is kept although the program stores it, too, in an array of which there is a state. */
static bool find_stored_twice(Storage *s)
{
    bool any = false;
    for (size_t k = 0; s->states.count && s->options->later_copies && k < s->values.count; k++) {
        const Value *v = s->values.at[k];
        s->was_kept[v->id] = s->kept[v->id] && s->stores[v->id].count;
        any |= s->was_kept[v->id];
    }
    return any;
}

static void decide_without_results(Storage *s)
{
    s->found_kept = NULL;
    s->copied.count = 0;
    for (size_t k = 0; k < s->touched.count; k++) /* by the region before */
        s->told[s->touched.at[k]] = (Told){0};
    build_graph(s);
    cut_graph(s);
    const bool copied = find_copied(s), stored_twice = find_stored_twice(s), told = storage_find_told(s);
    if (!find_kept_states(s) && !copied && !stored_twice && !told)
        return;
    build_graph(s);
    cut_graph(s);
}

void storage_decide(Storage *s)
{
    s->results_back = false;
    decide_without_results(s);
    if (!storage_any_comes_back(s))
        return;
    for (size_t k = 0; k < s->values.count; k++)
        s->was_kept_first[s->values.at[k]->id] = s->kept[s->values.at[k]->id];
    s->results_back = true;
    build_graph(s);
    storage_bind_early(s);
    build_graph(s);
    cut_graph(s);
}
