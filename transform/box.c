/*
 * box.c: see box.h. An index between constants and counters of loops that run from one fixed value to another has its
 * least and its greatest value where the counters have theirs. What is asked for is not a bound but the range itself:
 * who copies the box must not touch what the program doesn't. So each counter may have a part in an index in one
 * direction only, and the access must be one that each iteration does.
 */
#include "box.h"

#include "passes.h"

enum { MAX_LOOPS = 8 };

typedef struct {
    Builder *b; /* before the place */
    const BoxScope *scope;
    const Value *inner[MAX_LOOPS]; /* loops in the loop around the access */
    Value seen[MAX_LOOPS];         /* the same with bounds as they are at the place */
    int ninner;
    int direction[MAX_LOOPS]; /* of the index in hand: 1 grows with the counter, -1 falls, 0 does neither */
    bool is_sum;              /* ... it is the sum of a counter and what is fixed */
    bool covered[MAX_LOOPS];  /* by the count of a step: it is 0 where the loop does not run */
} Finder;

static Type *size_type(const Builder *b)
{
    return b->function->module->types.size;
}

static Value *size_int(Builder *b, int64_t i)
{
    return ir_int(b, size_type(b), i);
}

static bool is_one(const Value *v)
{
    return v->kind == VAL_INT && v->i == 1;
}

/* ---- what stays ---- */

/* Is it computed before the place? */
static bool is_before(const Value *v, const Value *place)
{
    if (!ir_visible(v, place->block))
        return false;
    const Value *made = v->kind == VAL_RESULT ? v->region : v;
    if (!made->block)
        return true;
    const Value *at = place;
    while (at->block != made->block)
        at = at->block->owner;
    for (const Value *w = at->prev; w; w = w->prev)
        if (w == made)
            return true;
    return false;
}

static Value *invariant(const BoxScope *scope, Builder *b, Value *v);

/* Is it computed whenever the loop runs: in its first iteration, or before? */
static bool runs_for_sure(const BoxScope *scope, const Value *v)
{
    return v->block == scope->loop->blocks[1] || ir_block_inside(scope->loop->block, v->block);
}

/* Loaded before the place, if the loop runs at all. */
static Value *load_before(const BoxScope *scope, Builder *b, Value *load)
{
    if (!scope->runs || memory_clobbers(scope->place, load->args[0]) || !runs_for_sure(scope, load))
        return NULL;
    Value *region = ir_if(b, scope->runs);
    Builder inside = *b;
    inside.block = region->blocks[0];
    inside.before = NULL;
    Value *address = invariant(scope, &inside, load->args[0]);
    if (!address) {
        ir_remove(region);
        return NULL;
    }
    Value *loaded = ir_load(&inside, address);
    loaded->hint = load->hint;
    return ir_if_result(region, loaded, ir_int(b, load->type, 0));
}

static bool never_fails(const Value *v)
{
    return ir_is_pure(v->kind) && !ir_is_leaf(v->kind) && v->kind != VAL_DIV && v->kind != VAL_REM &&
           v->kind != VAL_PURE_CALL && v->nargs > 0;
}

/* The value as it is all through the loop, for use before it; NULL where it may change. */
static Value *invariant(const BoxScope *scope, Builder *b, Value *v)
{
    enum { MAX_ARGS = 3 };
    if (is_before(v, scope->place))
        return v;
    if (v->kind == VAL_LOAD && !type_is_real(v->type))
        return load_before(scope, b, v);
    if (!never_fails(v) || v->nargs > MAX_ARGS)
        return NULL;
    Value *args[MAX_ARGS];
    for (int k = 0; k < v->nargs; k++)
        if (!(args[k] = invariant(scope, b, v->args[k])))
            return NULL;
    Value *copy = ir_new(b, v->kind, v->type, v->nargs, args);
    copy->i = v->i;
    copy->rule = v->rule;
    copy->aux_type = v->aux_type;
    copy->hint = v->hint;
    return copy;
}

static Value *runs(Builder *b, const Value *loop)
{
    return ir_binary(b, loop->rel, b->function->module->types.int_, loop->from, loop->to);
}

