/*
 * loops.c: a while loop that steps an integer or a pointer up or down to a bound that stays, or to the nearer of two,
 * becomes a counted loop. What else steps evenly in it becomes an expression of the counter, so that the reverse sweep
 * can count back.
 */
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

static Value *int_constant(Builder *b, Type *type, int64_t i)
{
    return ir_int(b, type, i);
}

/* ---- what steps evenly ---- */

/* next = carried + step, with a step that is the same in every iteration. */
typedef struct {
    Value *carried;
    Value *step;    /* an integer visible before the loop */
    Value *scalars; /* of a pointer to variable arrays */
    bool negative;  /* carried - step */
} Stepping;

static bool find_stepping(const Value *loop, int k, Stepping *out)
{
    Value *next = loop->blocks[1]->yields[k];
    const bool steps =
        next->kind == VAL_PTRADD || ((next->kind == VAL_ADD || next->kind == VAL_SUB) && type_is_int(next->type));
    if (!steps || next->args[0] != loop->carried[k] || !ir_visible(next->args[1], loop->block))
        return false;
    if (next->nargs > 2 && !ir_visible(next->args[2], loop->block))
        return false;
    *out = (Stepping){loop->carried[k], next->args[1], next->nargs > 2 ? next->args[2] : NULL, next->kind == VAL_SUB};
    return true;
}

static bool constant_step(const Stepping *s, int64_t *step)
{
    if (s->step->kind != VAL_INT || s->step->i == 0)
        return false;
    *step = s->negative ? -s->step->i : s->step->i;
    return true;
}

/* ---- the bound ---- */

