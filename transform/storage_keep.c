/*
 * storage_keep.c: values that are kept: in arrays, on tapes, handed out of branches (storage.h).
 */
#include "storage.h"

#define uthash_malloc(size) arena_alloc(size)
#define uthash_free(pointer, size) ((void)(pointer))
#include <uthash.h>

/* ---- names ---- */

/* What the user calls the place: x for x[i], mass for p->mass; NULL where there is no name. */
const char *storage_name_of_place(const Value *address)
{
    while (address->kind == VAL_PTRADD || address->kind == VAL_DECAY)
        address = address->args[0];
    if (address->kind == VAL_FIELD)
        return address->args[0]->type->to->record->fields[address->i].name;
    return address->kind == VAL_GLOBAL ? address->global->name : address->hint;
}

/* Where the value is read from, or goes to. */
static const Value *place_of(const Value *v)
{
    enum { SOON = 8 };
    if (!v->block)
        return NULL;
    if (v->kind == VAL_LOAD)
        return v->args[0];
    const Value *w = v->next;
    for (int k = 0; w && k < SOON; k++, w = w->next)
        if (w->kind == VAL_STORE && w->args[1] == v)
            return w->adjoint ? NULL : w->args[0];
    return NULL;
}

/* What the user calls the value, or the place that it is read from or goes to; NULL where there is no name. */
static const char *user_name(const Value *v)
{
    if (v->hint)
        return v->hint;
    const Value *place = place_of(v);
    const char *name = place ? storage_name_of_place(place) : NULL;
    return name && *name ? name : NULL;
}

static const char *name_of_storage(const Value *v, const char *suffix, const char *otherwise)
{
    const bool is_condition = v->kind >= VAL_EQ && v->kind <= VAL_LOR;
    const char *name = is_condition && !v->hint ? "taken" : user_name(v);
    return name ? arena_printf("%s_%s", name, suffix) : otherwise;
}

/* ---- arrays and tapes ---- */

Nest storage_loops_around(const Storage *s, const Block *block)
{
    Nest nest = {0};
    for (const Block *b = block; b != s->outermost->block; b = b->parent)
        if (b->owner->kind == VAL_LOOP && nest.count < MAX_DEPTH)
            nest.loop[nest.count++] = b->owner;
    for (int k = 0; k < nest.count / 2; k++) {
        Value *swap = nest.loop[k];
        nest.loop[k] = nest.loop[nest.count - 1 - k];
        nest.loop[nest.count - 1 - k] = swap;
    }
    return nest;
}

Builder storage_builder_before(const Storage *s, Value *v)
{
    return (Builder){.function = s->function, .block = v->block, .before = v, .loc = v->loc};
}

static bool sized_before(const Storage *s, const Nest *nest)
{
    for (int k = 0; k < nest->count; k++)
        if (!trips_are_bounded(nest->loop[k], s->outermost->block))
            return false;
    return true;
}

Value *storage_size_cast(Builder *b, Value *v)
{
    return ir_cast(b, b->function->module->types.size, v);
}

/* Of what type the numbers of elements are: int where it holds them all, and the iterations are counted in it. */
static Type *type_of_index(const Storage *s, Builder *b, const Nest *nest)
{
    const BasicTypes *types = &b->function->module->types;
    int64_t product = 1;
    for (int k = 0; k < nest->count; k++) {
        const Value *trips = trips_count(b, nest->loop[k], s->outermost->block);
        if (trips->kind != VAL_INT || trips->i <= 0 || trips->i > INT32_MAX / product ||
            !type_same(nest->loop[k]->counter->type, types->int_))
            return types->size;
        product *= trips->i;
    }
    return types->int_;
}

static Value *number_of(Storage *s, Builder *b, Value *loop, bool reverse)
{
    return trips_number(b, loop, reverse ? s->twin[loop->id]->counter : loop->counter, s->outermost->block);
}