static bool same_value(const Value *a, const Value *b)
{
    if (a == b || !a || !b)
        return a == b;
    if (a->kind != b->kind || a->nargs != b->nargs || a->i != b->i || !type_same(a->type, b->type) ||
        (a->kind != VAL_INT && (a->nargs == 0 || !ir_is_pure(a->kind))))
        return false;
    for (int k = 0; k < a->nargs; k++)
        if (!same_value(a->args[k], b->args[k]))
            return false;
    return true;
}

static Value *both(Builder *b, Value *x, Value *y)
{
    if (!x || same_value(x, y))
        return y;
    return ir_binary(b, VAL_LAND, b->function->module->types.int_, x, y);
}

/* The loop with bounds as they are at the place. */
static Value seen_from_place(const BoxScope *scope)
{
    Value loop = *scope->loop;
    loop.from = scope->from;
    loop.to = scope->to;
    return loop;
}

bool box_open(BoxScope *scope, Builder *b, const Value *loop, const Value *place)
{
    *scope = (BoxScope){.loop = loop, .place = place};
    Value *taken = NULL;
    for (const Value *v = loop; v != place; v = v->block->owner) {
        const Value *branch = v->block->owner;
        if (branch->kind != VAL_IF)
            return false;
        Value *condition = invariant(scope, b, branch->args[0]);
        if (!condition)
            return false;
        if (v->block == branch->blocks[1])
            condition = ir_unary(b, VAL_LNOT, b->function->module->types.int_, condition);
        taken = both(b, taken, condition);
    }
    scope->runs = taken; /* what the bounds are loaded from is there where the branch is taken */
    scope->from = invariant(scope, b, loop->from);
    scope->to = invariant(scope, b, loop->to);
    if (!scope->from || !scope->to)
        return false;
    const Value seen = seen_from_place(scope);
    scope->runs = both(b, taken, runs(b, &seen));
    return true;
}

Value *box_trips(const BoxScope *scope, Builder *b)
{
    const Value seen = seen_from_place(scope);
    return trips_count(b, &seen, scope->place->block);
}

/* ---- ranges ---- */

static int inner_index(const Finder *f, const Value *loop)
{
    for (int k = 0; k < f->ninner; k++)
        if (f->inner[k] == loop)
            return k;
    return -1;
}

static Value *fixed(Finder *f, Value *v)
{
    return invariant(f->scope, f->b, v);
}

/* from + (trips - 1) * step */
static Value *last_of(Finder *f, const Value *loop, Value *from)
{
    Value *steps =
        ir_binary(f->b, VAL_SUB, size_type(f->b), trips_count(f->b, loop, f->scope->place->block), size_int(f->b, 1));
    Value *way =
        ir_binary(f->b, VAL_MUL, from->type, ir_cast(f->b, from->type, steps), ir_int(f->b, from->type, loop->step));
    return ir_binary(f->b, VAL_ADD, from->type, from, way);
}

/* The counter's least or greatest value, where the loop runs. */
static Value *end_of_counter(Finder *f, const Value *counter, bool upper)
{
    const Value *loop = &f->seen[inner_index(f, counter->region)];
    if (upper != (loop->step > 0))
        return loop->from;
    if (loop->step != 1 && loop->step != -1)
        return last_of(f, loop, loop->from);
    if (loop->rel == VAL_LE || loop->rel == VAL_GE)
        return loop->to;
    Value *one = ir_int(f->b, loop->to->type, 1);
    return ir_binary(f->b, loop->step > 0 ? VAL_SUB : VAL_ADD, loop->to->type, loop->to, one);
}

/* x + the answer */
static int64_t split_offset(const Value *v, const Value **x)
{
    *x = v;
    if ((v->kind != VAL_ADD && v->kind != VAL_SUB) || v->args[1]->kind != VAL_INT)
        return 0;
    *x = v->args[0];
    return v->kind == VAL_ADD ? v->args[1]->i : -v->args[1]->i;
}

