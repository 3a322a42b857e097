/*
 * loops.c: a while loop that steps an integer or a pointer up or down to a bound that stays, or to the nearer of two,
 * becomes a counted loop. What else steps evenly in it becomes an expression of the counter, so that the reverse sweep
 * can count back.
 */
#include "counting.h"
#include "passes.h"
#include "simplify.h"

/* In its loop, the value is `rel` to the bound. */
typedef struct Strided {
    const Value *value, *bound;
    ValueKind rel;
    struct Strided *next;
} Strided;

typedef struct {
    Function *function;
    const DeriveOptions *options;
    Value **stands_for; /* by id */
    unsigned capacity;
    Strided *strided;
} Loops;

static Value *resolve(const Loops *l, Value *v)
{
    while (v->id < l->capacity && l->stands_for[v->id])
        v = l->stands_for[v->id];
    return v;
}

/* ---- what is computed before the loop ---- */

/* Is `from rel bound` known from a loop around? */
static bool begins_before(const Loops *l, const Value *loop, const Counting *c)
{
    const Value *from = resolve(l, loop->args[c->index]), *bound = resolve(l, c->bound);
    if (from->kind == VAL_COUNTER)
        return from->region->counted && from->region->rel == c->rel && from->region->to == bound;
    const Strided *s = l->strided;
    while (s && (s->value != from || s->bound != bound || s->rel != c->rel))
        s = s->next;
    return s;
}

/* The second of i < n && i < m is computed only where the first holds; before the loop, where it holds at first. */
static bool bounds_are_known(const Loops *l, const Value *loop, const Counting *c)
{
    return !c->also || ir_visible(c->also, loop->block) || begins_before(l, loop, c);
}

/* Moves what v is computed from out of the condition block, before the loop. */
static Value *hoist(Value *loop, Value *v)
{
    if (ir_visible(v, loop->block))
        return v;
    for (int k = 0; k < v->nargs; k++)
        hoist(loop, v->args[k]);
    ir_move(v, loop->block, loop);
    return v;
}

static bool has_calls(const Block *block)
{
    for (const Value *v = ir_first(block); v; v = ir_next(v, block))
        if (v->kind == VAL_CALL)
            return true;
    return false;
}

/* ---- rewriting ---- */

static void replace(Loops *l, const Value *v, Value *by)
{
    if (v->id >= l->capacity) {
        const unsigned wanted = l->function->next_id * 2;
        l->stands_for = arena_grow(l->stands_for, sizeof(Value *) * l->capacity, sizeof(Value *) * wanted);
        l->capacity = wanted;
    }
    l->stands_for[v->id] = by;
}

static Builder before_loop(const Loops *l, Value *loop)
{
    return (Builder){.function = l->function, .block = loop->block, .before = loop, .loc = loop->loc};
}

static Builder after_loop(const Loops *l, Value *loop)
{
    return (Builder){.function = l->function, .block = loop->block, .before = loop->next, .loc = loop->loc};
}

static Builder at_body_start(const Loops *l, Value *loop)
{
    return (Builder){
        .function = l->function, .block = loop->blocks[1], .before = loop->blocks[1]->first, .loc = loop->loc};
}

/* from <= to, where `from` is at most one more than the counter of a loop around that stays below the same bound. */
static bool bound_is_ahead(const Value *loop)
{
    const Value *from = loop->from;
    const bool one_more = from->kind == VAL_ADD && from->args[1]->kind == VAL_INT && from->args[1]->i == 1;
    const Value *counter = one_more ? from->args[0] : from;
    if (loop->rel != VAL_LT || counter->kind != VAL_COUNTER)
        return false;
    const Value *around = counter->region;
    return around->step > 0 && around->rel == VAL_LT && around->to == loop->to;
}

/* The counter's value when the loop is over. */
static Value *final_counter(Builder *b, const Value *loop)
{
    Type *type = loop->counter->type, *int_ = b->function->module->types.int_;
    Value *from = loop->from, *to = loop->to;
    if (loop->rel == VAL_NE)
        return to;
    const int64_t step = loop->step, size = step > 0 ? step : -step;
    Value *end = to;
    if (loop->rel == VAL_LE || loop->rel == VAL_GE)
        end = ir_binary(b, step > 0 ? VAL_ADD : VAL_SUB, type, to, ir_int(b, type, 1));
    if (size > 1) { /* the first value of from, from + step, ... that is not before the end */
        Value *way = step > 0 ? ir_binary(b, VAL_SUB, type, end, from) : ir_binary(b, VAL_SUB, type, from, end);
        Value *trips = ir_binary(b, VAL_DIV, type, ir_binary(b, VAL_ADD, type, way, ir_int(b, type, size - 1)),
                                 ir_int(b, type, size));
        Value *covered = ir_binary(b, VAL_MUL, type, trips, ir_int(b, type, size));
        end = ir_binary(b, step > 0 ? VAL_ADD : VAL_SUB, type, from, covered);
    }
    if (size == 1 && bound_is_ahead(loop))
        return end;
    return ir_select(b, ir_binary(b, loop->rel, int_, from, to), end, from);
}