Value *storage_array_index(Storage *s, Builder *b, const Nest *nest, bool reverse)
{
    Value *index = NULL;
    Type *type = type_of_index(s, b, nest);
    for (int k = 0; k < nest->count; k++) {
        Value *loop = nest->loop[k];
        Value *number = number_of(s, b, loop, reverse);
        if (nest->count == 1)
            return number;
        number = ir_cast(b, type, number);
        if (index)
            index = ir_binary(b, VAL_MUL, type, index, ir_cast(b, type, trips_count(b, loop, s->outermost->block)));
        index = index ? ir_binary(b, VAL_ADD, type, index, number) : number;
    }
    return index;
}

Value *storage_element(Storage *s, Builder *b, Value *home, const Nest *nest, bool reverse)
{
    if (home->kind != VAL_DECAY)
        return ir_ptradd(b, home, storage_array_index(s, b, nest, reverse), NULL);
    Value *element = home->args[0];
    for (int k = 0; k < nest->count; k++)
        element = ir_ptradd(b, ir_decay(b, element), number_of(s, b, nest->loop[k], reverse), NULL);
    return element;
}

void storage_free_behind(Storage *s, const Value *place, Value *storage, ValueKind kind)
{
    const Value *end = place->id <= s->last_id && s->twin[place->id] ? s->twin[place->id] : place;
    Builder b = {.function = s->function, .block = end->block, .before = end->next, .loc = end->loc};
    ir_new(&b, kind, s->function->module->types.void_, 1, &storage);
}

static bool size_is_known(const State *state, const Block *block)
{
    if (state->section)
        return section_is_bounded(state->section, block);
    for (int k = 0; k < state->object->nargs; k++)
        if (!ir_visible(state->object->args[k], block))
            return false;
    return true;
}

Value *storage_outermost_place(const Storage *s, const Nest *nest, const State *state)
{
    Value *place = s->outermost;
    while (place->block->owner) {
        const Block *around = place->block->owner->block;
        for (int k = 0; k < nest->count; k++)
            if (!trips_are_bounded(nest->loop[k], around))
                return place;
        if (state && !size_is_known(state, around))
            return place;
        place = place->block->owner;
    }
    return place;
}

/* How many values there are, before the place. */
static Value *count_values(Builder *b, const Nest *nest, const Value *place)
{
    Value *count = trips_count(b, nest->loop[0], place->block);
    for (int k = 1; k < nest->count; k++)
        count = ir_binary(b, VAL_MUL, count->type, count, trips_count(b, nest->loop[k], place->block));
    return count;
}

/* To rows of run-time size: a local array of such pointers would be declared with their extents. */
static bool leads_to_rows(const Type *type)
{
    return type_is_pointer(type) && type_is_variable_array(type->to);
}

static bool is_small_constant(const Value *count, const Type *type)
{
    return count->kind == VAL_INT && count->i > 0 && type->size && count->i <= SMALL_BYTES / (int64_t)type->size;
}

/* An array on the stack stands right before the region, if its reverse is in the same block; one that is cleared, as
 * far out as it may. */
static Value *place_of_local(const Storage *s, Value *place, bool is_cleared)
{
    return !is_cleared && s->twin[s->outermost->id]->block == s->outermost->block ? s->outermost : place;
}

/* It has a dimension for each loop: x_was[i][j]. */
static Type *type_of_local(Builder *b, const Value *v, const Nest *nest, const Value *place)
{
    Type *type = v->type;
    for (int k = nest->count; k-- > 0;)
        type = type_array(type, trips_count(b, nest->loop[k], place->block)->i);
    return type;
}

static bool is_conditional(const Storage *s, const Value *v)
{
    for (const Block *b = ir_scope(v); b != s->outermost->block; b = b->parent)
        if (b->owner->kind == VAL_IF)
            return true;
    return false;
}

