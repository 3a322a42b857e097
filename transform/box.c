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
    Builder *b; /* before the loop */
    const Value *loop;
    const Value *inner[MAX_LOOPS]; /* loops in it around the access */
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

/* Does the value's block run in each iteration of the loop? */
static bool runs_for_sure(const Value *v, const Value *loop)
{
    return v->block == loop->blocks[1];
}

/* Is it computed before the loop? */
static bool is_before(const Value *v, const Value *loop)
{
    if (!ir_visible(v, loop->block))
        return false;
    const Value *place = v->kind == VAL_RESULT || v->kind == VAL_TRIPS ? v->region : v;
    if (!place->block)
        return true;
    const Value *at = loop;
    while (at->block != place->block)
        at = at->block->owner;
    for (const Value *w = at->prev; w; w = w->prev)
        if (w == place)
            return true;
    return false;
}

/* Loaded before the loop, if that runs at all. */
static Value *load_before(Builder *b, const Value *loop, Value *load)
{
    if (memory_region_writes(loop, load->args[0]) || !runs_for_sure(load, loop))
        return NULL;
    Value *runs = ir_if(b, ir_binary(b, loop->rel, b->function->module->types.int_, loop->from, loop->to));
    Builder inside = *b;
    inside.block = runs->blocks[0];
    inside.before = NULL;
    Value *address = box_invariant(&inside, loop, load->args[0]);
    if (!address) {
        ir_remove(runs);
        return NULL;
    }
    Value *loaded = ir_load(&inside, address);
    loaded->hint = load->hint;
    Value *nothing = type_is_real(load->type) ? ir_real(b, load->type, 0, NULL) : ir_int(b, load->type, 0);
    return ir_if_result(runs, loaded, nothing);
}

static bool never_fails(const Value *v)
{
    return ir_is_pure(v->kind) && !ir_is_leaf(v->kind) && v->kind != VAL_DIV && v->kind != VAL_REM &&
           v->kind != VAL_PURE_CALL && v->nargs > 0;
}

Value *box_invariant(Builder *b, const Value *loop, Value *v)
{
    enum { MAX_ARGS = 3 };
    if (is_before(v, loop))
        return v;
    if (v->kind == VAL_LOAD && !type_is_real(v->type))
        return load_before(b, loop, v);
    if (!never_fails(v) || v->nargs > MAX_ARGS)
        return NULL;
    Value *args[MAX_ARGS];
    for (int k = 0; k < v->nargs; k++)
        if (!(args[k] = box_invariant(b, loop, v->args[k])))
            return NULL;
    Value *copy = ir_new(b, v->kind, v->type, v->nargs, args);
    copy->i = v->i;
    copy->rule = v->rule;
    copy->aux_type = v->aux_type;
    return copy;
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
    return box_invariant(f->b, f->loop, v);
}

/* from + (trips - 1) * step */
static Value *last_of(Finder *f, const Value *loop, Value *from)
{
    Value *steps =
        ir_binary(f->b, VAL_SUB, size_type(f->b), trips_count(f->b, loop, f->loop->block), size_int(f->b, 1));
    Value *way =
        ir_binary(f->b, VAL_MUL, from->type, ir_cast(f->b, from->type, steps), ir_int(f->b, from->type, loop->step));
    return ir_binary(f->b, VAL_ADD, from->type, from, way);
}

/* The counter's least or greatest value, where the loop runs. */
static Value *end_of_counter(Finder *f, const Value *counter, bool upper)
{
    const Value *loop = counter->region;
    if (upper != (loop->step > 0))
        return loop->from;
    if (loop->step != 1 && loop->step != -1)
        return last_of(f, loop, loop->from);
    if (loop->rel == VAL_LE || loop->rel == VAL_GE)
        return loop->to;
    Value *one = ir_int(f->b, loop->to->type, 1);
    return ir_binary(f->b, loop->step > 0 ? VAL_SUB : VAL_ADD, loop->to->type, loop->to, one);
}

/* Is it not negative wherever the access is done? A counter starts from 0 or more and runs to it. */
static bool is_not_negative(const Finder *f, const Value *v)
{
    if (v->kind == VAL_INT)
        return v->i >= 0;
    if (v->kind == VAL_CAST && type_is_int(v->args[0]->type) && v->type->size >= v->args[0]->type->size)
        return is_not_negative(f, v->args[0]);
    if (!v->type->is_signed)
        return true;
    for (int k = 0; k < f->ninner; k++) {
        const Value *loop = f->inner[k];
        if (loop->step > 0 && loop->to == v && loop->from->kind == VAL_INT && loop->from->i >= 0 && loop->rel != VAL_NE)
            return true;
    }
    return false;
}

static Value *end_of(Finder *f, Value *index, bool upper, int sign);

