/*
 * storage_supply.c: what stands for the primal's values in the reverse sweep, once it is decided (storage.h).
 */
#include "clone.h"
#include "storage.h"

/* ---- the state that an iteration leaves ---- */

int storage_next_of_kept(const Storage *s, const Value *v)
{
    const Value *loop = s->outermost;
    if (loop->kind != VAL_LOOP || ir_is_leaf(v->kind))
        return -1;
    for (int k = 0; k < loop->nresults; k++)
        if (loop->blocks[1]->yields[k] == v && s->kept[loop->carried[k]->id])
            return k;
    return -1;
}

/*
 * The state that iteration i leaves is the state that iteration i + 1 finds: the reverse loop hands it back from one
 * iteration to the one before, starting with the loop's result, and only the state that is found is kept.
 */
static Value *hand_back(Storage *s, Value *v)
{
    Value *loop = s->outermost, *twin = s->twin[loop->id];
    const int k = storage_next_of_kept(s, v);
    Value *carried = ir_loop_carry(twin, loop->results[k]);
    carried->hint = twin->results[twin->nresults - 1]->hint = v->hint;
    return carried;
}

/* ---- values ---- */

Value *storage_set_copy(Storage *s, const Value *v, Value *copy)
{
    vec_push(&s->touched, v->id);
    return s->copy[v->id] = copy;
}

/* The value of `block`'s list in which `inner` is nested; NULL for the end of the block. */
static Value *ancestor_in(const Block *block, Value *user, Block *from)
{
    for (Block *b = from; b != block; b = b->parent)
        user = b->owner;
    return user;
}

static Value *load_kept(Storage *s, Value *v, Builder *b, Block *block)
{
    Value *home = s->home[v->id];
    b->hint = NULL; /* the name is for what is loaded, not for its place */
    if (s->function->in_two_parts)
        return storage_pass_by_tape(s, v, b);
    if (home->kind == VAL_TAPE) { /* once for each run of the block, whoever asks */
        b->before = block->first;
        return ir_new(b, VAL_POP, v->type, 1, &home);
    }
    const Nest nest = storage_loops_around(s, ir_scope(v));
    return ir_load(b, storage_element(s, b, home, &nest, true));
}

typedef struct {
    Value *user;
    Block *from;
    CloneMap map;
} ChoiceCopy;

static void supply_choice(Storage *s, Value *operand, void *request)
{
    ChoiceCopy *copy = request;
    clone_set(&copy->map, operand, storage_supply(s, operand, copy->user, copy->from));
}

static Value *choose_again(Storage *s, const Value *v, Builder *b, Value *user, Block *from)
{
    ChoiceCopy copy = {.user = user, .from = from, .map = {.share_outside = true}};
    clone_map_init(&copy.map, s->function);
    storage_visit_choice(s, v->region, supply_choice, &copy);
    const Value *region = clone_value(&copy.map, b, v->region);
    for (int k = 0; k < region->nresults; k++)
        storage_set_copy(s, v->region->results[k], region->results[k]);
    return region->results[v->i];
}

/* init + number of the iteration * step */
static Value *step_again(Storage *s, const Value *v, Builder *b, Value *user, Block *from)
{
    Value *init = storage_supply(s, v->region->args[v->i], user, from),
          *step = storage_supply(s, storage_step_of(v), user, from);
    Value *number = ir_cast(b, v->type, s->twin[v->region->id]->counter);
    return ir_binary(b, VAL_ADD, v->type, init, ir_binary(b, VAL_MUL, v->type, number, step));
}

/* A carried integer from its closed form. */
static Value *series_again(Storage *s, const Value *v, Builder *b, Value *user, Block *from)
{
    const Value *loop = v->region;
    Series series;
    series_find(v, &series);
    series.init = storage_supply(s, series.init, user, from);
    for (int k = 0; k < series.nterms; k++)
        series.term[k] = storage_supply(s, series.term[k], user, from);
    Value *start = storage_supply(s, loop->from, user, from);
    b->hint = NULL; /* the name is for the sum, which the caller names */
    return series_value(b, &series, loop, start, trips_between(b, loop, start, s->twin[loop->id]->counter));
}

static Value *compute_again(Storage *s, Value *v, Builder *b, Value *user, Block *from)
{
    if (s->stored_at[v->id])
        return ir_load(b, storage_supply(s, s->stored_at[v->id], user, from));
    if (s->left_in[v->id] || s->state_of[v->id])
        return storage_load_from_state(s, v, b, user, from);
    if (s->comes_back[v->id])
        return storage_bring_back(s, v);
    if (v->kind == VAL_RESULT)
        return choose_again(s, v, b, user, from);
    if (v->kind == VAL_CARRIED)
        return storage_steps_evenly(v) ? step_again(s, v, b, user, from) : series_again(s, v, b, user, from);
    Value **args = ARENA_ARRAY(Value *, v->nargs);
    const Told *told = &s->told[v->id];
    for (int k = 0; k < v->nargs; k++)
        args[k] = told->place && told->operand == k ? ir_load(b, storage_supply(s, told->place, user, from))
                                                    : storage_supply(s, v->args[k], user, from);
    if (type_is_real(v->type) && v->kind != VAL_LOAD)
        storage_note(s, DECIDED_RECOMPUTES, v, ir_scope(v), 0);
    Value *copy = ir_new(b, v->kind, v->type, v->nargs, args);
    copy->i = v->i;
    copy->real = v->real;
    copy->text = v->text;
    copy->aux_type = v->aux_type;
    copy->rule = v->rule;
    copy->callee = v->callee;
    return copy;
}

Value *storage_supply(Storage *s, Value *v, Value *user, Block *from)
{
    if (v->id > s->last_id || storage_is_before(s, v))
        return v;
    if (s->copy[v->id])
        return s->copy[v->id];
    if (v->kind == VAL_COUNTER && v->region->counted)
        return storage_set_copy(s, v, s->twin[v->region->id]->counter);
    if (s->handed_back[v->id])
        return storage_set_copy(s, v, hand_back(s, v));
    Block *block = storage_twin_block(s, ir_scope(v));
    Value *place = ancestor_in(block, user, from);
    Builder b = {.function = s->function,
                 .block = block,
                 .before = place,
                 .loc = place ? place->loc : v->loc,
                 .hint = v->hint,
                 .adjoint = true};
    Value *copy = s->kept[v->id] ? load_kept(s, v, &b, block) : compute_again(s, v, &b, user, from);
    copy->hint = v->hint;
    return storage_set_copy(s, v, copy);
}

void storage_close_hand_backs(Storage *s)
{
    Value *loop = s->outermost, *twin = s->twin[loop->id];
    for (size_t k = 0; k < s->values.count; k++) {
        Value *v = s->values.at[k];
        if (!s->handed_back[v->id])
            continue;
        Value *carried = s->copy[v->id];
        Value *found = loop->carried[storage_next_of_kept(s, v)];
        ir_set_next(twin, (int)carried->i, storage_supply(s, found, NULL, twin->blocks[1]));
    }
}
