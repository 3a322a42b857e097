/*
 * memory.c: which addresses may be the same. An address is a base (a local object, a parameter, a global, a pointer
 * that was loaded or chosen) and a path of fields and indices from it. Distinct local objects are distinct memory; so
 * are, by contract, what different pointer parameters and different pointer members lead to; so are scalars of
 * different kinds.
 */
#include "heap.h"
#include "passes.h"

/* --may-alias: what pointer parameters lead to may overlap. */
static bool params_may_alias;

void memory_let_params_alias(bool on)
{
    params_may_alias = on;
}

bool memory_params_may_alias(void)
{
    return params_may_alias;
}

enum { MAX_ROOTS = MEMORY_MAX_ROOTS, MAX_PATH = 16 };

Value *memory_base(Value *address)
{
    for (;;) {
        switch (address->kind) {
        case VAL_PTRADD:
        case VAL_FIELD:
        case VAL_DECAY:
            address = address->args[0];
            break;
        case VAL_CAST:
            if (!type_is_pointer(address->args[0]->type))
                return address;
            address = address->args[0];
            break;
        default:
            return address;
        }
    }
}

/* ---- bases ---- */

typedef struct {
    const Value *at[MAX_ROOTS];
    int count;
    bool complete;
} Roots;

/* The bases that a pointer may come from, through choices and loops. */
static void find_roots(Roots *roots, const Value *address)
{
    const Value *base = memory_base((Value *)(uintptr_t)address);
    for (int k = 0; k < roots->count; k++)
        if (roots->at[k] == base)
            return;
    if (roots->count == MAX_ROOTS) {
        roots->complete = false;
        return;
    }
    roots->at[roots->count++] = base;
    if (base->kind == VAL_SELECT) {
        find_roots(roots, base->args[1]);
        find_roots(roots, base->args[2]);
    } else if (base->kind == VAL_CARRIED || (base->kind == VAL_RESULT && base->region->kind == VAL_LOOP)) {
        find_roots(roots, base->region->args[base->i]);
        find_roots(roots, base->region->blocks[1]->yields[base->i]);
    } else if (base->kind == VAL_RESULT) {
        find_roots(roots, base->region->blocks[0]->yields[base->i]);
        find_roots(roots, base->region->blocks[1]->yields[base->i]);
    }
}

/* ... however many they are. */
typedef VEC(const Value *) Bases;

static bool comes_from(Bases *seen, const Value *address, const Value *base)
{
    const Value *from = memory_base((Value *)(uintptr_t)address);
    if (from == base)
        return true;
    for (size_t k = 0; k < seen->count; k++)
        if (seen->at[k] == from)
            return false;
    vec_push(seen, from);
    if (from->kind == VAL_SELECT)
        return comes_from(seen, from->args[1], base) || comes_from(seen, from->args[2], base);
    if (from->kind != VAL_CARRIED && from->kind != VAL_RESULT)
        return false;
    const Value *region = from->region;
    const Value *first = region->kind == VAL_LOOP ? region->args[from->i] : region->blocks[0]->yields[from->i];
    return comes_from(seen, first, base) || comes_from(seen, region->blocks[1]->yields[from->i], base);
}

bool memory_may_come_from(const Value *address, const Value *base)
{
    Bases seen = {0};
    return comes_from(&seen, address, base);
}

static bool is_choice(const Value *base)
{
    return base->kind == VAL_SELECT || base->kind == VAL_CARRIED || base->kind == VAL_RESULT;
}

static bool is_object(const Value *base)
{
    return base->kind == VAL_LOCAL || base->kind == VAL_ALLOC || base->kind == VAL_PARAM_OBJECT || heap_is_object(base);
}

/* The parameter (or object, or global) that a chain of loads starts from. */
static const Value *owner_of(const Value *base)
{
    while (base->kind == VAL_LOAD)
        base = memory_base(base->args[0]);
    return base;
}

/* The member that a loaded pointer was read from, or -1. */
static int64_t member_of(const Value *load, const Record **record)
{
    const Value *address = load->args[0];
    while (address->kind == VAL_PTRADD || address->kind == VAL_DECAY)
        address = address->args[0];
    if (address->kind != VAL_FIELD)
        return -1;
    *record = address->args[0]->type->to->record;
    return address->i;
}