/* How many steps were done when the counter is at `at`. */
static Value *steps_done(Builder *b, const Value *loop, Value *at, Type *type)
{
    Value *way = loop->step > 0 ? ir_binary(b, VAL_SUB, at->type, at, loop->from)
                                : ir_binary(b, VAL_SUB, at->type, loop->from, at);
    const int64_t size = loop->step > 0 ? loop->step : -loop->step;
    if (size > 1)
        way = ir_binary(b, VAL_DIV, at->type, way, ir_int(b, at->type, size));
    return ir_cast(b, type, way);
}

/* carried = init + step * steps, for integers and pointers */
static Value *stepped(Builder *b, const Stepping *s, Value *init, Value *steps)
{
    b->hint = NULL;
    Value *step = ir_cast(b, steps->type, stepping_step(b, s));
    Value *way = ir_binary(b, VAL_MUL, steps->type, steps, step);
    b->hint = s->carried->hint;
    if (type_is_pointer(init->type))
        return ir_ptradd(b, init, way, s->scalars);
    Value *at = ir_binary(b, s->negative ? VAL_SUB : VAL_ADD, init->type, init, ir_cast(b, init->type, way));
    if (at->kind == VAL_MUL && !at->hint)
        at->hint = s->carried->hint;
    return at;
}

/* The type in which the way from the start is computed: a pointer's is not bound to what the counter can hold. */
static Type *type_of_way(const Loops *l, const Value *loop, const Stepping *s)
{
    Type *counter = loop->counter->type, *long_ = l->function->module->types.long_;
    if (type_is_int(s->carried->type))
        return s->carried->type;
    return s->step->kind != VAL_INT && counter->size < long_->size ? long_ : counter;
}

static void replace_stepping(Loops *l, Value *loop, int k)
{
    Stepping stepping;
    if (!stepping_find(loop, k, &stepping))
        return;
    Type *type = type_of_way(l, loop, &stepping);
    Builder inside = at_body_start(l, loop);
    Value *steps = steps_done(&inside, loop, loop->counter, type);
    replace(l, loop->carried[k], stepped(&inside, &stepping, loop->args[k], steps));
    Builder outside = after_loop(l, loop);
    steps = steps_done(&outside, loop, final_counter(&outside, loop), type);
    replace(l, loop->results[k], stepped(&outside, &stepping, loop->args[k], steps));
}

static Value *new_counter(Loops *l, Value *loop, Type *type, const char *hint)
{
    Builder b = at_body_start(l, loop);
    Value *counter = ir_new(&b, VAL_COUNTER, type, 0, NULL);
    counter->region = loop;
    counter->hint = hint;
    return counter;
}

/*
 * i + k < n counts to n - k where the loop runs, and to where it starts where it does not: n - k may overflow there. An
 * end that belongs to the loop becomes the one behind it, which i gets to.
 */
static void count_to_ahead(Builder *b, Value *loop, const Counting *c)
{
    Type *type = loop->from->type, *int_ = b->function->module->types.int_;
    const ValueKind add = c->ahead_is_subtracted ? VAL_SUB : VAL_ADD, back = c->ahead_is_subtracted ? VAL_ADD : VAL_SUB;
    Value *ahead = hoist(loop, c->ahead), *first = ir_binary(b, add, type, loop->from, ahead);
    Value *runs = ir_binary(b, c->rel, int_, first, loop->to), *end = ir_binary(b, back, type, loop->to, ahead);
    if (c->rel == VAL_NE) {
        loop->to = end;
        return;
    }
    if (c->rel == VAL_LE || c->rel == VAL_GE) {
        end = ir_binary(b, c->step > 0 ? VAL_ADD : VAL_SUB, type, end, ir_int(b, type, 1));
        loop->rel = c->step > 0 ? VAL_LT : VAL_GT;
    }
    loop->to = ir_select(b, runs, end, loop->from);
    if (!ir_is_leaf(loop->to->kind) && !loop->to->hint)
        loop->to->hint = "end";
}

/* The nearer one of two bounds. */
static Value *bound_of(const Loops *l, Builder *b, Value *loop, const Counting *c)
{
    Type *type = loop->carried[c->index]->type, *int_ = l->function->module->types.int_;
    if (!c->bound)
        return ir_int(b, type, 0);
    Value *bound = ir_cast(b, type, hoist(loop, c->bound));
    if (!c->also)
        return bound;
    Value *also = ir_cast(b, type, hoist(loop, c->also));
    return ir_select(b, ir_binary(b, c->step > 0 ? VAL_LT : VAL_GT, int_, also, bound), also, bound);
}