/* Is it not negative wherever the access is done? A counter starts from 0 or more, and gets close to it. */
static bool is_not_negative(const Finder *f, const Value *v)
{
    if (v->kind == VAL_INT)
        return v->i >= 0;
    if (ir_is_wide_cast(v))
        return is_not_negative(f, v->args[0]);
    if (!v->type->is_signed)
        return true;
    const Value *x, *y;
    const int64_t offset = split_offset(v, &x);
    for (int k = 0; k < f->ninner; k++) {
        const Value *loop = f->inner[k];
        const int64_t to = split_offset(loop->to, &y);
        if (loop->step > 0 && x == y && loop->from->kind == VAL_INT && loop->from->i >= 0 &&
            (loop->rel == VAL_LT || loop->rel == VAL_LE) && loop->from->i + (loop->rel == VAL_LT) - to + offset >= 0)
            return true;
    }
    return false;
}

static Value *end_of(Finder *f, Value *index, bool upper, int sign);

enum { EITHER_WAY = 2 }; /* a direction that is not known */

static int turned(int sign, bool negative)
{
    return sign == EITHER_WAY || !negative ? sign : -sign;
}

/* x * factor, which grows or falls with x as the factor's sign says at run time. */
static Value *end_either_way(Finder *f, Value *x, Value *factor, bool upper)
{
    int direction[MAX_LOOPS];
    memcpy(direction, f->direction, sizeof direction);
    Value *low = end_of(f, x, false, EITHER_WAY);
    memcpy(f->direction, direction, sizeof direction);
    Value *high = low ? end_of(f, x, true, EITHER_WAY) : NULL;
    if (!high || !factor->type->is_signed)
        return NULL;
    Value *falls = ir_binary(f->b, VAL_LT, f->b->function->module->types.int_, factor, ir_int(f->b, factor->type, 0));
    Value *end = upper ? ir_select(f->b, falls, low, high) : ir_select(f->b, falls, high, low);
    return ir_binary(f->b, VAL_MUL, factor->type, end, factor);
}

static Value *end_of_product(Finder *f, Value *v, bool upper, int sign)
{
    for (int k = 0; k < 2; k++) {
        Value *factor = fixed(f, v->args[k]), *x = v->args[1 - k];
        if (!factor)
            continue;
        const bool negative = factor->kind == VAL_INT && factor->i < 0;
        f->is_sum &= is_one(factor);
        if (!negative && !is_not_negative(f, v->args[k]))
            return end_either_way(f, x, factor, upper);
        Value *end = end_of(f, x, upper != negative, turned(sign, negative));
        return end ? ir_binary(f->b, VAL_MUL, v->type, end, factor) : NULL;
    }
    return NULL;
}

/* The least or greatest value of an index, before the loop; `sign`: does the whole grow or fall with it? */
static Value *end_of(Finder *f, Value *v, bool upper, int sign)
{
    if (v->kind == VAL_COUNTER && inner_index(f, v->region) >= 0) {
        int *direction = &f->direction[inner_index(f, v->region)];
        f->is_sum &= *direction == 0;
        if (*direction != 0 && (*direction != sign || sign == EITHER_WAY))
            return NULL;
        *direction = sign;
        return end_of_counter(f, v, upper);
    }
    Value *stays = fixed(f, v);
    if (stays || !type_is_int(v->type))
        return stays;
    if (ir_is_wide_cast(v)) {
        Value *x = end_of(f, v->args[0], upper, sign);
        return x ? ir_cast(f->b, v->type, x) : NULL;
    }
    if (v->kind == VAL_MUL)
        return end_of_product(f, v, upper, sign);
    if (v->kind != VAL_ADD && v->kind != VAL_SUB)
        return NULL;
    const bool minus = v->kind == VAL_SUB;
    Value *x = end_of(f, v->args[0], upper, sign);
    Value *y = x ? end_of(f, v->args[1], upper != minus, turned(sign, minus)) : NULL;
    return y ? ir_binary(f->b, v->kind, v->type, x, y) : NULL;
}

