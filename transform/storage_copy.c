/*
 * storage_copy.c: copies of arrays, and rows of arrays that live on (storage.h).
 */
#include "flat.h"
#include "storage.h"

/* Which of the copies is that of this run of the block? */
static Value *copy_number(Storage *s, Builder *b, const State *state, bool reverse)
{
    const Nest nest = storage_loops_around(s, state->block);
    if (!nest.count)
        return ir_int(b, state->size->type, 0);
    Value *number = storage_array_index(s, b, &nest, reverse);
    return number->type->size < s->function->module->types.int_->size ? storage_size_cast(b, number) : number;
}

static Value *copy_at(Builder *b, const State *state, Value *number)
{
    return flat_copy_at(b, state->array, number, state->size);
}

bool storage_has_row_a_step(const Storage *s, const State *state)
{
    const Value *loop = s->outermost;
    if (loop->kind != VAL_LOOP || !loop->counted || state->block != loop->blocks[1] || state->writer ||
        state->expands || state->section)
        return false;
    const Nest nest = storage_loops_around(s, state->block);
    const Block *place = storage_outermost_place(s, &nest, state)->block;
    return ir_visible(loop->from, place) && ir_visible(loop->to, place); /* where else trips are a bound only */
}

/* A copy at the start of each iteration of the outermost loop, which may go to the next one's place (history.c). */
static void note_history(Storage *s, const State *state, Value *number, Value *copy, Value *trips)
{
    if (storage_has_row_a_step(s, state))
        vec_push(&s->function->histories, ((History){.object = state->object,
                                                     .loop = s->outermost,
                                                     .twin = s->twin[s->outermost->id],
                                                     .copy = copy,
                                                     .array = state->array,
                                                     .number = number,
                                                     .size = state->size,
                                                     .trips = trips}));
}

static const char *name_of_state(const State *state)
{
    return state->section ? storage_name_of_place(state->load->args[0]) : state->object->hint;
}

/*
 * Arrays like the one that is copied. Extents of run-time size are more than zero where that has been declared by then;
 * elsewhere nobody says so, and the copies are scalars.
 */
static Value *alloc_copies(Builder *b, const State *state, Value *count)
{
    const Value *object = state->object;
    if (state->section)
        return ir_new(b, VAL_ALLOC, type_pointer(state->load->type), 1, &count);
    if (object->nargs && !ir_block_inside(b->block, object->block))
        return ir_new(b, VAL_ALLOC, type_pointer(type_scalar(object->type->to)), 1, &count);
    Value **args = ARENA_ARRAY(Value *, object->nargs + 1);
    args[0] = count;
    for (int k = 0; k < object->nargs; k++)
        args[k + 1] = object->args[k];
    return ir_new(b, VAL_ALLOC, object->type, object->nargs + 1, args);
}

/* C makes a pointer of an array: v_was[s] and h_all[s] are such to their first elements. */
static Value *begin_of(Builder *b, Value *copy)
{
    return copy->type->to->kind == TYPE_ARRAY ? ir_decay(b, copy) : copy;
}

/* was[begin + e] = a[e], right before the region: only there it is for sure that the elements are there, and how many
 * of the most that there may be. */
static void copy_section(Storage *s, State *state, const Block *place)
{
    Value *region = (Value *)(uintptr_t)state->region;
    Builder b = storage_builder_before(s, region);
    Type *size = state->size->type;
    Value *count = section_is_known(state->section, place) ? state->size : section_count(&b, state->section);
    Value *copy = copy_at(&b, state, copy_number(s, &b, state, false));
    Value *loop = ir_count(&b, ir_int(&b, size, 0), VAL_LT, count, 1);
    b = ir_inside(&b, loop);
    ir_store(&b, ir_ptradd(&b, copy, loop->counter, NULL),
             ir_load(&b, section_element(&b, state->section, loop->counter)));
}

void storage_keep_state(Storage *s, State *state)
{
    if (state->section)
        storage_note(s, DECIDED_COPIES, state->load, state->block, 0);
    else
        storage_note(s, state->expands ? DECIDED_ROWS : DECIDED_COPIES, state->object, state->object->block, 0);
    const Nest nest = storage_loops_around(s, state->block);
    Value *place = storage_outermost_place(s, &nest, state);
    Builder b = storage_builder_before(s, place);
    state->size = state->section ? section_most(&b, state->section) : flat_count(&b, state->object);
    Value *count = state->size, *trips = NULL;
    for (int k = 0; k < nest.count; k++) {
        trips = trips_count(&b, nest.loop[k], place->block);
        count = ir_binary(&b, VAL_MUL, count->type, count, trips);
    }
    const char *name = name_of_state(state);
    state->array = alloc_copies(&b, state, count);
    state->array->hint = name && *name ? arena_printf("%s_%s", name, state->expands ? "all" : "was") : "kept";
    state->array->is_private = state->array->is_kept = true;
    storage_free_behind(s, place, state->array, VAL_FREE);
    if (state->expands)
        return;
    if (state->section) {
        copy_section(s, state, place->block);
        return;
    }
    b = (Builder){.function = s->function, .block = state->block, .loc = state->object->loc};
    if (state->block == s->outermost->block) /* behind where the copies were made */
        b.before = s->outermost;
    else
        b.before = state->writer ? state->writer->next : state->block->first;
    Value *number = copy_number(s, &b, state, false);
    note_history(s, state, number, flat_copy(&b, state->object, copy_at(&b, state, number), false), trips);
}