/* Was the pointer in the caller's memory from the start, where different members lead to different memory? */
static bool is_callers(const Value *load)
{
    Roots seen = {.complete = true};
    find_roots(&seen, load);
    for (int k = 0; k < seen.count; k++) {
        const Value *v = seen.at[k];
        if (v->kind == VAL_LOAD)
            find_roots(&seen, v->args[0]);
        else if (!is_choice(v) && v->kind != VAL_PARAM && v->kind != VAL_PARAM_OBJECT && v->kind != VAL_GLOBAL &&
                 v->kind != VAL_INT)
            return false;
    }
    return seen.complete && load->block && load->block->function->pointers_stay; /* not where it has been replaced */
}

static bool different_members(const Value *a, const Value *b)
{
    const Record *record_a = NULL, *record_b = NULL;
    const int64_t member_a = member_of(a, &record_a), member_b = member_of(b, &record_b);
    return member_a >= 0 && member_b >= 0 && record_a == record_b && member_a != member_b && is_callers(a) &&
           is_callers(b);
}

/* Nobody writes it. */
static bool is_constant(const Value *base)
{
    return (base->kind == VAL_GLOBAL && base->global->is_const_data) || base->kind == VAL_STRING;
}

/* The caller's derivative storage, shadows, and what is reached through them overlap nothing else. What was kept may be
 * a pointer to either. */
typedef enum { SIDE_PRIMAL, SIDE_ADJOINT, SIDE_EITHER } Side;

static Side side_of(const Value *base)
{
    const Value *owner = owner_of(base);
    if (owner->kind == VAL_POP || owner->is_kept)
        return SIDE_EITHER;
    const bool adjoint =
        (owner->kind == VAL_PARAM || owner->kind == VAL_PARAM_OBJECT || owner->kind == VAL_CALL) && owner->adjoint;
    return adjoint || owner->is_shadow ? SIDE_ADJOINT : SIDE_PRIMAL;
}

static bool sides_differ(const Value *a, const Value *b)
{
    const Side x = side_of(a), y = side_of(b);
    return x != y && x != SIDE_EITHER && y != SIDE_EITHER;
}

/* A pointer that was read from memory of the function's own. */
static bool comes_from_memory(const Value *base)
{
    const ValueKind owner = owner_of(base)->kind;
    return base->kind == VAL_POP ||
           (base->kind == VAL_LOAD && (owner == VAL_LOCAL || owner == VAL_ALLOC || owner == VAL_POP));
}

static bool bases_may_alias(const Value *a, const Value *b)
{
    if (a == b)
        return true;
    if (is_choice(a) || is_choice(b))
        return false; /* its own roots are compared */
    if (is_object(a) && is_object(b))
        return false;
    if (a->kind == VAL_GLOBAL && b->kind == VAL_GLOBAL)
        return a->global == b->global;
    if (is_object(b)) {
        const Value *swap = a;
        a = b;
        b = swap;
    }
    if (heap_is_object(a)) /* a shadow's address is kept in shadows only */
        return !a->is_private && (b->kind == VAL_LOAD || b->kind == VAL_CALL || b->kind == VAL_POP) &&
               (a->adjoint || side_of(b) != SIDE_ADJOINT);
    if (is_object(a)) /* a private object's address is in no other pointer; nobody outside knows a local one */
        return !a->is_private && comes_from_memory(b);
    if (a->kind == VAL_PARAM && b->kind == VAL_PARAM)
        return a->i == b->i || (params_may_alias && a->adjoint == b->adjoint);
    if (is_constant(a) || is_constant(b) || sides_differ(a, b))
        return false;
    if (a->kind == VAL_LOAD && b->kind == VAL_LOAD && different_members(a, b))
        return false;
    const Value *owner_a = owner_of(a), *owner_b = owner_of(b);
    const bool from_params = (owner_a->kind == VAL_PARAM || owner_a->kind == VAL_PARAM_OBJECT) &&
                             (owner_b->kind == VAL_PARAM || owner_b->kind == VAL_PARAM_OBJECT);
    const Value *load = a->block ? a : b;
    const bool stay = load->block && load->block->function->pointers_stay;
    return !from_params || !stay || params_may_alias || owner_a->i == owner_b->i;
}