/* How many values the index takes, from the least to the greatest; 0 where one of its loops does not run. */
static Value *count_of(Finder *f, Value *from, Value *to)
{
    int used = 0;
    const Value *loop = NULL;
    for (int k = 0; k < f->ninner; k++)
        if (f->direction[k]) {
            used++;
            loop = &f->seen[k];
            f->covered[k] = true;
        }
    if (used == 0)
        return size_int(f->b, 1);
    if (used == 1 && f->is_sum && (loop->step == 1 || loop->step == -1))
        return trips_count(f->b, loop, f->scope->place->block);
    Value *way = ir_cast(f->b, size_type(f->b), ir_binary(f->b, VAL_SUB, from->type, to, from));
    Value *count = ir_binary(f->b, VAL_ADD, size_type(f->b), way, size_int(f->b, 1));
    Value *all = NULL;
    for (int k = 0; k < f->ninner; k++)
        if (f->direction[k])
            all = both(f->b, all, runs(f->b, &f->seen[k]));
    return ir_select(f->b, all, count, size_int(f->b, 0));
}

/* ---- the box ---- */

static bool find_inner_loops(Finder *f, const Value *access)
{
    const Value *loop = f->scope->loop;
    for (const Block *block = access->block; block != loop->blocks[1] && !ir_block_inside(loop->block, block);
         block = block->parent) {
        Value *owner = block->owner;
        if (owner->kind != VAL_LOOP || !owner->counted || f->ninner == MAX_LOOPS)
            return false;
        Value *seen = &f->seen[f->ninner];
        *seen = *owner;
        seen->from = fixed(f, owner->from);
        seen->to = fixed(f, owner->to);
        if (!seen->from || !seen->to)
            return false;
        f->inner[f->ninner++] = owner;
    }
    return true;
}

static bool add_index(Finder *f, Box *box, const Value *step)
{
    Value *ends[2] = {NULL, NULL};
    for (int upper = 0; upper < 2; upper++) {
        memset(f->direction, 0, sizeof f->direction);
        f->is_sum = true;
        ends[upper] = end_of(f, step->args[1], upper, 1);
    }
    Value *from = ends[0], *to = ends[1];
    Value *scalars = to && step->nargs > 2 ? fixed(f, step->args[2]) : NULL;
    if (!from || !to || (step->nargs > 2 && !scalars))
        return false;
    box->steps[box->nsteps++] = (BoxStep){step, from, count_of(f, from, to), scalars};
    return true;
}

/* What the address steps from; a cast of what malloc gives is where elements are counted from. */
static Value *base_of(Value *address)
{
    while (ir_continues_address(address))
        address = address->args[0];
    return address;
}

static bool add_steps(Finder *f, Box *box, const Value *address, const Value *base)
{
    if (address == base)
        return true;
    if (!add_steps(f, box, address->args[0], base) || box->nsteps == BOX_MAX_STEPS)
        return false;
    if (address->kind == VAL_PTRADD)
        return add_index(f, box, address);
    box->steps[box->nsteps++] = (BoxStep){.like = address};
    return true;
}

static Value *size_of(Builder *b, const Box *box)
{
    Value *size = size_int(b, 1);
    for (int k = 0; k < box->nsteps; k++)
        if (box->steps[k].count)
            size = ir_binary(b, VAL_MUL, size_type(b), size, box->steps[k].count);
    return size;
}

bool box_find(Box *box, Builder *b, const BoxScope *scope, const Value *access)
{
    Finder f = {.b = b, .scope = scope};
    Value *address = access->args[0], *base = base_of(address);
    *box = (Box){.base = fixed(&f, base), .element = type_unqualified(address->type->to)};
    if (!box->base || !find_inner_loops(&f, access) || !add_steps(&f, box, address, base))
        return false;
    for (int k = 0; k < f.ninner; k++)
        if (!f.covered[k])
            box->guard = both(b, box->guard, runs(b, &f.seen[k]));
    box->size = size_of(b, box);
    return true;
}

