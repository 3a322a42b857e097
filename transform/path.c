/*
 * path.c: do two paths of fields and indices from one base lead to different memory? They do when at the first step
 * where they part, they part for sure.
 */
#include "path.h"
#include "passes.h"

bool path_find(Path *path, const Value *address, const Value *base)
{
    const Value *steps[MAX_PATH];
    int n = 0;
    path->type = address->type;
    path->is_flat = false;
    for (; address != base; address = address->args[0]) {
        path->is_flat |= address->kind == VAL_CAST && type_is_pointer(address->args[0]->type) &&
                         address->args[0]->type->to->kind == TYPE_ARRAY;
        if (address->kind == VAL_DECAY || address->kind == VAL_CAST)
            continue;
        if (n == MAX_PATH)
            return false;
        steps[n++] = address;
    }
    for (int k = 0; k < n; k++)
        path->step[k] = steps[n - 1 - k];
    path->count = n;
    path->base = base;
    return true;
}

/* v is a constant plus multiples of `step`, whatever the values in it are. */
static void find_multiples(const Value *v, int64_t scale, int64_t *constant, int64_t *step)
{
    const bool wraps = !v->type->is_signed && v->type->size < 8;
    if (v->kind == VAL_INT) {
        *constant += scale * v->i;
    } else if ((v->kind == VAL_ADD || v->kind == VAL_SUB) && !wraps) {
        find_multiples(v->args[0], scale, constant, step);
        find_multiples(v->args[1], v->kind == VAL_ADD ? scale : -scale, constant, step);
    } else if (v->kind == VAL_MUL && v->args[1]->kind == VAL_INT && !wraps) {
        find_multiples(v->args[0], scale * v->args[1]->i, constant, step);
    } else if (v->kind == VAL_MUL && v->args[0]->kind == VAL_INT && !wraps) {
        find_multiples(v->args[1], scale * v->args[0]->i, constant, step);
    } else if (ir_is_wide_cast(v)) {
        find_multiples(v->args[0], scale, constant, step);
    } else {
        int64_t x = *step, y = scale < 0 ? -scale : scale;
        while (y) {
            const int64_t rest = x % y;
            x = y;
            y = rest;
        }
        *step = x;
    }
}

/* 2 i and 2 j + 1 are never equal. */
static bool never_equal(const Value *a, const Value *b)
{
    int64_t constant = 0, step = 0;
    find_multiples(a, 1, &constant, &step);
    int64_t other = 0;
    find_multiples(b, 1, &other, &step);
    return step ? (constant - other) % step != 0 : constant != other;
}

/* The same whenever it is computed. */
static bool is_fixed(const Value *v)
{
    if (v->kind == VAL_PARAM || v->kind == VAL_INT)
        return true;
    if (!ir_is_pure(v->kind) || ir_is_leaf(v->kind) || !type_is_int(v->type))
        return false;
    for (int k = 0; k < v->nargs; k++)
        if (!is_fixed(v->args[k]))
            return false;
    return true;
}

/* Is x + offset less than, or as much as, y, for sure? Sums of signed integers don't overflow. */
static bool is_at_most(const Value *x, int64_t offset, const Value *y)
{
    const Value *of_x, *of_y;
    const int64_t offset_x = ir_split_offset(x, &of_x), offset_y = ir_split_offset(y, &of_y);
    return of_x == of_y && offset_x + offset <= offset_y;
}

/* An index that counts up from behind the other, or to it. In all iterations, the other has to be always the same. */
static bool stays_off(const Value *counting, const Value *other, bool same_iteration)
{
    const Value *counter;
    const int64_t offset = ir_split_offset(counting, &counter);
    if (!counter || counter->kind != VAL_COUNTER || !counter->type->is_signed ||
        (!same_iteration && !is_fixed(other)) || (other->kind != VAL_INT && !type_same(counter->type, other->type)))
        return false;
    const Value *loop = counter->region;
    if (!loop->counted || loop->step <= 0 || loop->rel != VAL_LT)
        return false;
    return ((same_iteration || is_fixed(loop->to)) && is_at_most(loop->to, offset, other)) ||
           ((same_iteration || is_fixed(loop->from)) && is_at_most(other, 1 - offset, loop->from));
}