int memory_roots(const Value *pointer, const Value *found[MEMORY_MAX_ROOTS])
{
    Roots roots = {.complete = true};
    find_roots(&roots, pointer);
    int n = 0;
    for (int k = 0; k < roots.count; k++)
        if (!is_choice(roots.at[k]))
            found[n++] = roots.at[k];
    return roots.complete ? n : -1;
}

bool memory_is_made_in(const Value *address, const Block *block)
{
    Roots roots = {.complete = true};
    find_roots(&roots, address);
    for (int k = 0; k < roots.count; k++) {
        const Value *base = roots.at[k];
        if (!is_choice(base) && !(is_object(base) && base->block && ir_block_inside(base->block, block)))
            return false;
    }
    return roots.complete;
}

/* ---- paths ---- */

typedef struct {
    const Value *step[MAX_PATH]; /* VAL_FIELD and VAL_PTRADD, outermost first */
    int count;
    const Value *base;
    const Type *type; /* of the address */
    bool is_flat;     /* (double *)m goes on behind the row that it begins in */
} Path;

static bool find_path(Path *path, const Value *address, const Value *base)
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

/* index = *of + the answer */
static int64_t split_offset(const Value *index, const Value **of)
{
    *of = index;
    if (index->kind == VAL_INT) {
        *of = NULL;
        return index->i;
    }
    if ((index->kind == VAL_ADD || index->kind == VAL_SUB) && index->args[1]->kind == VAL_INT) {
        *of = index->args[0];
        return index->kind == VAL_ADD ? index->args[1]->i : -index->args[1]->i;
    }
    return 0;
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
    const int64_t offset_x = split_offset(x, &of_x), offset_y = split_offset(y, &of_y);
    return of_x == of_y && offset_x + offset <= offset_y;
}

