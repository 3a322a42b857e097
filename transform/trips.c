/*
 * trips.c: how often loops run, and which iteration it is, as values.
 */
#include "passes.h"

/*
 * An integer visible in the block that v does not exceed (`upper`) or fall below while the loops between run; NULL
 * where none is known. A counter stays within its loop's bounds.
 */
static Value *bound_of(Builder *b, const Block *outside, Value *v, bool upper)
{
    if (ir_visible(v, outside))
        return v;
    if (v->kind == VAL_COUNTER && v->region->counted)
        return bound_of(b, outside, (v->region->step > 0) == upper ? v->region->to : v->region->from, upper);
    if (ir_is_wide_cast(v) && v->type->is_signed == v->args[0]->type->is_signed) {
        Value *x = bound_of(b, outside, v->args[0], upper);
        return x && b ? ir_cast(b, v->type, x) : x;
    }
    if ((v->kind != VAL_ADD && v->kind != VAL_SUB) || !type_is_int(v->type))
        return NULL;
    if (v->kind == VAL_SUB && !v->type->is_signed && !upper) /* it may wrap around where the loop does not run */
        return NULL;
    Value *x = bound_of(b, outside, v->args[0], upper);
    Value *y = bound_of(b, outside, v->args[1], v->kind == VAL_ADD ? upper : !upper);
    return x && y && b ? ir_binary(b, v->kind, v->type, x, y) : x && y ? v : NULL;
}

bool trips_are_bounded(const Value *loop, const Block *outside)
{
    if (!loop->counted)
        return false;
    const bool from_stays = ir_visible(loop->from, outside), to_stays = ir_visible(loop->to, outside);
    if (from_stays && to_stays)
        return true;
    return (from_stays || to_stays) && loop->rel != VAL_NE && bound_of(NULL, outside, loop->from, loop->step < 0) &&
           bound_of(NULL, outside, loop->to, loop->step > 0);
}

Value *trips_count(Builder *b, const Value *loop, const Block *outside)
{
    Type *type = loop->from->type, *int_ = b->function->module->types.int_;
    const int64_t size = loop->step > 0 ? loop->step : -loop->step;
    Value *from = bound_of(b, outside, loop->from, loop->step < 0);
    Value *to = bound_of(b, outside, loop->to, loop->step > 0);
    Value *low = loop->step > 0 ? from : to, *high = loop->step > 0 ? to : from;
    const bool from_zero = low->kind == VAL_INT && low->i == 0 && !type->is_signed && type->kind == TYPE_INT;
    if (from_zero && size == 1 && (loop->rel == VAL_LT || loop->rel == VAL_GT))
        return ir_cast(b, b->function->module->types.size, high);
    Value *way = ir_binary(b, VAL_SUB, type, high, low);
    const int64_t extra = size - 1 + (loop->rel == VAL_LE || loop->rel == VAL_GE ? 1 : 0);
    way = ir_binary(b, VAL_ADD, type, way, ir_int(b, type, extra));
    way = ir_binary(b, VAL_DIV, type, way, ir_int(b, type, size));
    Value *runs = ir_binary(b, loop->rel, int_, from, to);
    return ir_cast(b, b->function->module->types.size, ir_select(b, runs, way, ir_int(b, type, 0)));
}

Value *trips_between(Builder *b, const Value *loop, Value *from, Value *counter)
{
    Type *type = counter->type;
    Value *way =
        loop->step > 0 ? ir_binary(b, VAL_SUB, type, counter, from) : ir_binary(b, VAL_SUB, type, from, counter);
    const int64_t size = loop->step > 0 ? loop->step : -loop->step;
    return ir_binary(b, VAL_DIV, type, way, ir_int(b, type, size));
}

Value *trips_number(Builder *b, const Value *loop, Value *counter, const Block *outside)
{
    return trips_between(b, loop, bound_of(b, outside, loop->from, loop->step < 0), counter);
}

Value *trips_at_least(Builder *b, Value *from, Value *to, int64_t trips)
{
    Type *int_ = b->function->module->types.int_;
    if (from->kind == VAL_INT)
        return ir_binary(b, VAL_GE, int_, to, ir_int(b, from->type, from->i + trips));
    if (to->kind == VAL_INT)
        return ir_binary(b, VAL_LE, int_, from, ir_int(b, to->type, to->i - trips));
    Value *enough = ir_binary(b, VAL_GE, int_, ir_binary(b, VAL_SUB, to->type, to, from), ir_int(b, to->type, trips));
    return ir_binary(b, VAL_LAND, int_, ir_binary(b, VAL_LT, int_, from, to), enough);
}