static Value *new_array(Storage *s, const Value *v, const Nest *nest)
{
    Value *place = storage_outermost_place(s, nest, NULL);
    Builder b = storage_builder_before(s, place);
    Value *count = count_values(&b, nest, place);
    const char *name = name_of_storage(v, "was", NULL);
    if (is_small_constant(count, v->type) && !leads_to_rows(v->type)) {
        Type *type = type_of_local(&b, v, nest, place);
        const bool clear = is_conditional(s, v); /* compilers can't see that what is not stored is not loaded */
        b = storage_builder_before(s, place_of_local(s, place, clear));
        Value *local = ir_local(&b, type, 0, NULL, name);
        if (clear)
            ir_new(&b, VAL_ZERO, s->function->module->types.void_, 1, &local);
        local->is_kept = true;
        return ir_decay(&b, local);
    }
    Value *array = ir_new(&b, VAL_ALLOC, type_pointer(v->type), 1, &count);
    array->hint = name;
    array->is_private = array->is_kept = true;
    storage_free_behind(s, place, array, VAL_FREE);
    return array;
}

/* Pushes and pops balance within the outermost region, so one tape serves for all its runs. */
static Value *new_tape(Storage *s, const Value *v)
{
    const Nest none = {0};
    Value *place = storage_outermost_place(s, &none, NULL);
    Builder b = storage_builder_before(s, place);
    Value *tape = ir_new(&b, VAL_TAPE, type_pointer(s->function->module->types.void_), 0, NULL);
    tape->aux_type = v->type;
    tape->hint = name_of_storage(v, "tape", "tape");
    storage_free_behind(s, place, tape, VAL_TAPE_FREE);
    return tape;
}

/* Right behind where v gets its value. */
static Builder builder_behind(const Storage *s, const Value *v)
{
    Builder b = {.function = s->function, .loc = v->loc};
    if (v->kind == VAL_CARRIED || v->kind == VAL_COUNTER) {
        b.block = v->region->blocks[1];
        b.before = b.block->first;
    } else {
        const Value *place = v->kind == VAL_RESULT ? v->region : v;
        b.block = place->block;
        b.before = place->next;
    }
    return b;
}

/*
 * The values of a recursive function share one tape. They go there at the end of their block, one behind the other, and
 * come back at the beginning of the twin block, the last one first: calls in between find the tape as they left it.
 * Both when v is first asked for, so that they are in one order.
 */
Value *storage_pass_by_tape(Storage *s, Value *v, Builder *b)
{
    Value *tape = split_tape(s->function);
    Builder end = builder_behind(s, v);
    end.before = NULL;
    ir_new(&end, VAL_PUSH, s->function->module->types.void_, 2, (Value *[]){tape, v});
    b->before = b->block->first;
    return ir_new(b, VAL_POP, v->type, 1, &tape);
}

/* ---- out of branches ---- */

/* Results that were made for one block of a branch, and are read only where that has run: the other may use them. */
typedef struct FreeResults {
    const char *key; /* which block, type and name */
    Values results;
    size_t used; /* of them, so many */
    UT_hash_handle hh;
} FreeResults;

static FreeResults *free_results(Storage *s, const Block *block, const Value *v)
{
    FreeResults *found;
    const char *name = v->hint ? v->hint : "";
    const char *key = arena_printf("%p %p %s", (const void *)block, (const void *)v->type->canonical, name);
    HASH_FIND_STR(s->free_results, key, found);
    if (!found) {
        found = ARENA_NEW(FreeResults);
        found->key = key;
        HASH_ADD_KEYPTR(hh, s->free_results, found->key, strlen(found->key), found);
    }
    return found;
}

static Value *new_result(Storage *s, Value *region, int side, Value *v)
{
    Builder b = {.function = s->function, .block = region->block, .loc = v->loc};
    Value *nothing = type_is_real(v->type) ? ir_real(&b, v->type, 0, NULL) : ir_int(&b, v->type, 0);
    Value *result = side ? ir_if_result(region, nothing, v) : ir_if_result(region, v, nothing);
    result->hint = v->hint;
    vec_push(&free_results(s, region->blocks[!side], v)->results, result);
    return result;
}

