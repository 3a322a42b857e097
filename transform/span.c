/*
 * span.c: parts of one block of memory that lie behind one another, as when one malloc serves all the arrays of a
 * program:
 *
 *     double *x = memory, *y = x + n * m, *z = y + n;
 *     for (i < n)
 *         for (j < m) z[i] += x[i * m + j];         x[(n - 1) m + m - 1] is before z, n + 1 elements or more
 *
 * The same tells the halves of a butterfly from one another, x[i + k] from x[i + k + half] where k counts to half.
 *
 * The distance of two addresses is a polynomial in counters and in values whose sign is known or not. Each counter is
 * replaced by its first or its last value, whichever makes the distance least, inner loops first; then it is
 * positive for sure if no term is negative and one is at least 1. What is known of signs:
 *
 *     a bound up to which a loop counts from 0    1 or more, in the loop
 *     an unsigned value                           0 or more; and so is what a pointer steps by an unsigned sum or
 * product (a step by more than the object has elements is undefined)
 *
 * Signed arithmetic doesn't overflow, and sizes of objects don't either.
 */
#include "span.h"

#include "passes.h"
#include "polynomial.h"

enum { MAX_BOUNDS = 12, MAX_NESTING = 8, MAX_COUNTERS = 12 };

typedef struct {
    const Value *positive[MAX_BOUNDS]; /* 1 or more, where both addresses are used */
    int count;
    bool same_iteration;
    const Value *loop; /* iterations of this one may differ, and not those of loops around it; NULL: of any */
} Known;

/* ---- what indices are ---- */

/* Has it one value in all of the iterations that may differ? */
static bool is_outside(const Known *known, const Value *v)
{
    return known->loop && ir_visible(v, known->loop->block);
}

/* Is it the same number in all iterations, or asked for in one only? */
static bool stays(const Known *known, const Value *v)
{
    if (is_outside(known, v))
        return true;
    const Block *block = v->kind == VAL_RESULT ? v->region->block : v->block;
    return known->same_iteration || v->kind == VAL_PARAM || (v->kind != VAL_CARRIED && block && !block->owner);
}

typedef struct {
    const Known *known;
    int side;
} Place;

/* Counters are one thing at one address and another at the other. */
static int side_of(const Value *v, void *request)
{
    const Place *place = request;
    const bool counter = v->kind == VAL_COUNTER && !is_outside(place->known, v);
    return !counter && !stays(place->known, v) ? POLYNOMIAL_NO_ATOM : counter ? place->side : 0;
}

/* to += scale v */
static bool add_value(const Known *known, Polynomial *to, int64_t scale, const Value *v, int side)
{
    return polynomial_add_value(to, scale, v, side_of, &(Place){known, side});
}

/* ---- signs ---- */

/* A number of elements, by what it comes from. */
static bool is_size(const Value *v)
{
    if (v->kind == VAL_PARAM)
        return true;
    if (v->kind == VAL_LOAD)
        return v->args[0]->kind == VAL_FIELD;
    return v->kind == VAL_INT ? v->i >= 0 : v->kind == VAL_MUL && is_size(v->args[0]) && is_size(v->args[1]);
}

/* Unsigned, and not a negative number in disguise, as the step of p - n is. */
static bool is_unsigned_size(const Value *v)
{
    if (v->type->is_signed || v->type->size != 8)
        return false;
    if (v->kind == VAL_ADD || v->kind == VAL_MUL)
        return is_unsigned_size(v->args[0]) && is_unsigned_size(v->args[1]);
    return v->kind == VAL_CAST ? type_is_int(v->args[0]->type) && is_size(v->args[0]) : is_size(v);
}

static bool is_positive(const Known *known, const Value *v)
{
    for (int k = 0; k < known->count; k++)
        if (known->positive[k] == v)
            return true;
    return false;
}

static bool counts_up(const Value *loop)
{
    return loop->counted && loop->step > 0 && (loop->rel == VAL_LT || loop->rel == VAL_LE);
}

static bool is_not_negative(const Known *known, const Value *v)
{
    if (v->kind == VAL_COUNTER && counts_up(v->region))
        return v->region->from->kind == VAL_INT && v->region->from->i >= 0;
    return is_positive(known, v) || is_unsigned_size(v);
}

/* The term is what it is for atoms that are 0 or more; -1 or 1, or 0 where its sign is not known. */
static int sign_of_term(const Known *known, const Term *term)
{
    for (int k = 0; k < term->degree; k++)
        if (!is_not_negative(known, term->atom[k].value))
            return 0;
    return term->factor > 0 ? 1 : -1;
}

/* Of all terms alike. */
static int sign_of(const Known *known, const Polynomial *p)
{
    int sign = p->count ? sign_of_term(known, &p->term[0]) : 0;
    for (int k = 1; k < p->count; k++)
        if (sign_of_term(known, &p->term[k]) != sign)
            return 0;
    return sign;
}

/* A loop that runs and counts up from 0 or more has a bound of 1 or more; c n >= 1 means n >= 1. */
static void learn_from_loop(Known *known, const Value *loop)
{
    if (!counts_up(loop) || loop->from->kind != VAL_INT || loop->from->i < (loop->rel == VAL_LE ? 1 : 0))
        return;
    Polynomial bound;
    bound.count = 0;
    if (!add_value(known, &bound, 1, loop->to, 0))
        return;
    int last = -1;
    for (int k = 0; k < bound.count; k++) {
        const Term *t = &bound.term[k];
        if (t->degree == 0 && t->factor < 0)
            continue; /* n - 1 is 1 or more, and n all the more */
        if (t->degree != 1 || t->factor < 0 || last >= 0 || t->atom[0].value->kind == VAL_COUNTER)
            return;
        last = k;
    }
    const Value *positive = last >= 0 ? bound.term[last].atom[0].value : NULL;
    if (positive && known->count < MAX_BOUNDS && !is_positive(known, positive))
        known->positive[known->count++] = positive;
}