/* Where the reverse of the block finds its copy, computed once. */
static Value *reread_state(Storage *s, State *state)
{
    if (state->reread)
        return state->reread;
    Block *block = state->block == s->outermost->block ? NULL : storage_twin_block(s, state->block);
    Builder b = {.function = s->function, .block = state->array->block, .loc = state->object->loc, .adjoint = true};
    if (!block) { /* the only copy */
        b.before = state->array->next;
        return state->reread = begin_of(&b, state->array);
    }
    b.block = block;
    b.before = block->first;
    state->reread = begin_of(&b, copy_at(&b, state, copy_number(s, &b, state, true)));
    state->reread->hint = name_of_state(state);
    return state->reread;
}

/* Where it finds the next copy. */
static Value *state_after(Storage *s, State *state)
{
    if (state->after)
        return state->after;
    Block *block = storage_twin_block(s, state->block);
    Builder b = {
        .function = s->function, .block = block, .before = block->first, .loc = state->object->loc, .adjoint = true};
    state->after = begin_of(&b, copy_at(&b, state, ir_plus(&b, copy_number(s, &b, state, true), 1)));
    if (state->object->hint)
        state->after->hint = arena_printf("%s_after", state->object->hint);
    return state->after;
}

/* The element that the address is that of, in a copy. */
static Value *load_from_copy(Storage *s, const State *state, Value *copy, const Value *address, Builder *b, Value *user,
                             Block *from)
{
    Value *indices[FLAT_MAX];
    const int n = flat_indices(address, state->object, indices);
    b->hint = NULL;
    for (int k = 0; k < n; k++)
        if (indices[k])
            indices[k] = storage_supply(s, indices[k], user, from);
    const bool is_flat = state->array->type->to->kind != TYPE_ARRAY, is_history = storage_has_row_a_step(s, state);
    Value *element = is_history ? flat_element(b, state->object, ir_decay(b, state->object), indices, n) : NULL;
    Value *load = ir_load(b, is_flat ? flat_copy_element(b, state->object, copy, indices, n)
                                     : flat_element(b, state->object, copy, indices, n));
    if (is_history)
        vec_push(&s->function->copy_loads, ((CopyLoad){load, element, state->array, copy == state->after}));
    return load;
}

typedef struct {
    Storage *s;
    Value *user;
    Block *from;
} Supply;

static Value *supply_value(Value *v, void *request)
{
    const Supply *supply = request;
    return storage_supply(supply->s, v, supply->user, supply->from);
}

static Value *load_from_section(Storage *s, const State *state, const Value *v, Value *copy, Builder *b, Value *user,
                                Block *from)
{
    b->hint = NULL;
    Value *index = section_index(b, state->section, s->held_by[v->id], state->block, s->outermost->block, supply_value,
                                 &(Supply){s, user, from});
    return ir_load(b, ir_ptradd(b, copy, index, NULL));
}

Value *storage_load_from_state(Storage *s, const Value *v, Builder *b, Value *user, Block *from)
{
    const bool left = s->left_in[v->id] != 0;
    State *state = &s->states.at[(left ? s->left_in[v->id] : s->state_of[v->id]) - 1];
    Value *copy = left ? state_after(s, state) : reread_state(s, state);
    if (state->section)
        return load_from_section(s, state, v, copy, b, user, from);
    return load_from_copy(s, state, copy, left ? s->left_at[v->id] : s->held_by[v->id]->args[0], b, user, from);
}

/* When all uses are supplied: what the last step leaves is copied too, where that is read. */
static void copy_last(Storage *s, const State *state)
{
    History *history = NULL;
    for (size_t k = 0; k < s->function->histories.count; k++)
        if (s->function->histories.at[k].array == state->array)
            history = &s->function->histories.at[k];
    if (!history)
        diag_internal(state->object->loc, "a copy has no next one");
    Value *array = state->array, *loop = s->outermost;
    Builder b = storage_builder_before(s, array);
    array->args[0] = ir_binary(&b, VAL_ADD, state->size->type, array->args[0], state->size);
    b = (Builder){.function = s->function, .block = loop->block, .before = loop->next, .loc = state->object->loc};
    history->last = flat_copy(&b, state->object, copy_at(&b, state, history->trips), false);
}

void storage_copy_last_states(Storage *s)
{
    for (size_t k = 0; k < s->states.count; k++)
        if (s->states.at[k].after)
            copy_last(s, &s->states.at[k]);
}

void storage_expand_arrays(Storage *s)
{
    for (size_t k = 0; k < s->states.count; k++) {
        State *state = &s->states.at[k];
        if (!state->expands || !state->array)
            continue;
        Value *object = state->object;
        Builder b = {.function = s->function, .block = object->block, .before = object->next, .loc = object->loc};
        Value *row = begin_of(&b, copy_at(&b, state, copy_number(s, &b, state, false)));
        row->hint = object->hint;
        expand_object(object, row);
    }
}