bool box_of_object(Box *box, Builder *b, Value *object)
{
    if (object->kind != VAL_LOCAL && object->kind != VAL_GLOBAL)
        return false;
    *box = (Box){.base = object};
    Type *t = object->type->to;
    int variable = 0;
    for (; t->kind == TYPE_ARRAY; t = t->to) {
        if (t->count == ARRAY_UNKNOWN || box->nsteps == BOX_MAX_STEPS)
            return false;
        if (t->count == ARRAY_VARIABLE && variable == object->nargs)
            return false;
        Value *count =
            t->count == ARRAY_VARIABLE ? ir_cast(b, size_type(b), object->args[variable++]) : size_int(b, t->count);
        box->steps[box->nsteps++] = (BoxStep){.from = size_int(b, 0), .count = count};
    }
    box->element = type_unqualified(t);
    box->size = size_of(b, box);
    return true;
}

bool box_same(const Box *a, const Box *b)
{
    if (a->base != b->base || a->nsteps != b->nsteps || !same_value(a->guard, b->guard) ||
        !type_same(a->element, b->element))
        return false;
    for (int k = 0; k < a->nsteps; k++) {
        const BoxStep *x = &a->steps[k], *y = &b->steps[k];
        if (!x->like != !y->like || !same_value(x->from, y->from) || !same_value(x->count, y->count))
            return false;
        if (x->like && (x->like->kind != y->like->kind || x->like->i != y->like->i))
            return false;
    }
    return true;
}

/* ---- copying ---- */

/* for (e = 0; e < count; e++): the builder goes inside; the counter. */
static Value *open_loop(Builder *b, Value *count)
{
    const Value *loop = ir_count(b, size_int(b, 0), VAL_LT, count, 1);
    *b = ir_inside(b, loop);
    return loop->counter;
}

/* Scalars per element, where an array of run-time size is stepped over. */
static Value *scalars_in(Builder *b, const Box *box, int step)
{
    const Type *element = box->base->type->to;
    for (int k = 0; k <= step; k++)
        element = element->to;
    if (element->kind != TYPE_ARRAY || type_scalar_count(element) != 0)
        return NULL;
    Value *scalars = size_int(b, 1);
    for (int k = step + 1; k < box->nsteps; k++)
        scalars = ir_binary(b, VAL_MUL, size_type(b), scalars, box->steps[k].count);
    return scalars;
}

static Value *step_on(Builder *b, const Box *box, int k, Value *address, Value *number)
{
    const BoxStep *step = &box->steps[k];
    if (!step->like)
        return ir_ptradd(b, ir_decay(b, address), number, scalars_in(b, box, k));
    if (step->like->kind == VAL_DECAY)
        return ir_decay(b, address);
    if (step->like->kind == VAL_FIELD)
        return ir_field(b, address, (int)step->like->i);
    Value *from = step->from, *index = from;
    if (!is_one(step->count))
        index = from->kind == VAL_INT && from->i >= 0
                    ? ir_binary(b, VAL_ADD, number->type, number, size_int(b, from->i))
                    : ir_binary(b, VAL_ADD, from->type, from, ir_cast(b, from->type, number));
    return ir_ptradd(b, address, index, step->scalars);
}

void box_copy(const Box *box, Builder *outside, Value *row, Value *at, bool back)
{
    Builder b = *outside;
    if (box->guard) {
        b.block = ir_if(&b, box->guard)->blocks[0];
        b.before = NULL;
    }
    Value *address = box->base, *place = NULL;
    for (int k = 0; k < box->nsteps; k++) {
        Value *count = box->steps[k].count, *number = NULL;
        if (count && is_one(count)) {
            number = size_int(&b, 0);
        } else if (count) {
            number = open_loop(&b, count);
            place = place ? ir_binary(&b, VAL_MUL, number->type, place, count) : NULL;
            place = place ? ir_binary(&b, VAL_ADD, number->type, place, number) : number;
        }
        address = step_on(&b, box, k, address, number);
    }
    Value *element = ir_ptradd(&b, row, place ? ir_binary(&b, VAL_ADD, place->type, at, place) : at, NULL);
    Value *from = back ? element : address, *to = back ? address : element;
    if (box->element->kind == TYPE_RECORD)
        ir_copy(&b, to, from);
    else
        ir_store(&b, to, ir_load(&b, from));
}
