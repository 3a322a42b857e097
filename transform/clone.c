/*
 * clone.c: copying IR. Values are visited in order, so operands are always mapped before they are used; what a region
 * carries and gives is copied with it.
 */
#include "clone.h"

void clone_map_init(CloneMap *map, const Function *from)
{
    map->count = from->next_id + 1;
    map->to = ARENA_ARRAY(Value *, map->count);
}

void clone_set(CloneMap *map, const Value *from, Value *to)
{
    if (from->id >= map->count) {
        const unsigned wanted = from->id * 2;
        map->to = arena_grow(map->to, sizeof(Value *) * map->count, sizeof(Value *) * wanted);
        map->count = wanted;
    }
    map->to[from->id] = to;
}

static Value *copy_fields(Builder *b, const Value *v, Value **args)
{
    Value *copy = ir_new(b, v->kind, v->type, args ? v->nargs : 0, args);
    copy->loc = v->loc;
    copy->hint = v->hint;
    copy->adjoint = v->adjoint;
    copy->is_shadow = v->is_shadow;
    copy->is_kept = v->is_kept;
    copy->is_of_step = v->is_of_step;
    copy->rounds_freely = v->rounds_freely;
    copy->passive = v->passive;
    copy->i = v->i;
    copy->real = v->real;
    copy->text = v->text;
    copy->aux_type = v->aux_type;
    copy->rule = v->rule;
    copy->global = v->global;
    copy->callee = v->callee;
    copy->counted = v->counted;
    copy->reversed = v->reversed;
    copy->step = v->step;
    copy->rel = v->rel;
    copy->over_lanes = v->over_lanes;
    copy->gathers = v->gathers;
    copy->is_short = v->is_short;
    copy->snapshots = v->snapshots;
    return copy;
}

Value *clone_lookup(CloneMap *map, Builder *b, Value *v)
{
    Value *to = v->id < map->count ? map->to[v->id] : NULL;
    if (to)
        return to;
    if (map->share_outside)
        return v;
    if (!ir_is_leaf(v->kind))
        diag_internal(v->loc, "a copy met value %u of kind %d before its definition", v->id, (int)v->kind);
    to = copy_fields(b, v, NULL);
    clone_set(map, v, to);
    return to;
}

static void map_leaf(CloneMap *map, const Value *from, Value *to)
{
    to->hint = from->hint;
    clone_set(map, from, to);
}

static void clone_counter(CloneMap *map, Builder *b, const Value *v, Value *copy)
{
    copy->blocks[0] = NULL;
    copy->from = clone_lookup(map, b, v->from);
    copy->to = clone_lookup(map, b, v->to);
    copy->counter = ir_new(b, VAL_COUNTER, v->counter->type, 0, NULL);
    copy->counter->region = copy;
    copy->counter->loc = v->counter->loc;
    map_leaf(map, v->counter, copy->counter);
}

/* The VAL_RESULT and VAL_CARRIED of the copy are made by ir_if_result and ir_loop_carry. */
static void clone_loop_header(CloneMap *map, Builder *b, const Value *v, Value *copy)
{
    for (int k = 0; k < v->nresults; k++) {
        Value *carried = ir_loop_carry(copy, clone_lookup(map, b, v->args[k]));
        map_leaf(map, v->carried[k], carried);
        map_leaf(map, v->results[k], copy->results[k]);
    }
    if (v->counted)
        clone_counter(map, b, v, copy);
}

Value *clone_counting(CloneMap *map, Builder *b, const Value *loop)
{
    Value *copy = copy_fields(b, loop, NULL);
    for (int k = 0; k < 2; k++)
        copy->blocks[k] = ir_new_block(b->function, copy, copy->block);
    clone_counter(map, b, loop, copy);
    return copy;
}

static void clone_yields(CloneMap *map, Builder *inner, const Block *from)
{
    for (int k = 0; k < from->nyields; k++)
        ir_set_yield(inner->block, k, clone_lookup(map, inner, from->yields[k]));
}

static Value *clone_region(CloneMap *map, Builder *b, Value *v)
{
    Value *args[1] = {v->kind == VAL_IF ? clone_lookup(map, b, v->args[0]) : NULL};
    Value *copy = copy_fields(b, v, v->kind == VAL_IF ? args : NULL);
    for (int k = 0; k < 2; k++)
        copy->blocks[k] = ir_new_block(b->function, copy, copy->block);
    clone_set(map, v, copy);
    if (v->kind == VAL_LOOP)
        clone_loop_header(map, b, v, copy);
    for (int k = 0; k < 2; k++) {
        if (!v->blocks[k])
            continue;
        Builder inner = *b;
        inner.block = copy->blocks[k];
        inner.before = NULL;
        clone_block(map, &inner, v->blocks[k]);
        clone_yields(map, &inner, v->blocks[k]);
    }
    if (v->kind == VAL_IF)
        for (int k = 0; k < v->nresults; k++)
            map_leaf(map, v->results[k], ir_if_result(copy, copy->blocks[0]->yields[k], copy->blocks[1]->yields[k]));
    return copy;
}

Value *clone_value(CloneMap *map, Builder *b, Value *v)
{
    if (v->kind == VAL_CALL && map->call && map->call(map, b, v))
        return clone_lookup(map, b, v);
    if (ir_is_region(v))
        return clone_region(map, b, v);
    if (map->take && map->take(map, b, v))
        return clone_lookup(map, b, v);
    Value **args = ARENA_ARRAY(Value *, v->nargs);
    for (int k = 0; k < v->nargs; k++)
        args[k] = clone_lookup(map, b, v->args[k]);
    Value *copy = copy_fields(b, v, args);
    clone_set(map, v, copy);
    return copy;
}

void clone_block(CloneMap *map, Builder *b, const Block *from)
{
    for (Value *v = from->first; v; v = v->next)
        clone_value(map, b, v);
}