static const Value *without_same_cast(const Value *v, const Value *other)
{
    const bool same = v->kind == VAL_CAST && other->kind == VAL_CAST && type_same(v->type, other->type) &&
                      type_same(v->args[0]->type, other->args[0]->type) && type_is_int(v->args[0]->type);
    return same && v->type->size >= v->args[0]->type->size ? v->args[0] : v;
}

/* Is the counter of a loop that counts up to `bound`, from 0 or more, added in the index? */
static bool counts_to(const Value *index, const Value *bound)
{
    if (index->kind == VAL_ADD)
        return counts_to(index->args[0], bound) || counts_to(index->args[1], bound);
    if (index->kind != VAL_COUNTER)
        return false;
    const Value *loop = index->region;
    return loop->counted && loop->to == bound && loop->rel == VAL_LT && loop->step > 0 && loop->from->kind == VAL_INT &&
           loop->from->i >= 0;
}

/* In one iteration: a is b and the bound of a loop around, which is more than 0, since that loop runs. */
static bool is_behind_by_bound(const Value *a, const Value *b)
{
    for (int k = 0; a->kind == VAL_ADD && k < 2; k++)
        if (a->args[k] == b && counts_to(b, a->args[1 - k]))
            return true;
    return false;
}

/* Where the condition holds, or where it does not: are x and y different integers? */
static bool tells_apart(const Value *condition, bool holds, const Value *x, const Value *y)
{
    const ValueKind kind = condition->kind;
    if (kind == VAL_LAND && holds)
        return tells_apart(condition->args[0], true, x, y) || tells_apart(condition->args[1], true, x, y);
    if (holds ? kind != VAL_LT && kind != VAL_GT && kind != VAL_NE : kind != VAL_LE && kind != VAL_GE && kind != VAL_EQ)
        return false;
    const Value *const *args = (const Value *const *)condition->args;
    return (args[0] == x && args[1] == y) || (args[0] == y && args[1] == x);
}

/* In one iteration: the address is asked for only in a branch that is taken where the indices differ: if (i < j). */
static bool differ_in_branch(const Value *address, const Value *a, const Value *b)
{
    const Value *x = ir_without_wide_casts(a), *y = ir_without_wide_casts(b);
    if (!type_is_int(x->type) || !type_same(x->type, y->type))
        return false;
    for (const Block *block = address->block; block && block->owner; block = block->parent)
        if (block->owner->kind == VAL_IF && tells_apart(block->owner->args[0], block == block->owner->blocks[0], x, y))
            return true;
    return false;
}

static bool indices_differ(const Value *a, const Value *b, bool same_iteration)
{
    if (never_equal(a, b) || (same_iteration && (is_behind_by_bound(a, b) || is_behind_by_bound(b, a))))
        return true;
    const Value *inner_a = without_same_cast(a, b), *inner_b = without_same_cast(b, a);
    if (stays_off(inner_a, inner_b, same_iteration) || stays_off(inner_b, inner_a, same_iteration))
        return true;
    const Value *of_a, *of_b;
    const int64_t offset_a = ir_split_offset(a, &of_a), offset_b = ir_split_offset(b, &of_b);
    return of_a == of_b && offset_a != offset_b && (same_iteration || !of_a);
}

/* Steps of one pointer type that follow one another add up; gives the place in the path behind them. */
static int sum_run(const Path *path, int at, const Type *type, int64_t sign, int64_t *constant, int64_t *multiple)
{
    for (; at < path->count && path->step[at]->kind == VAL_PTRADD && type_same(path->step[at]->type, type); at++)
        find_multiples(path->step[at]->args[1], sign, constant, multiple);
    return at;
}

static bool counts_from_behind_zero(const Value *index)
{
    const Value *counter;
    const int64_t offset = ir_split_offset(ir_without_wide_casts(index), &counter);
    if (!counter || counter->kind != VAL_COUNTER || !counter->type->is_signed)
        return false;
    const Value *loop = counter->region;
    return loop->counted && loop->step > 0 && loop->from->kind == VAL_INT && loop->from->i + offset > 0;
}

/* Where one path ends, at an address of type `type`, the other goes on by indices that never add up to 0. */
static bool steps_away(const Path *path, int at, const Type *type)
{
    if (at + 1 == path->count && path->step[at]->kind == VAL_PTRADD && counts_from_behind_zero(path->step[at]->args[1]))
        return true;
    int64_t constant = 0, multiple = 0;
    sum_run(path, at, type, 1, &constant, &multiple);
    return multiple ? constant % multiple != 0 : constant != 0;
}