/* do ... while: one iteration at least. */
static void count_first(Loops *l, Builder *b, Value *loop, const Counting *c)
{
    Type *type = loop->from->type, *int_ = l->function->module->types.int_;
    if (c->rel != VAL_NE) {
        const bool open = c->rel == VAL_LT || c->rel == VAL_GT;
        Value *next = ir_binary(b, c->step > 0 ? VAL_ADD : VAL_SUB, type, loop->from, ir_int(b, type, open));
        loop->to = ir_select(b, ir_binary(b, c->rel, int_, loop->from, loop->to), loop->to, next);
    }
    Type *truth = loop->carried[c->again]->type;
    replace(l, loop->carried[c->again], ir_int(b, truth, 1));
    replace(l, loop->results[c->again], ir_int(b, truth, 0));
    loop->blocks[1]->yields[c->again] = loop->args[c->again];
}

/* An integer counter: the carried value itself. */
static void count_by_integer(Loops *l, Value *loop, const Counting *c)
{
    Value *carried = loop->carried[c->index];
    Builder b = before_loop(l, loop);
    loop->from = loop->args[c->index];
    loop->to = bound_of(l, &b, loop, c);
    if (c->ahead)
        count_to_ahead(&b, loop, c);
    if (c->again >= 0)
        count_first(l, &b, loop, c);
    loop->counter = new_counter(l, loop, carried->type, carried->hint);
    replace(l, carried, loop->counter);
    Builder after = after_loop(l, loop);
    replace(l, loop->results[c->index], final_counter(&after, loop));
}

/* The loop counts its iterations, and what it counted by follows from them. */
static void count_iterations(Loops *l, Value *loop, Builder *b, Value *trips, int index)
{
    loop->from = ir_int(b, trips->type, 0);
    loop->to = trips;
    loop->step = 1;
    loop->rel = VAL_LT;
    loop->counter = new_counter(l, loop, trips->type, NULL);
    replace_stepping(l, loop, index);
}

/* How many steps of that size a way takes; one more that ends where it ends, if the loop has that, too. */
static Value *steps_of(Builder *b, Value *way, int64_t size, ValueKind rel)
{
    const int64_t extra = size - 1 + (rel == VAL_LE || rel == VAL_GE);
    way = ir_binary(b, VAL_ADD, way->type, way, ir_int(b, way->type, extra));
    return ir_binary(b, VAL_DIV, way->type, way, ir_int(b, way->type, size));
}

/* A pointer walks from p to end: counted by k from 0 to end - p, or to p - end, and the pointer is p + k, or p - k. */
static void count_by_pointer(Loops *l, Value *loop, const Counting *c)
{
    Type *type = l->function->module->types.long_;
    Builder b = before_loop(l, loop);
    Value *init = loop->args[c->index], *bound = hoist(loop, c->bound);
    Value *way = c->step > 0 ? ir_ptrdiff(&b, type, bound, init, NULL) : ir_ptrdiff(&b, type, init, bound, NULL);
    if (c->ahead)
        way = ir_binary(&b, c->step > 0 ? VAL_SUB : VAL_ADD, type, way, ir_cast(&b, type, hoist(loop, c->ahead)));
    count_iterations(l, loop, &b, steps_of(&b, way, c->step > 0 ? c->step : -c->step, c->rel), c->index);
}

/*
 * From i to n by s, (n - i - 1) / s + 1 iterations, or (n - i) / s + 1 to n itself, where the loop runs. A bound that
 * has wrapped around is none.
 */
static void count_by_stride(Loops *l, Value *loop, const Counting *c)
{
    Stepping stepping;
    stepping_find(loop, c->index, &stepping);
    Type *type = stepping.carried->type, *int_ = l->function->module->types.int_;
    Builder b = before_loop(l, loop);
    Value *from = loop->args[c->index], *to = bound_of(l, &b, loop, c), *first = from;
    Value *size = ir_cast(&b, type, stepping_step(&b, &stepping)), *one = ir_int(&b, type, 1);
    const bool up = c->step > 0;
    if (c->ahead)
        first = ir_binary(&b, c->ahead_is_subtracted ? VAL_SUB : VAL_ADD, type, from, hoist(loop, c->ahead));
    if (up == stepping.negative)
        size = ir_binary(&b, VAL_SUB, type, ir_int(&b, type, 0), size);
    Value *runs = ir_binary(&b, c->rel, int_, first, to);
    if (!type->is_signed && trips_may_wrap(to)) {
        Type *same = type->size == int_->size ? int_ : l->function->module->types.long_;
        runs = ir_binary(&b, c->rel, int_, ir_cast(&b, same, first), ir_cast(&b, same, to));
    }
    Value *way = ir_binary(&b, VAL_SUB, type, up ? to : first, up ? first : to);
    if (c->rel == VAL_LT || c->rel == VAL_GT)
        way = ir_binary(&b, VAL_SUB, type, way, one);
    Value *trips = ir_binary(&b, VAL_ADD, type, ir_binary(&b, VAL_DIV, type, way, size), one);
    trips = ir_select(&b, runs, trips, ir_int(&b, type, 0));
    trips->hint = "trips";
    count_iterations(l, loop, &b, trips, c->index);
    loop->counter->hint = "trip";
    Strided *strided = ARENA_NEW(Strided);
    *strided = (Strided){resolve(l, stepping.carried), to, c->rel, l->strided};
    l->strided = strided;
}

