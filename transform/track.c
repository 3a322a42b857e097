/*
 * track.c: a value beside each pointer on the way from where it is made to where it is used: a select beside a select,
 * a result beside a branch's result, a carried value beside a carried one.
 */
#include "track.h"

static bool is_region_value(const Value *p)
{
    return p->kind == VAL_CARRIED || p->kind == VAL_RESULT;
}

static int index_of(const Track *track, const Value *p)
{
    for (size_t k = 0; k < track->met.count; k++)
        if (track->met.at[k] == p)
            return (int)k;
    return -1;
}

bool track_is_known(Track *track, const Value *pointer)
{
    const Value *p = ir_without_pointer_casts(pointer);
    if (index_of(track, p) >= 0)
        return true;
    vec_push(&track->met, p);
    vec_push(&track->found, NULL);
    if (p->kind == VAL_SELECT)
        return track_is_known(track, p->args[1]) && track_is_known(track, p->args[2]);
    if (!is_region_value(p))
        return track->accepts(track->user, p);
    const Value *region = p->region;
    if (region->kind == VAL_LOOP)
        return track_is_known(track, region->args[p->i]) && track_is_known(track, region->blocks[1]->yields[p->i]);
    return track_is_known(track, region->blocks[0]->yields[p->i]) &&
           track_is_known(track, region->blocks[1]->yields[p->i]);
}

static Builder builder_at(const Track *track, Block *block, Value *before, Loc loc)
{
    return (Builder){.function = track->function, .block = block, .before = before, .loc = loc, .hint = track->hint};
}

static void set_found(Track *track, const Value *p, Value *v)
{
    track->found.at[index_of(track, p)] = v;
}

static Value *value_in(Track *track, Value *pointer, Builder *here);

/* The carried value that goes along with carried value number k of the loop; its result is found with it. */
static void track_loop(Track *track, Value *loop, int64_t k)
{
    Builder before = builder_at(track, loop->block, loop, loop->loc);
    Value *init = value_in(track, loop->args[k], &before);
    const int index = loop->nresults;
    Value *carried = ir_loop_carry(loop, init);
    carried->hint = loop->results[index]->hint = track->hint;
    const Value *pair[] = {loop->carried[k], loop->results[k]};
    for (int side = 0; side < 2; side++) {
        if (index_of(track, pair[side]) < 0) {
            vec_push(&track->met, pair[side]);
            vec_push(&track->found, NULL);
        }
        set_found(track, pair[side], side ? loop->results[index] : carried);
    }
    Builder end = builder_at(track, loop->blocks[1], NULL, loop->loc);
    ir_set_next(loop, index, value_in(track, loop->blocks[1]->yields[k], &end));
}

static Value *track_if(Track *track, Value *region, int64_t k)
{
    Value *side[2];
    for (int s = 0; s < 2; s++) {
        Builder end = builder_at(track, region->blocks[s], NULL, region->loc);
        side[s] = value_in(track, region->blocks[s]->yields[k], &end);
    }
    Value *result = ir_if_result(region, side[0], side[1]);
    result->hint = track->hint;
    return result;
}

/* Behind a leaf that is listed; at the place of use for constants. */
static Value *track_leaf(Track *track, Value *p, Builder *here)
{
    if (!p->block)
        return track->leaf(track->user, here, p);
    Builder b = builder_at(track, p->block, p->next, p->loc);
    return track->leaf(track->user, &b, p);
}

static Value *value_in(Track *track, Value *pointer, Builder *here)
{
    Value *p = (Value *)(uintptr_t)ir_without_pointer_casts(pointer);
    const int index = index_of(track, p);
    if (index < 0)
        diag_internal(p->loc, "a pointer is followed that was not met before");
    if (track->found.at[index])
        return track->found.at[index];
    Value *v;
    if (p->kind == VAL_SELECT) {
        Builder b = builder_at(track, p->block, p->next, p->loc);
        Value *x = value_in(track, p->args[1], &b), *y = value_in(track, p->args[2], &b);
        v = ir_select(&b, p->args[0], x, y);
    } else if (is_region_value(p) && p->region->kind == VAL_LOOP) {
        track_loop(track, p->region, p->i);
        return track->found.at[index];
    } else if (is_region_value(p)) {
        v = track_if(track, p->region, p->i);
    } else {
        v = track_leaf(track, p, here);
        if (!p->block) /* a constant: made again for each use, it may be another place's */
            return v;
    }
    set_found(track, p, v);
    return v;
}

Value *track_value(Track *track, Value *pointer)
{
    Value *p = (Value *)(uintptr_t)ir_without_pointer_casts(pointer);
    Builder b = p->block ? builder_at(track, p->block, p->next, p->loc)
                         : builder_at(track, track->function->body, track->function->body->first, p->loc);
    return value_in(track, p, &b);
}