/* Is v, of the condition, the same whenever it is computed? What is only computed at times must not trap. */
static bool stays(const Value *loop, Value *v)
{
    if (ir_visible(v, loop->block))
        return true;
    const bool may_trap = v->kind == VAL_LOAD || v->kind == VAL_DIV || v->kind == VAL_REM;
    if (!ir_block_inside(v->block, loop->blocks[0]) || (!ir_is_pure(v->kind) && v->kind != VAL_LOAD) ||
        (may_trap && v->block != loop->blocks[0]))
        return false;
    for (int k = 0; k < v->nargs; k++)
        if (!stays(loop, v->args[k]))
            return false;
    return v->kind != VAL_LOAD || !memory_region_writes(loop, v->args[0]);
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

typedef struct {
    int index; /* of the carried value that counts */
    int64_t step;
    const Value *stride; /* a step that is no constant; `step` is its sign */
    ValueKind rel;
    Value *bound;
    Value *also;  /* another bound; NULL: none */
    bool widened; /* the comparison is in another integer type than the counter's */
    Value *ahead; /* what is compared is the counter and this; NULL: the counter itself */
    bool ahead_is_subtracted;
} Counting;

static bool is_carried(const Value *loop, const Value *v)
{
    return v->kind == VAL_CARRIED && v->region == loop;
}

/* i + k, k + i, i - k, p + k: what stays of it in `ahead`. */
static Value *without_ahead(const Value *loop, Value *v, Counting *c)
{
    const bool is_sum = (v->kind == VAL_ADD || v->kind == VAL_SUB) && type_is_int(v->type);
    if (!is_sum && (v->kind != VAL_PTRADD || v->nargs > 2))
        return v;
    const int k = v->kind == VAL_ADD && is_carried(loop, v->args[1]) ? 1 : 0;
    if (!is_carried(loop, v->args[k]) || !stays(loop, v->args[1 - k]))
        return v;
    c->ahead = v->args[1 - k];
    c->ahead_is_subtracted = v->kind == VAL_SUB;
    return v->args[k];
}

/* The carried value that v is, seen through a widening conversion and what is added to it; -1 if it is none. */
static int carried_index(const Value *loop, Value *v, Counting *c)
{
    c->ahead = NULL;
    c->ahead_is_subtracted = false;
    c->widened = v->kind == VAL_CAST && type_is_int(v->type);
    v = without_ahead(loop, c->widened ? v->args[0] : v, c);
    return is_carried(loop, v) ? (int)v->i : -1;
}

static bool is_not_negative(const Value *v)
{
    return v->kind == VAL_INT && v->i >= 0;
}

/* i < n in a type wider than i's, or of other sign, is i < (T)n as long as i never gets negative. */
static bool comparison_fits(const Value *loop, const Counting *c)
{
    if (!c->widened)
        return true;
    const Type *own = loop->carried[c->index]->type, *compared = c->bound->type;
    const bool never_negative = c->step > 0 && is_not_negative(loop->args[c->index]) &&
                                (!c->ahead || (is_not_negative(c->ahead) && !c->ahead_is_subtracted));
    return own->is_signed && compared->size >= own->size && own->rank >= 3 && (compared->is_signed || never_negative);
}

/* A small number, or a counter that counts up from one. */
static bool begins_small(const Value *v)
{
    v = ir_without_wide_casts(v);
    if (v->kind == VAL_ADD && is_not_negative(v->args[1]) && v->args[1]->i <= INT16_MAX)
        return begins_small(v->args[0]);
    if (v->kind == VAL_COUNTER)
        return v->region->step > 0 && begins_small(v->region->from);
    return is_not_negative(v) && v->i <= INT16_MAX;
}

/*
 * i + k < n is i < n - k where i + k doesn't wrap around: the loop's own arithmetic if it is signed. An unsigned one
 * that starts at a small number has got as far as n - k when i + k has got to n.
 */
static bool ahead_fits(const Value *loop, const Counting *c)
{
    if (!c->ahead || type_is_pointer(loop->carried[c->index]->type) || loop->carried[c->index]->type->is_signed)
        return true;
    return c->step > 0 && c->rel != VAL_NE && begins_small(loop->args[c->index]);
}

/*
 * A step that stays, whatever it is, leads to the bound, or the loop would not end: what it counts in is signed, and
 * doesn't wrap around.
 */
static bool find_step(const Stepping *s, Counting *c)
{
    c->stride = NULL;
    if (constant_step(s, &c->step))
        return true;
    c->stride = s->step;
    c->step = c->rel == VAL_LT || c->rel == VAL_LE ? 1 : -1;
    return c->rel != VAL_NE && s->step->kind != VAL_INT && s->carried->type->kind == TYPE_INT &&
           s->carried->type->is_signed && !c->ahead;
}

static bool direction_fits(const Counting *c)
{
    if (c->rel == VAL_NE)
        return c->step == 1 || c->step == -1;
    return c->step > 0 ? c->rel == VAL_LT || c->rel == VAL_LE : c->rel == VAL_GT || c->rel == VAL_GE;
}

static bool find_comparison(const Value *loop, const Value *condition, Counting *c)
{
    if (condition->kind < VAL_NE || condition->kind > VAL_GE || !ir_block_inside(condition->block, loop->blocks[0]))
        return false;
    for (int side = 0; side < 2; side++) {
        Stepping stepping;
        c->index = carried_index(loop, condition->args[side], c);
        c->bound = condition->args[1 - side];
        c->rel = side ? ir_mirrored(condition->kind) : condition->kind;
        if (c->index >= 0 && find_stepping(loop, c->index, &stepping) && !stepping.scalars && find_step(&stepping, c) &&
            direction_fits(c) && stays(loop, c->bound) && comparison_fits(loop, c) && ahead_fits(loop, c))
            return true;
    }
    return false;
}

/* For a && b, gives a, and *second is b; NULL for what is none. */
static const Value *find_both(const Value *loop, const Value *condition, const Value **second)
{
    const Value *branch = condition->region;
    if (condition->kind != VAL_RESULT || branch->kind != VAL_IF || branch->block != loop->blocks[0] ||
        branch->blocks[1]->yields[condition->i]->kind != VAL_INT || branch->blocks[1]->yields[condition->i]->i)
        return NULL;
    *second = branch->blocks[0]->yields[condition->i];
    return branch->args[0];
}

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

/* i < n && i < m: where the loop runs at all, m is computed. */
static bool find_counting(const Loops *l, const Value *loop, Counting *c)
{
    const Value *condition = loop->blocks[0]->yields[0], *second, *first = find_both(loop, condition, &second);
    c->also = NULL;
    if (!first)
        return find_comparison(loop, condition, c);
    Counting other;
    if (!find_comparison(loop, first, c) || !find_comparison(loop, second, &other))
        return false;
    c->also = other.bound;
    return c->index == other.index && c->rel == other.rel && c->rel != VAL_NE && !c->ahead && !other.ahead &&
           type_is_int(loop->carried[c->index]->type) &&
           (ir_visible(c->also, loop->block) || begins_before(l, loop, c));
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
        end = ir_binary(b, step > 0 ? VAL_ADD : VAL_SUB, type, to, int_constant(b, type, 1));
    if (size > 1) { /* the first value of from, from + step, ... that is not before the end */
        Value *way = step > 0 ? ir_binary(b, VAL_SUB, type, end, from) : ir_binary(b, VAL_SUB, type, from, end);
        Value *trips = ir_binary(b, VAL_DIV, type, ir_binary(b, VAL_ADD, type, way, int_constant(b, type, size - 1)),
                                 int_constant(b, type, size));
        Value *covered = ir_binary(b, VAL_MUL, type, trips, int_constant(b, type, size));
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
        way = ir_binary(b, VAL_DIV, at->type, way, int_constant(b, at->type, size));
    return ir_cast(b, type, way);
}

/* carried = init + step * steps, for integers and pointers */
static Value *stepped(Builder *b, const Stepping *s, Value *init, Value *steps)
{
    b->hint = NULL;
    Value *step = ir_cast(b, steps->type, s->step);
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
    if (!find_stepping(loop, k, &stepping))
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
        end = ir_binary(b, c->step > 0 ? VAL_ADD : VAL_SUB, type, end, int_constant(b, type, 1));
        loop->rel = c->step > 0 ? VAL_LT : VAL_GT;
    }
    loop->to = ir_select(b, runs, end, loop->from);
    if (!ir_is_leaf(loop->to->kind) && !loop->to->hint)
        loop->to->hint = "end";
}

static Value *bound_of(const Loops *l, Builder *b, Value *loop, const Counting *c)
{
    Type *type = loop->carried[c->index]->type, *int_ = l->function->module->types.int_;
    Value *bound = ir_cast(b, type, hoist(loop, c->bound));
    if (!c->also)
        return bound;
    Value *also = ir_cast(b, type, hoist(loop, c->also));
    return ir_select(b, ir_binary(b, c->step > 0 ? VAL_LT : VAL_GT, int_, also, bound), also, bound);
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
    loop->counter = new_counter(l, loop, carried->type, carried->hint);
    replace(l, carried, loop->counter);
    Builder after = after_loop(l, loop);
    replace(l, loop->results[c->index], final_counter(&after, loop));
}

/* A pointer walks from p to end: counted by k from 0 to end - p, or to p - end, and the pointer is p + k, or p - k. */
static void count_by_pointer(Loops *l, Value *loop, const Counting *c)
{
    Type *type = l->function->module->types.long_;
    Builder b = before_loop(l, loop);
    Value *init = loop->args[c->index], *bound = hoist(loop, c->bound);
    const int64_t size = c->step > 0 ? c->step : -c->step;
    const int64_t extra = size - 1 + (c->rel == VAL_LE || c->rel == VAL_GE);
    loop->from = int_constant(&b, type, 0);
    Value *way = c->step > 0 ? ir_ptrdiff(&b, type, bound, init, NULL) : ir_ptrdiff(&b, type, init, bound, NULL);
    if (c->ahead)
        way = ir_binary(&b, c->step > 0 ? VAL_SUB : VAL_ADD, type, way, ir_cast(&b, type, hoist(loop, c->ahead)));
    way = ir_binary(&b, VAL_ADD, type, way, int_constant(&b, type, extra));
    loop->to = ir_binary(&b, VAL_DIV, type, way, int_constant(&b, type, size));
    loop->step = 1;
    loop->rel = VAL_LT;
    loop->counter = new_counter(l, loop, type, NULL);
    replace_stepping(l, loop, c->index);
}

/*
 * From i to n by s: counted by k from 0 to (n - i - 1) / s + 1, where the loop runs, and i is i + k s.
 */
static void count_by_stride(Loops *l, Value *loop, const Counting *c)
{
    Stepping stepping;
    find_stepping(loop, c->index, &stepping);
    Type *type = stepping.carried->type, *int_ = l->function->module->types.int_;
    Builder b = before_loop(l, loop);
    Value *from = loop->args[c->index], *to = bound_of(l, &b, loop, c);
    Value *size = ir_cast(&b, type, stepping.step), *zero = int_constant(&b, type, 0), *one = int_constant(&b, type, 1);
    const bool up = c->step > 0;
    if (up == stepping.negative)
        size = ir_binary(&b, VAL_SUB, type, zero, size);
    Value *runs = ir_binary(&b, c->rel, int_, from, to);
    Value *way = ir_binary(&b, VAL_SUB, type, up ? to : from, up ? from : to);
    if (c->rel == VAL_LT || c->rel == VAL_GT)
        way = ir_binary(&b, VAL_SUB, type, way, one);
    Value *steps = ir_binary(&b, VAL_ADD, type, ir_binary(&b, VAL_DIV, type, way, size), one);
    loop->from = zero;
    loop->to = ir_select(&b, runs, steps, zero);
    loop->to->hint = "trips";
    loop->step = 1;
    loop->rel = VAL_LT;
    loop->counter = new_counter(l, loop, type, "trip");
    replace_stepping(l, loop, c->index);
    Strided *strided = ARENA_ARRAY(Strided, 1);
    *strided = (Strided){resolve(l, stepping.carried), to, c->rel, l->strided};
    l->strided = strided;
}

static void make_counted(Loops *l, Value *loop, const Counting *c)
{
    loop->counted = true;
    loop->step = c->step;
    loop->rel = c->rel;
    if (c->stride)
        count_by_stride(l, loop, c);
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
        if (v->kind == VAL_LOOP && !v->counted && may_count(l->options) && find_counting(l, v, &counting) &&
            !has_calls(v->blocks[0]))
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