/* An index that counts up from behind the other, or to it. In all iterations, the other has to be always the same. */
static bool stays_off(const Value *counting, const Value *other, bool same_iteration)
{
    const Value *counter;
    const int64_t offset = split_offset(counting, &counter);
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
    const int64_t offset_a = split_offset(a, &of_a), offset_b = split_offset(b, &of_b);
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
    const int64_t offset = split_offset(ir_without_wide_casts(index), &counter);
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

/* Two paths from one base lead to different memory when at the first step where they part, they part for sure. */
static bool paths_differ(const Path *a, const Path *b, bool same_iteration)
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
            if (!equal && (i + 1 < a->count || j + 1 < b->count) && !type_is_pointer(x->type))
                return false;
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

/* Members of a union share their bytes, whatever their types. */
static bool is_in_union(const Value *address)
{
    for (; ir_continues_address(address); address = address->args[0])
        if (address->kind == VAL_FIELD && address->args[0]->type->to->record->is_union)
            return true;
    return false;
}

static bool kinds_differ(const Value *a, const Value *b)
{
    if (is_in_union(a) || is_in_union(b))
        return false;
    const Type *s = type_scalar(a->type->to), *t = type_scalar(b->type->to);
    const bool scalars = (s->kind == TYPE_REAL || s->kind == TYPE_INT || s->kind == TYPE_POINTER) &&
                         (t->kind == TYPE_REAL || t->kind == TYPE_INT || t->kind == TYPE_POINTER);
    if (!scalars || s->size == 1 || t->size == 1) /* characters may be anything's bytes */
        return false;
    return s->kind != t->kind || (s->kind == TYPE_REAL && s->rank != t->rank);
}

static bool may_alias(const Value *a, const Value *b, bool same_iteration)
{
    if (kinds_differ(a, b))
        return false;
    const Value *base_a = memory_base((Value *)(uintptr_t)a), *base_b = memory_base((Value *)(uintptr_t)b);
    if (base_a == base_b ||
        (base_a->kind == VAL_GLOBAL && base_b->kind == VAL_GLOBAL && base_a->global == base_b->global)) {
        Path path_a, path_b;
        if (!same_iteration && base_a->block && base_a->block->owner && !is_object(base_a))
            return true;
        return !find_path(&path_a, a, base_a) || !find_path(&path_b, b, base_b) ||
               !paths_differ(&path_a, &path_b, same_iteration);
    }
    if (!is_choice(base_a) && !is_choice(base_b))
        return bases_may_alias(base_a, base_b);
    Roots roots_a = {.complete = true}, roots_b = {.complete = true};
    find_roots(&roots_a, a);
    find_roots(&roots_b, b);
    if (!roots_a.complete || !roots_b.complete)
        return true;
    for (int i = 0; i < roots_a.count; i++)
        for (int j = 0; j < roots_b.count; j++)
            if (bases_may_alias(roots_a.at[i], roots_b.at[j]))
                return true;
    return false;
}

bool memory_may_alias(const Value *address_a, const Value *address_b)
{
    return may_alias(address_a, address_b, true);
}

bool memory_may_alias_ever(const Value *address_a, const Value *address_b)
{
    return may_alias(address_a, address_b, false);
}

bool memory_same_address(const Value *a, const Value *b)
{
    if (a == b)
        return true;
    if (a->kind != b->kind || a->nargs != b->nargs || a->i != b->i)
        return false;
    if (a->kind != VAL_PTRADD && a->kind != VAL_DECAY && a->kind != VAL_FIELD)
        return false;
    if (!type_same(a->type, b->type))
        return false;
    for (int k = 1; k < a->nargs; k++)
        if (a->args[k] != b->args[k])
            return false;
    return memory_same_address(a->args[0], b->args[0]);
}

/* ---- effects ---- */

static bool block_has_effect(const Block *block)
{
    for (const Value *v = block ? block->first : NULL; v; v = v->next)
        if (memory_has_effect(v))
            return true;
    return false;
}

bool memory_has_effect(const Value *v)
{
    switch (v->kind) {
    case VAL_STORE:
    case VAL_ACCUM:
    case VAL_COPY:
    case VAL_ZERO:
    case VAL_FREE:
    case VAL_PUSH:
    case VAL_POP:
    case VAL_TAPE_FREE:
    case VAL_CALL:
        return true;
    case VAL_IF:
    case VAL_LOOP:
        return block_has_effect(v->blocks[0]) || block_has_effect(v->blocks[1]);
    default:
        return false;
    }
}

/* An unknown function reaches what its arguments point to, and what is not local; one with a rule of its own, only what
 * its arguments point to, and variables outside functions. */
/* A function that is given a pointer may go from there to all of the object. */
static bool may_reach(Value *pointer, const Value *address)
{
    return memory_may_alias_ever(memory_base(pointer), memory_base((Value *)(uintptr_t)address));
}

static bool call_may_write(const Value *call, const Value *address)
{
    if (call->callee && (call->callee->effect != EFFECT_UNKNOWN || call->callee->rule))
        return false;
    if (ir_is_volatile(call))
        return call->nargs > 1 && may_reach(call->args[0], address);
    if (!call->callee && call->text) /* assert */
        return false;
    const HeapRole role = heap_role(call);
    if (role != HEAP_NONE) /* of what they are given, the first argument's memory is written, or gone */
        return role != HEAP_ALLOC && may_reach(call->args[0], address);
    const Value *base = memory_base((Value *)(uintptr_t)address);
    bool by_arguments = call_is_known(call) && base->kind != VAL_GLOBAL;
    for (int k = 0; k < call->nargs && by_arguments; k++)
        by_arguments = !call_follows_pointers(call, k);
    if (!is_object(base) && !is_choice(base) && !by_arguments)
        return true;
    if (!base->is_private && !by_arguments)
        return true;
    for (int k = 0; k < call->nargs; k++)
        if (call_writes_through(call, k) && may_reach(call->args[k], address))
            return true;
    return false;
}

bool memory_clobbers(const Value *v, const Value *address)
{
    switch (v->kind) {
    case VAL_STORE:
    case VAL_ACCUM:
    case VAL_COPY:
    case VAL_ZERO:
        return memory_may_alias(v->args[0], address);
    case VAL_CALL:
        return call_may_write(v, address);
    case VAL_IF:
    case VAL_LOOP:
        return memory_region_writes(v, address);
    default:
        return false;
    }
}

bool memory_block_writes(const Block *block, const Value *address)
{
    for (const Value *v = block ? block->first : NULL; v; v = v->next)
        if (memory_clobbers(v, address))
            return true;
    return false;
}

bool memory_region_writes(const Value *region, const Value *address)
{
    return memory_block_writes(region->blocks[0], address) || memory_block_writes(region->blocks[1], address);
}

static bool itself_writes_ever(const Value *v, const Value *address)
{
    return ir_writes_memory(v) ? memory_may_alias_ever(v->args[0], address)
                               : v->kind == VAL_CALL && memory_clobbers(v, address);
}

bool memory_writes_ever(const Value *v, const Value *address)
{
    for (const Value *w = v; w; w = ir_next_inside(w, v))
        if (itself_writes_ever(w, address))
            return true;
    return false;
}

bool memory_block_writes_ever(const Block *block, const Value *address)
{
    for (const Value *v = ir_first(block); v; v = ir_next(v, block))
        if (itself_writes_ever(v, address))
            return true;
    return false;
}

/* ---- private objects ---- */

/* Memory that is made here. */
static bool comes_from_own(const Value *address)
{
    Roots roots = {.complete = true};
    find_roots(&roots, address);
    for (int k = 0; k < roots.count; k++)
        if (!is_choice(roots.at[k]) && roots.at[k]->kind != VAL_LOCAL && roots.at[k]->kind != VAL_ALLOC &&
            !heap_is_object(roots.at[k]))
            return false;
    return roots.complete;
}

static void expose(const Value *v)
{
    if (!type_is_pointer(v->type))
        return;
    Roots roots = {.complete = true};
    find_roots(&roots, v);
    for (int k = 0; k < roots.count; k++)
        ((Value *)(uintptr_t)roots.at[k])->is_private = false;
}

static void mark_choice(Value *v)
{
    if (type_is_pointer(v->type))
        memory_base(v)->is_chosen = true;
}

/* v, which lets addresses escape, puts a pointer where a pointer of the caller's may have been. */
static bool moves_pointer(const Value *v)
{
    return (v->kind == VAL_STORE || v->kind == VAL_COPY) && !comes_from_own(v->args[0]);
}

/* Addresses in the arguments of v go where they are no longer followed. */
static bool lets_escape(const Value *v)
{
    switch (v->kind) {
    case VAL_STORE:
    case VAL_PUSH:
        return type_is_pointer(v->args[1]->type);
    case VAL_COPY:
        return true;
    case VAL_CALL:
        return !heap_role(v) && !(v->callee && v->callee->effect == EFFECT_PASSIVE_IO);
    case VAL_CAST:
        return !type_is_pointer(v->type);
    default:
        return false;
    }
}

typedef VEC(const Value *) Escapes;

/* Marks what can be seen where it stands, in one walk, and collects what lets addresses escape. What a select, a
   branch or a loop hands on is chosen. */
static void mark_block(const Block *block, Escapes *escapes)
{
    for (Value *v = block->first; v; v = v->next) {
        v->is_chosen = false;
        v->is_private = v->kind == VAL_LOCAL || v->kind == VAL_ALLOC || heap_is_object(v);
        if (lets_escape(v))
            vec_push(escapes, v);
        for (int k = 0; (v->kind == VAL_SELECT || v->kind == VAL_LOOP) && k < v->nargs; k++)
            mark_choice(v->args[k]);
        for (int k = 0; k < 2; k++)
            if (v->blocks[k])
                mark_block(v->blocks[k], escapes);
    }
    for (int k = 0; k < block->nyields; k++)
        mark_choice(block->yields[k]);
}

static void expose_arguments(const Value *v)
{
    const int first = v->kind == VAL_STORE || v->kind == VAL_PUSH ? 1 : 0;
    for (int k = first; k < v->nargs; k++)
        expose(v->args[k]);
}

void memory_mark_private(Function *fn)
{
    fn->pointers_stay = true;
    for (int k = 0; k < fn->nparams; k++)
        if (fn->params[k].value && fn->params[k].value->kind == VAL_PARAM_OBJECT)
            fn->params[k].value->is_private = true;
    Escapes escapes = {0};
    mark_block(fn->body, &escapes);
    for (size_t k = 0; k < escapes.count; k++)
        expose_arguments(escapes.at[k]);
    for (size_t k = 0; k < escapes.count && fn->pointers_stay; k++)
        fn->pointers_stay = !moves_pointer(escapes.at[k]);
}