static Value *end_of_product(Finder *f, Value *v, bool upper, int sign)
{
    for (int k = 0; k < 2; k++) {
        Value *factor = fixed(f, v->args[k]);
        if (!factor)
            continue;
        const bool negative = factor->kind == VAL_INT && factor->i < 0;
        if (!negative && !is_not_negative(f, v->args[k]))
            return NULL;
        f->is_sum &= is_one(factor);
        Value *x = end_of(f, v->args[1 - k], upper != negative, negative ? -sign : sign);
        return x ? ir_binary(f->b, VAL_MUL, v->type, x, factor) : NULL;
    }
    return NULL;
}

/* The least or greatest value of an index, before the loop; `sign`: does the whole grow or fall with it? */
static Value *end_of(Finder *f, Value *v, bool upper, int sign)
{
    if (v->kind == VAL_COUNTER && inner_index(f, v->region) >= 0) {
        int *direction = &f->direction[inner_index(f, v->region)];
        f->is_sum &= *direction == 0;
        if (*direction == -sign)
            return NULL;
        *direction = sign;
        return end_of_counter(f, v, upper);
    }
    Value *stays = fixed(f, v);
    if (stays || !type_is_int(v->type))
        return stays;
    if (v->kind == VAL_CAST && type_is_int(v->args[0]->type) && v->type->size >= v->args[0]->type->size) {
        Value *x = end_of(f, v->args[0], upper, sign);
        return x ? ir_cast(f->b, v->type, x) : NULL;
    }
    if (v->kind == VAL_MUL)
        return end_of_product(f, v, upper, sign);
    if (v->kind != VAL_ADD && v->kind != VAL_SUB)
        return NULL;
    const bool minus = v->kind == VAL_SUB;
    Value *x = end_of(f, v->args[0], upper, sign);
    Value *y = x ? end_of(f, v->args[1], upper != minus, minus ? -sign : sign) : NULL;
    return y ? ir_binary(f->b, v->kind, v->type, x, y) : NULL;
}

static Value *runs(Finder *f, const Value *loop)
{
    return ir_binary(f->b, loop->rel, f->b->function->module->types.int_, loop->from, loop->to);
}

static Value *both(Finder *f, Value *x, Value *y)
{
    return x ? ir_binary(f->b, VAL_LAND, f->b->function->module->types.int_, x, y) : y;
}

/* How many values the index takes, from the least to the greatest; 0 where one of its loops does not run. */
static Value *count_of(Finder *f, Value *from, Value *to)
{
    int used = 0;
    const Value *loop = NULL;
    for (int k = 0; k < f->ninner; k++)
        if (f->direction[k]) {
            used++;
            loop = f->inner[k];
            f->covered[k] = true;
        }
    if (used == 0)
        return size_int(f->b, 1);
    if (used == 1 && f->is_sum && (loop->step == 1 || loop->step == -1))
        return trips_count(f->b, loop, f->loop->block);
    Value *way = ir_cast(f->b, size_type(f->b), ir_binary(f->b, VAL_SUB, from->type, to, from));
    Value *count = ir_binary(f->b, VAL_ADD, size_type(f->b), way, size_int(f->b, 1));
    Value *all = NULL;
    for (int k = 0; k < f->ninner; k++)
        if (f->direction[k])
            all = both(f, all, runs(f, f->inner[k]));
    return ir_select(f->b, all, count, size_int(f->b, 0));
}

/* ---- the box ---- */

static bool find_inner_loops(Finder *f, const Value *access)
{
    for (const Block *block = access->block; block != f->loop->blocks[1] && block != f->loop->block;
         block = block->parent) {
        const Value *owner = block->owner;
        if (owner->kind != VAL_LOOP || !owner->counted || f->ninner == MAX_LOOPS || !is_before(owner->from, f->loop) ||
            !is_before(owner->to, f->loop))
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

static bool add_steps(Finder *f, Box *box, const Value *address, const Value *base)
{
    if (address == base)
        return true;
    if (address->kind == VAL_CAST) /* of a pointer to a pointer */
        return type_same(address->type, address->args[0]->type) && add_steps(f, box, address->args[0], base);
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

bool box_find(Box *box, Builder *b, const Value *loop, const Value *access)
{
    Finder f = {.b = b, .loop = loop};
    Value *address = access->args[0], *base = memory_base(address);
    *box = (Box){.base = fixed(&f, base), .element = type_unqualified(address->type->to)};
    if (!box->base || !find_inner_loops(&f, access) || !add_steps(&f, box, address, base))
        return false;
    for (int k = 0; k < f.ninner; k++)
        if (!f.covered[k])
            box->guard = both(&f, box->guard, runs(&f, f.inner[k]));
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
    Value *loop = ir_loop(b);
    loop->counted = true;
    loop->blocks[0] = NULL;
    loop->from = size_int(b, 0);
    loop->to = count;
    loop->step = 1;
    loop->rel = VAL_LT;
    b->block = loop->blocks[1];
    b->before = NULL;
    loop->counter = ir_new(b, VAL_COUNTER, size_type(b), 0, NULL);
    loop->counter->region = loop;
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