static void learn_around(Known *known, const Block *block)
{
    for (; block && block->owner; block = block->parent)
        if (block->owner->kind == VAL_LOOP)
            learn_from_loop(known, block->owner);
}

/* All the loops that the address is in, or whose counters it is made of. */
static void learn_from_value(Known *known, const Value *v, int nesting)
{
    if (v->kind == VAL_COUNTER)
        learn_around(known, v->region->blocks[1]);
    for (int k = 0; k < v->nargs && nesting < MAX_NESTING && (ir_is_pure(v->kind) || nesting == 0); k++)
        if (type_is_int(v->args[k]->type))
            learn_from_value(known, v->args[k], nesting + 1);
}

static void learn(Known *known, const Path *path)
{
    for (int k = 0; k < path->count; k++) {
        learn_around(known, path->step[k]->block);
        learn_from_value(known, path->step[k], 0);
    }
}

/* ---- distances ---- */

static int depth_of(const Value *loop)
{
    int depth = 0;
    for (const Block *b = loop->block; b && b->owner; b = b->parent)
        depth++;
    return depth;
}

/* The counter of the innermost loop. */
static bool find_counter(const Polynomial *p, Atom *found)
{
    int deepest = -1;
    for (int k = 0; k < p->count; k++)
        for (int j = 0; j < p->term[k].degree; j++) {
            const Atom atom = p->term[k].atom[j];
            if (atom.value->kind == VAL_COUNTER && depth_of(atom.value->region) > deepest) {
                deepest = depth_of(atom.value->region);
                *found = atom;
            }
        }
    return deepest >= 0;
}

/* The least or the greatest value of the counter, or something beyond it. */
static bool add_extreme(const Known *known, Polynomial *to, const Value *loop, bool greatest, int side)
{
    if (!loop->counted || loop->rel == VAL_NE || (loop->step < 0 && !loop->counter->type->is_signed))
        return false;
    if ((loop->step > 0) != greatest)
        return add_value(known, to, 1, loop->from, side);
    const bool open = loop->rel == VAL_LT || loop->rel == VAL_GT;
    return add_value(known, to, 1, loop->to, side) && (!open || polynomial_add_constant(to, loop->step > 0 ? -1 : 1));
}

static bool is_at_least_1(const Known *known, Polynomial p)
{
    Atom counter = {0};
    for (int k = 0; find_counter(&p, &counter); k++) {
        Polynomial slope, least, extreme;
        extreme.count = 0;
        const bool linear = k < MAX_COUNTERS && polynomial_split(&p, counter, &slope, &least);
        const int sign = linear ? sign_of(known, &slope) : 0;
        if (!sign || !add_extreme(known, &extreme, counter.value->region, sign < 0, counter.side) ||
            !polynomial_add_product(&least, 1, &slope, &extreme))
            return false;
        p = least;
    }
    int64_t sum = 0;
    for (int k = 0; k < p.count; k++) {
        const Term *t = &p.term[k];
        bool all_positive = true;
        for (int j = 0; j < t->degree; j++)
            all_positive = all_positive && is_positive(known, t->atom[j].value);
        if (t->degree && sign_of_term(known, t) <= 0)
            return false;
        if (all_positive && __builtin_add_overflow(sum, t->factor, &sum))
            return false;
    }
    return sum >= 1;
}

/* Steps over scalars of one type only. */
static bool is_plain(const Path *path, const Type *type)
{
    if (path->is_flat || !type_same(path->type, type))
        return false;
    for (int k = 0; k < path->count; k++)
        if (path->step[k]->kind != VAL_PTRADD || path->step[k]->nargs != 2 || !type_same(path->step[k]->type, type))
            return false;
    return type->to->kind != TYPE_ARRAY && type->to->kind != TYPE_RECORD;
}

/* to += sign path. Unsigned steps of what lies behind are 0 or more: they are left out where they can't be compared. */
static bool add_path(const Known *known, Polynomial *to, int64_t sign, const Path *path, int from, int side)
{
    for (int k = from; k < path->count; k++) {
        const Value *index = path->step[k]->args[1];
        Polynomial step;
        step.count = 0;
        const bool added = add_value(known, &step, 1, index, side);
        if (sign > 0 && is_unsigned_size(index) && (!added || sign_of(known, &step) <= 0))
            continue;
        if (!added || !polynomial_add(to, sign, &step))
            return false;
    }
    return true;
}

static bool is_behind(const Known *known, const Path *a, const Path *b, int from, int side)
{
    Polynomial distance;
    distance.count = 0;
    return add_path(known, &distance, 1, a, from, side) && add_path(known, &distance, -1, b, from, 1 - side) &&
           is_at_least_1(known, distance);
}

static bool differ(Known known, const Path *a, const Path *b)
{
    if (!is_plain(a, a->type) || !is_plain(b, a->type))
        return false;
    learn(&known, a);
    learn(&known, b);
    int from = 0; /* what both have in common */
    while (from < a->count && from < b->count && a->step[from] == b->step[from] &&
           (known.same_iteration || is_outside(&known, a->step[from])))
        from++;
    return is_behind(&known, a, b, from, 0) || is_behind(&known, b, a, from, 1);
}

bool spans_differ(const Path *a, const Path *b, bool same_iteration)
{
    return differ((Known){.same_iteration = same_iteration}, a, b);
}

bool spans_differ_within(const Path *a, const Path *b, const Value *loop)
{
    return differ((Known){.loop = loop}, a, b);
}
