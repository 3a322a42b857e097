/*
 * counting.c: see counting.h. The forms of a condition, where i steps evenly, by a constant or by what is the same
 * in every iteration:
 *
 *     i < n    i != n    i    i + k < n    i < n && i < m    i < j, where j steps too
 *     do { ... } while (i < n), which the front end makes a loop over a truth that is carried, and true at first
 */
#include "counting.h"

#include "passes.h"

/* ---- what steps evenly ---- */

/* Computed in the body from what is known before the loop, by what can be computed anywhere. */
static bool is_sum_of_known(const Value *loop, const Value *v)
{
    if (ir_visible(v, loop->block))
        return true;
    const bool is_sum = v->kind == VAL_ADD || v->kind == VAL_SUB || v->kind == VAL_MUL || v->kind == VAL_CAST;
    if (!is_sum || v->block != loop->blocks[1] || !type_is_int(v->type))
        return false;
    for (int k = 0; k < v->nargs; k++)
        if (!type_is_int(v->args[k]->type) || !is_sum_of_known(loop, v->args[k]))
            return false;
    return true;
}

bool stepping_find(const Value *loop, int k, Stepping *out)
{
    Value *next = loop->blocks[1]->yields[k];
    const bool steps =
        next->kind == VAL_PTRADD || ((next->kind == VAL_ADD || next->kind == VAL_SUB) && type_is_int(next->type));
    if (!steps || next->args[0] != loop->carried[k] || !is_sum_of_known(loop, next->args[1]))
        return false;
    if (next->nargs > 2 && !ir_visible(next->args[2], loop->block))
        return false;
    *out = (Stepping){loop->carried[k], next->args[1], next->nargs > 2 ? next->args[2] : NULL, next->kind == VAL_SUB};
    return true;
}

static Value *rebuild(Builder *b, const Block *outside, Value *v)
{
    if (ir_visible(v, outside))
        return v;
    Value *first = rebuild(b, outside, v->args[0]);
    return v->kind == VAL_CAST ? ir_cast(b, v->type, first)
                               : ir_binary(b, v->kind, v->type, first, rebuild(b, outside, v->args[1]));
}