/* While i < j, which come closer by s in an iteration: (j - i + s - 1) / s of them, or (j - i) / s + 1 up to i == j. */
static void count_to_meeting(Loops *l, Value *loop, const Counting *c)
{
    Builder b = before_loop(l, loop);
    Value *x = loop->args[c->index], *y = loop->args[c->against];
    const bool up = c->step > c->step_against;
    const int64_t closer = up ? c->step - c->step_against : c->step_against - c->step;
    Value *low = up ? x : y, *high = up ? y : x;
    const bool is_pointer = type_is_pointer(x->type);
    Type *type = is_pointer ? l->function->module->types.long_ : x->type;
    Value *way = is_pointer ? ir_ptrdiff(&b, type, high, low, NULL) : ir_binary(&b, VAL_SUB, type, high, low);
    Value *trips = steps_of(&b, way, closer, c->rel);
    if (!type->is_signed)
        trips = ir_select(&b, ir_binary(&b, c->rel, l->function->module->types.int_, x, y), trips, ir_int(&b, type, 0));
    count_iterations(l, loop, &b, trips, c->index);
}

static void make_counted(Loops *l, Value *loop, const Counting *c)
{
    loop->counted = true;
    loop->step = c->step;
    loop->rel = c->rel;
    if (c->strides)
        count_by_stride(l, loop, c);
    else if (c->against >= 0)
        count_to_meeting(l, loop, c);
    else if (type_is_pointer(loop->carried[c->index]->type))
        count_by_pointer(l, loop, c);
    else
        count_by_integer(l, loop, c);
    loop->blocks[0] = NULL;
    for (int k = 0; k < loop->nresults; k++)
        if (k != c->index)
            replace_stepping(l, loop, k);
}

/* ---- branches that only choose ---- */

static void choose(Loops *l, Value *region)
{
    if (region->blocks[0]->first || region->blocks[1]->first)
        return;
    Builder b = {.function = l->function, .block = region->block, .before = region, .loc = region->loc};
    for (int k = 0; k < region->nresults; k++) {
        b.hint = region->results[k]->hint;
        replace(l, region->results[k],
                ir_select(&b, region->args[0], resolve(l, region->blocks[0]->yields[k]),
                          resolve(l, region->blocks[1]->yields[k])));
    }
    ir_remove(region);
}

/* Storage from the caller has a size that is known beforehand, or is refused: then counting is more than faster. */
static bool may_count(const DeriveOptions *options)
{
    return options->counting || options->workspace;
}

static void canonicalize_block(Loops *l, Block *block)
{
    for (Value *v = block->first, *next; v; v = next) {
        next = v->next;
        for (int k = 0; k < v->nargs; k++)
            v->args[k] = resolve(l, v->args[k]);
        Counting counting;
        if (v->kind == VAL_LOOP && !v->counted && may_count(l->options) && counting_find(v, &counting) &&
            bounds_are_known(l, v, &counting) && !has_calls(v->blocks[0]))
            make_counted(l, v, &counting);
        for (int k = 0; k < 2; k++)
            if (v->blocks[k])
                canonicalize_block(l, v->blocks[k]);
        if (v->kind == VAL_IF && l->options->selects)
            choose(l, v);
    }
    for (int k = 0; k < block->nyields; k++)
        block->yields[k] = resolve(l, block->yields[k]);
}

static void resolve_block(const Loops *l, Block *block)
{
    for (Use use = ir_first_use(block); use.block; use = ir_next_use(use, block))
        *ir_used(&use) = resolve(l, *ir_used(&use));
}

void loops_canonicalize(Function *fn, const DeriveOptions *options)
{
    Loops l = {.function = fn, .options = options, .capacity = fn->next_id + 1};
    l.stands_for = ARENA_ARRAY(Value *, l.capacity);
    canonicalize_block(&l, fn->body);
    resolve_block(&l, fn->body);
}