static bool begins_run(const Path *path, int at)
{
    return at + 1 < path->count && path->step[at + 1]->kind == VAL_PTRADD &&
           type_same(path->step[at]->type, path->step[at + 1]->type);
}

/* The step chooses a row of an array, and the next one an element of the row; no step is its first element. */
static bool goes_on_in_row(const Path *path, int at)
{
    if (path->step[at]->type->to->kind != TYPE_ARRAY)
        return false;
    if (at + 1 == path->count)
        return path->type->to->kind != TYPE_ARRAY;
    return path->step[at + 1]->kind == VAL_PTRADD && !begins_run(path, at);
}

/* The last step chooses an element of a row that is not the first. */
static bool is_not_first(const Path *path, int at)
{
    if (at + 1 != path->count || path->step[at]->kind != VAL_PTRADD)
        return false;
    const Value *index = path->step[at]->args[1];
    return index->kind == VAL_INT ? index->i != 0 : counts_from_behind_zero(index);
}

bool path_differs(const Path *a, const Path *b, bool same_iteration)
{
    bool other_row = false; /* it is not known whether they lead to one row of an array; they stay in it */
    int i = 0, j = 0;
    while (i < a->count && j < b->count) {
        const Value *x = a->step[i], *y = b->step[j];
        if (x == y && (same_iteration || x->kind == VAL_FIELD)) {
            i++, j++;
            continue;
        }
        if (x->kind == VAL_FIELD && y->kind == VAL_FIELD) {
            if (x->args[0]->type->to->record != y->args[0]->type->to->record)
                return false;
            if (x->i != y->i)
                return !x->args[0]->type->to->record->is_union;
        } else if (x->kind == VAL_PTRADD && y->kind == VAL_PTRADD && type_same(x->type, y->type)) {
            if (begins_run(a, i) || begins_run(b, j)) { /* p + 1 + 1 is p + 2 */
                int64_t constant = 0, multiple = 0;
                i = sum_run(a, i, x->type, 1, &constant, &multiple);
                j = sum_run(b, j, x->type, -1, &constant, &multiple);
                if (constant == 0 && multiple == 0)
                    continue;
                return multiple ? constant % multiple != 0 : constant != 0;
            }
            const Value *index_a = x->args[1], *index_b = y->args[1];
            if (indices_differ(index_a, index_b, same_iteration) ||
                (same_iteration && (differ_in_branch(x, index_a, index_b) || differ_in_branch(y, index_a, index_b))))
                return x->type->to->kind != TYPE_ARRAY || (!a->is_flat && !b->is_flat);
            const bool equal = x->args[1] == y->args[1] && same_iteration;
            if (!equal && !a->is_flat && !b->is_flat && goes_on_in_row(a, i) && goes_on_in_row(b, j)) {
                other_row = true;
                i++, j++;
                continue;
            }
            if (!equal && (i + 1 >= a->count || a->step[i + 1]->kind == VAL_PTRADD || j + 1 >= b->count ||
                           b->step[j + 1]->kind == VAL_PTRADD))
                return false; /* further indices may make up for the difference */
        } else {
            return false;
        }
        i++, j++;
    }
    if (other_row)
        return (i < a->count && is_not_first(a, i)) || (j < b->count && is_not_first(b, j));
    if (i < a->count)
        return steps_away(a, i, j ? b->step[j - 1]->type : a->base->type);
    return j < b->count && steps_away(b, j, i ? a->step[i - 1]->type : b->base->type);
}

bool path_differs_within(const Path *a, const Path *b, const Value *loop)
{
    if (a->is_flat || b->is_flat)
        return false;
    for (int k = 0; k < a->count && k < b->count; k++) {
        const Value *x = a->step[k], *y = b->step[k];
        if (x->kind != VAL_PTRADD || y->kind != VAL_PTRADD || !type_same(x->type, y->type) || begins_run(a, k) ||
            begins_run(b, k) || !ir_is_invariant(x->args[1], loop) || !ir_is_invariant(y->args[1], loop))
            return false;
        if (x->args[1] != y->args[1])
            return indices_differ(x->args[1], y->args[1], true);
    }
    return false;
}