Value *stepping_step(Builder *b, const Stepping *s)
{
    return rebuild(b, s->carried->region->block, s->step);
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
    const bool never_negative = c->step > 0 && !c->strides && is_not_negative(loop->args[c->index]) &&
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

static bool counts_up(ValueKind rel)
{
    return rel == VAL_LT || rel == VAL_LE;
}

static bool direction_fits(const Counting *c)
{
    if (c->rel == VAL_NE)
        return c->step == 1 || c->step == -1;
    return (c->step > 0) == counts_up(c->rel);
}

/*
 * A step that stays, whatever it is, leads to the bound, or the loop would not end: what it counts in is signed, and
 * doesn't wrap around. An unsigned counter goes up from 0, so that a step that is a negative number in disguise leads
 * past any bound at once.
 */
static bool stride_fits(const Value *loop, const Stepping *s, const Counting *c)
{
    const Type *type = s->carried->type;
    if (type->kind != TYPE_INT || s->step->kind == VAL_INT || c->rel == VAL_NE)
        return false;
    const Value *from = loop->args[c->index];
    return type->is_signed || (counts_up(c->rel) && !s->negative && from->kind == VAL_INT && from->i == 0 &&
                               (!c->ahead || (c->ahead == s->step && !c->ahead_is_subtracted)));
}

static bool find_step(const Value *loop, Counting *c)
{
    Stepping s;
    if (!stepping_find(loop, c->index, &s) || s.scalars)
        return false;
    if (constant_step(&s, &c->step))
        return direction_fits(c);
    c->strides = true;
    c->step = counts_up(c->rel) ? 1 : -1;
    return stride_fits(loop, &s, c);
}

/* ---- comparisons ---- */

static const Counting NO_COUNTING = {.index = -1, .against = -1, .again = -1};

/* The truth of i is i != 0. */
static bool find_truth(const Value *loop, const Value *condition, Counting *c)
{
    *c = NO_COUNTING;
    c->rel = VAL_NE;
    c->index = is_carried(loop, condition) && type_is_int(condition->type) ? (int)condition->i : -1;
    return c->index >= 0 && find_step(loop, c);
}

/* i < j: the two come closer by as much in every iteration. */
static bool find_meeting(const Value *loop, const Value *condition, Counting *c)
{
    *c = NO_COUNTING;
    const Value *x = condition->args[0], *y = condition->args[1];
    Stepping step_x, step_y;
    if (!is_carried(loop, x) || !is_carried(loop, y) || !stepping_find(loop, (int)x->i, &step_x) ||
        !stepping_find(loop, (int)y->i, &step_y) || step_x.scalars || step_y.scalars ||
        !constant_step(&step_x, &c->step) || !constant_step(&step_y, &c->step_against))
        return false;
    c->index = (int)x->i;
    c->against = (int)y->i;
    c->rel = condition->kind;
    const bool by_one = c->step * c->step == 1 && c->step_against * c->step_against == 1;
    return c->rel != VAL_NE && (c->step > c->step_against) == counts_up(c->rel) && c->step != c->step_against &&
           (x->type->is_signed || by_one || type_is_pointer(x->type));
}

/* A comparison that a loop may go on by: all but i == n. */
static bool may_go_on(const Value *v)
{
    return ir_is_comparison(v->kind) && v->kind != VAL_EQ;
}

static bool find_comparison(const Value *loop, const Value *condition, Counting *c)
{
    if (!may_go_on(condition) || !ir_block_inside(condition->block, loop->blocks[0]))
        return find_truth(loop, condition, c);
    for (int side = 0; side < 2; side++) {
        *c = NO_COUNTING;
        c->index = carried_index(loop, condition->args[side], c);
        c->bound = condition->args[1 - side];
        c->rel = side ? ir_mirrored(condition->kind) : condition->kind;
        if (c->index >= 0 && find_step(loop, c) && stays(loop, c->bound) && comparison_fits(loop, c) &&
            ahead_fits(loop, c))
            return true;
    }
    return find_meeting(loop, condition, c);
}

/* ---- && ---- */

/* For a && b, gives a, and *second is b; NULL for what is none. */
static const Value *find_both(const Value *loop, const Value *condition, const Value **second)
{
    if (condition->kind == VAL_LAND && condition->block == loop->blocks[0]) {
        *second = condition->args[1];
        return condition->args[0];
    }
    const Value *branch = condition->region;
    if (condition->kind != VAL_RESULT || branch->kind != VAL_IF || branch->block != loop->blocks[0] ||
        branch->blocks[1]->yields[condition->i]->kind != VAL_INT || branch->blocks[1]->yields[condition->i]->i)
        return NULL;
    *second = branch->blocks[0]->yields[condition->i];
    return branch->args[0];
}

static bool is_plain(const Counting *c)
{
    return c->bound && c->rel != VAL_NE && !c->ahead && c->against < 0;
}

static bool find_two_bounds(const Value *loop, const Value *first, const Value *second, Counting *c)
{
    Counting other;
    if (!find_comparison(loop, first, c) || !find_comparison(loop, second, &other))
        return false;
    c->also = other.bound;
    return is_plain(c) && is_plain(&other) && c->index == other.index && c->rel == other.rel &&
           type_is_int(loop->carried[c->index]->type);
}

/* ---- do ... while ---- */

/* The front end's truth: 1 at first, then what an iteration makes of it. NULL where there is none. */
static const Value *find_again(const Value *loop, const Value *condition)
{
    if (!is_carried(loop, condition) || !type_is_int(condition->type))
        return NULL;
    const Value *first = loop->args[condition->i], *next = loop->blocks[1]->yields[condition->i];
    return first->kind == VAL_INT && first->i == 1 && next->kind == VAL_CAST && next->type->is_bool ? next->args[0]
                                                                                                    : NULL;
}

/* The carried value that v is the next one of; -1 if it is none. */
static int next_index(const Value *loop, const Value *v)
{
    for (int k = 0; k < loop->nresults; k++)
        if (loop->blocks[1]->yields[k] == v)
            return k;
    return -1;
}

/* Unsigned, it may be at the bound when it begins, and goes all the way around then. */
static bool find_comparison_behind(const Value *loop, const Value *again, Counting *c)
{
    const bool is_comparison = may_go_on(again) && again->block == loop->blocks[1];
    for (int side = 0; side < (is_comparison ? 2 : 1); side++) {
        *c = NO_COUNTING;
        c->index = next_index(loop, is_comparison ? again->args[side] : again);
        c->bound = is_comparison ? again->args[1 - side] : NULL;
        c->rel = !is_comparison ? VAL_NE : side ? ir_mirrored(again->kind) : again->kind;
        if (c->index >= 0 && type_is_int(loop->carried[c->index]->type) && find_step(loop, c) && !c->strides &&
            (c->rel != VAL_NE || loop->carried[c->index]->type->is_signed) &&
            (!c->bound || ir_visible(c->bound, loop->block)))
            return true;
    }
    return false;
}

bool counting_find(const Value *loop, Counting *c)
{
    const Value *condition = loop->blocks[0]->yields[0], *again = find_again(loop, condition);
    if (again) {
        const bool found = find_comparison_behind(loop, again, c);
        c->again = (int)condition->i;
        return found;
    }
    const Value *second, *first = find_both(loop, condition, &second);
    return first ? find_two_bounds(loop, first, second, c) : find_comparison(loop, condition, c);
}