/* The result that hands v out of its block. */
static Value *result_for(Storage *s, Value *region, int side, Value *v)
{
    FreeResults *there = free_results(s, region->blocks[side], v);
    if (there->used == there->results.count)
        return new_result(s, region, side, v);
    Value *result = there->results.at[there->used++];
    ir_set_yield(region->blocks[side], (int)result->i, v);
    return result;
}

Value **storage_handed_on(Storage *s, const Value *v)
{
    while (s->handed_on.count <= v->id)
        vec_push(&s->handed_on, NULL);
    return &s->handed_on.at[v->id];
}

/* A value of branches only: handed out as their result, level by level. */
static Value *hand_out(Storage *s, Value *v)
{
    for (const Block *block = ir_scope(v); block != s->outermost->block; block = block->owner->block) {
        Value *region = block->owner, **result = storage_handed_on(s, v);
        if (!*result)
            *result = result_for(s, region, block == region->blocks[1], v);
        v = *result;
    }
    return v;
}

/* ---- what is told about it ---- */

/* The line of the first write behind a load that may change what it read; 0 if there is none. */
static unsigned line_that_overwrites(const Storage *s, const Value *load)
{
    for (const Value *v = load; v->block != s->outermost->block; v = v->block->owner) {
        for (const Value *w = v->next; w; w = w->next)
            if (memory_writes_ever(w, load->args[0]))
                return w->loc.line;
        for (const Value *w = v->block->first; w != v && v->block->owner->kind == VAL_LOOP; w = w->next)
            if (memory_writes_ever(w, load->args[0]))
                return w->loc.line;
    }
    return 0;
}

/* The innermost loop around the block, or else the region that is planned. */
static Loc loc_of_steps(const Storage *s, const Block *block)
{
    for (const Block *b = block; b && b != s->outermost->block; b = b->parent)
        if (b->owner && b->owner->kind == VAL_LOOP)
            return b->owner->loc;
    return s->outermost->loc;
}

void storage_note(Storage *s, DecisionKind kind, const Value *v, const Block *block, unsigned overwrites)
{
    const Type *type = v->kind == VAL_LOCAL ? type_scalar(v->type->to) : v->type;
    vec_push(&s->function->decisions, (Decision){.kind = kind,
                                                 .region = loc_of_steps(s, block),
                                                 .what = user_name(v),
                                                 .where = v->loc,
                                                 .bytes = type->size,
                                                 .overwrites = overwrites});
}

static void note_kept(Storage *s, const Value *v, DecisionKind kind)
{
    unsigned line = 0;
    if (v->kind == VAL_LOAD)
        line = line_that_overwrites(s, v);
    else if (v->kind == VAL_CARRIED)
        line = v->region->blocks[1]->yields[v->i]->loc.line;
    storage_note(s, kind, v, ir_scope(v), line);
}

void storage_keep(Storage *s, Value *v)
{
    const Nest nest = storage_loops_around(s, ir_scope(v));
    if (s->function->in_two_parts) { /* storage_pass_by_tape */
        note_kept(s, v, DECIDED_TAPE_OF_CALLS);
        return;
    }
    if (!nest.count) {
        storage_set_copy(s, v, hand_out(s, v));
        return;
    }
    Builder b = builder_behind(s, v);
    if (sized_before(s, &nest)) {
        Value *array = s->home[v->id] = new_array(s, v, &nest);
        note_kept(s, v, DECIDED_STORES);
        Value *store = ir_store(&b, storage_element(s, &b, array, &nest, false), v);
        vec_push(&s->function->kept, ((Kept){v, store}));
    } else {
        Value *tape = s->home[v->id] = new_tape(s, v);
        note_kept(s, v, DECIDED_TAPE);
        ir_new(&b, VAL_PUSH, s->function->module->types.void_, 2, (Value *[]){tape, v});
    }
}
