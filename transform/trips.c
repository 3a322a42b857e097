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

int trips_constant(const Value *loop, int most)
{
    if (loop->kind != VAL_LOOP || !loop->counted || loop->snapshots || loop->from->kind != VAL_INT ||
        loop->to->kind != VAL_INT || loop->rel == VAL_NE)
        return 0;
    const Value *low = loop->step > 0 ? loop->from : loop->to, *high = loop->step > 0 ? loop->to : loop->from;
    const int64_t step = loop->step > 0 ? loop->step : -loop->step;
    int64_t way;
    if (__builtin_sub_overflow(high->i, low->i, &way) || way >= INT32_MAX)
        return 0;
    way += loop->rel == VAL_LE || loop->rel == VAL_GE;
    const int64_t trips = way <= 0 ? 0 : (way + step - 1) / step;
    return trips <= most ? (int)trips : 0;
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

/* A constant that is more than half of what its unsigned type holds. */
static bool is_in_upper_half(const Value *constant)
{
    const uint64_t bits = 8 * constant->type->size, largest = UINT64_MAX >> (64 - bits);
    return ((uint64_t)constant->i & largest) > largest / 2;
}

bool trips_may_wrap(const Value *v)
{
    if (!type_is_int(v->type) || !ir_is_pure(v->kind))
        return false;
    if (v->kind == VAL_INT)
        return !v->type->is_signed && is_in_upper_half(v);
    if (v->type->is_signed || v->kind == VAL_SUB || v->kind == VAL_NEG || v->kind == VAL_NOT)
        return true;
    for (int k = 0; k < v->nargs && v->kind != VAL_DIV && v->kind != VAL_REM && v->kind != VAL_SHR; k++)
        if (trips_may_wrap(v->args[k]))
            return true;
    return false;
}

/* Whether the loop runs, outside of the conditions that say whether its unsigned bounds mean anything: more than half
 * of the type's range is a difference that has wrapped around. */
static Value *runs_unless_wrapped(Builder *b, const Value *loop, Value *way)
{
    Type *int_ = b->function->module->types.int_, *long_ = b->function->module->types.long_;
    Type *type = way->type->size == int_->size ? int_ : long_;
    const bool inclusive = loop->rel == VAL_LE || loop->rel == VAL_GE;
    return ir_binary(b, inclusive ? VAL_GE : VAL_GT, int_, ir_cast(b, type, way), ir_int(b, type, 0));
}

static Value *count_from_to(Builder *b, const Value *loop, Value *from, Value *to, bool may_have_wrapped)
{
    Type *type = loop->from->type, *int_ = b->function->module->types.int_;
    const int64_t size = loop->step > 0 ? loop->step : -loop->step;
    Value *low = loop->step > 0 ? from : to, *high = loop->step > 0 ? to : from;
    const bool from_zero = low->kind == VAL_INT && low->i == 0 && !type->is_signed && type->kind == TYPE_INT;
    if (from_zero && size == 1 && (loop->rel == VAL_LT || loop->rel == VAL_GT) && !may_have_wrapped)
        return high;
    Value *distance = ir_binary(b, VAL_SUB, type, high, low);
    const int64_t extra = size - 1 + (loop->rel == VAL_LE || loop->rel == VAL_GE ? 1 : 0);
    Value *way = ir_binary(b, VAL_ADD, type, distance, ir_int(b, type, extra));
    way = ir_binary(b, VAL_DIV, type, way, ir_int(b, type, size));
    /* i != n behind n overflows */
    const ValueKind rel = loop->rel != VAL_NE || !type->is_signed ? loop->rel : loop->step > 0 ? VAL_LT : VAL_GT;
    Value *runs = may_have_wrapped ? runs_unless_wrapped(b, loop, distance) : ir_binary(b, rel, int_, from, to);
    return ir_select(b, runs, way, ir_int(b, type, 0));
}

static bool conditions_are_visible(const Value *loop, const Block *outside)
{
    for (const Block *block = loop->block; block != outside; block = block->parent)
        if (block->owner->kind == VAL_IF && !ir_visible(block->owner->args[0], outside))
            return false;
    return true;
}

/* 0 where a branch around the loop is not taken. */
static Value *where_taken(Builder *b, const Value *loop, const Block *outside, Value *trips)
{
    for (const Block *block = loop->block; block != outside; block = block->parent) {
        const Value *branch = block->owner;
        if (branch->kind != VAL_IF || !ir_visible(branch->args[0], outside))
            continue;
        Value *none = ir_int(b, trips->type, 0);
        const bool when = block == branch->blocks[0];
        trips = ir_select(b, branch->args[0], when ? trips : none, when ? none : trips);
    }
    return trips;
}

/* Signed bounds that mean nothing, and are below the loop's start, say so; unsigned ones have wrapped around where
 * if (n >= k) before a loop to n - k is not taken. */
Value *trips_count(Builder *b, const Value *loop, const Block *outside)
{
    Value *from = bound_of(b, outside, loop->from, loop->step < 0);
    Value *to = bound_of(b, outside, loop->to, loop->step > 0);
    const Value *high = loop->step > 0 ? to : from;
    const bool may_have_wrapped =
        !high->type->is_signed && trips_may_wrap(high) && loop->rel != VAL_NE && !conditions_are_visible(loop, outside);
    Value *trips = count_from_to(b, loop, from, to, may_have_wrapped);
    if (type_is_int(trips->type) && !trips->type->is_signed && trips->kind != VAL_INT)
        trips = where_taken(b, loop, outside, trips);
    return ir_cast(b, b->function->module->types.size, trips);
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
    if (to->kind == VAL_INT && !to->type->is_signed && to->i >= 0 && to->i < trips)
        return ir_int(b, int_, 0);
    if (to->kind == VAL_INT)
        return ir_binary(b, VAL_LE, int_, from, ir_int(b, to->type, to->i - trips));
    Value *enough = ir_binary(b, VAL_GE, int_, ir_binary(b, VAL_SUB, to->type, to, from), ir_int(b, to->type, trips));
    return ir_binary(b, VAL_LAND, int_, ir_binary(b, VAL_LT, int_, from, to), enough);
}

/* A constant, or a counter that begins with one and goes up, and so much more. */
static bool find_least(const Value *v, int64_t *least)
{
    if (v->kind == VAL_COUNTER && v->region->step > 0)
        v = v->region->from;
    if (v->kind == VAL_INT) {
        *least = v->i;
        return true;
    }
    return v->kind == VAL_ADD && v->type->is_signed && v->args[1]->kind == VAL_INT && find_least(v->args[0], least) &&
           !__builtin_add_overflow(*least, v->args[1]->i, least);
}

/* From a constant to what is beyond it, or back. */
static bool has_way_to_go(const Value *loop)
{
    const Value *low = loop->step > 0 ? loop->from : loop->to, *high = loop->step > 0 ? loop->to : loop->from;
    const bool is_closed = loop->rel == VAL_LE || loop->rel == VAL_GE;
    int64_t least;
    return loop->rel != VAL_NE && low->kind == VAL_INT && find_least(high, &least) &&
           (least > low->i || (is_closed && least == low->i));
}

/* An enclosing loop that counts to the same bound, from no lower a start, shows that there is something to count. */
bool trips_for_sure(const Value *loop)
{
    if (has_way_to_go(loop))
        return true;
    if (loop->step != 1 || loop->rel != VAL_LT)
        return false;
    for (const Block *b = loop->block; b->owner; b = b->parent) {
        const Value *outer = b->owner;
        if (outer->kind == VAL_LOOP && outer->counted && outer->step == 1 && outer->rel == VAL_LT &&
            outer->to == loop->to && outer->from->kind == VAL_INT && loop->from->kind == VAL_INT &&
            outer->from->i >= loop->from->i)
            return true;
    }
    return false;
}
