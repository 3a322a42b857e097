/*
 * storage_told.c: what a program chose can often be read from what came of it (storage.h):
 *
 *     h[j] = sum > 0.0 ? sum : 0.0;      sum > 0.0 just where h[j] > 0.0
 *
 * So the reverse sweep compares h[j], where that is still there, and neither sum nor the condition is kept.
 *
 * Let the condition be x > c, and t what came of it. Where t is x, t > c is the very same comparison. Where t is
 * something else, a constant, c itself, a small part of x, it has to be beyond c, or not, as the side says on which it
 * was chosen. That is looked at value by value, NaNs included: a comparison with one is false.
 */
#include <math.h>

#include "rules.h"
#include "storage.h"

/* x rel c, a condition of reals; and which of its two sides is looked at. */
typedef struct {
    const Value *condition, *x, *c;
    ValueKind rel;
    bool side;
    int steps; /* that may be taken yet */
} Telling;

enum { MOST_STEPS = 64 };

static bool number(const Value *v, long double *x)
{
    const bool negated = v->kind == VAL_NEG;
    v = negated ? v->args[0] : v;
    if (v->kind != VAL_REAL)
        return false;
    *x = v->type->rank == 1 ? (long double)(float)v->real : v->type->rank == 2 ? (long double)(double)v->real : v->real;
    *x = negated ? -*x : *x;
    return true;
}

static bool holds(ValueKind rel, long double x, long double y)
{
    return rel == VAL_LT ? x < y : rel == VAL_LE ? x <= y : rel == VAL_GT ? x > y : x >= y;
}

static bool is_strict(ValueKind rel)
{
    return rel == VAL_LT || rel == VAL_GT;
}

/*
 * a x compared with 0, where a > 0 is a constant: its sign is that of x, or it is 0, by underflow or, with a = 0,
 * anyway. With a = 0 it may be NaN, too, which is not beyond 0 either.
 */
static bool scales(const Telling *t, const Value *w)
{
    long double a, c;
    if (w->kind != VAL_MUL || !number(t->c, &c) || c != 0)
        return false;
    const int k = w->args[0] == t->x;
    if (w->args[!k] != t->x || !number(w->args[k], &a) || !isfinite(a))
        return false;
    return t->side ? !is_strict(t->rel) && a > 0 : is_strict(t->rel) && a >= 0;
}

static bool is_never_nan(const Value *v)
{
    long double x;
    return number(v, &x) ? !isnan(x)
                         : v->kind == VAL_MATH && rule_is_extremum(v->rule) &&
                               (is_never_nan(v->args[0]) || is_never_nan(v->args[1]));
}

static bool agrees(Telling *t, const Value *w);

/*
 * fmax(p, q) is one of the two. It is also p at least, and beyond all that p is beyond; so is fmin(p, q) not beyond
 * what p is not beyond, if p is no NaN, of which it would be q.
 */
static bool agrees_extremum(Telling *t, const Value *w)
{
    const bool p = agrees(t, w->args[0]), q = agrees(t, w->args[1]);
    const bool upwards = t->rel == VAL_GT || t->rel == VAL_GE;
    const bool towards = upwards == (rule_relation_of_extremum(w->rule) == VAL_GT);
    if (p && q)
        return true;
    if (t->side)
        return towards && (p || q);
    return !towards && ((p && is_never_nan(w->args[0])) || (q && is_never_nan(w->args[1])));
}

static bool agrees_choice(Telling *t, const Value *condition, const Value *on_true, const Value *on_false)
{
    if (condition == t->condition)
        return agrees(t, t->side ? on_true : on_false);
    if (condition->kind == VAL_LNOT && condition->args[0] == t->condition)
        return agrees(t, t->side ? on_false : on_true);
    return agrees(t, on_true) && agrees(t, on_false);
}

/* Whenever the condition comes out on the side, does w rel c, too? */
static bool agrees(Telling *t, const Value *w)
{
    long double x, c;
    if (t->steps-- <= 0)
        return false;
    if (w == t->x)
        return true;
    if (w == t->c) /* no NaN where the condition holds */
        return is_strict(t->rel) != t->side;
    if (number(w, &x) && number(t->c, &c))
        return holds(t->rel, x, c) == t->side;
    if (w->kind == VAL_SELECT)
        return agrees_choice(t, w->args[0], w->args[1], w->args[2]);
    if (w->kind == VAL_RESULT && w->region->kind == VAL_IF)
        return agrees_choice(t, w->region->args[0], w->region->blocks[0]->yields[w->i],
                             w->region->blocks[1]->yields[w->i]);
    if (w->kind == VAL_MATH && rule_is_extremum(w->rule))
        return agrees_extremum(t, w);
    return scales(t, w);
}

/* Is `w rel c` the same as the condition, `x rel c`, with x its operand k? */
static bool tells(const Value *condition, int k, const Value *w)
{
    Telling t = {.condition = condition,
                 .x = condition->args[k],
                 .c = condition->args[!k],
                 .rel = k ? ir_mirrored(condition->kind) : condition->kind,
                 .steps = MOST_STEPS};
    const bool agrees_where_false = agrees(&t, w);
    t.side = true;
    return agrees_where_false && agrees(&t, w);
}

/* Made of counters, and of what is there or is loaded again: it does not ask in turn for what it tells. */
static bool is_plain(const Storage *s, Value *address, int depth)
{
    if (storage_is_there(s, address))
        return true;
    const bool loads = address->kind == VAL_LOAD && storage_still_there(s, address, address->args[0]);
    if (!depth || !(loads || (ir_is_pure(address->kind) && !ir_is_leaf(address->kind))) ||
        ir_is_comparison(address->kind))
        return false;
    for (int k = 0; k < address->nargs; k++)
        if (!is_plain(s, address->args[k], depth - 1))
            return false;
    return true;
}

/* Where w, which stands behind the condition, is stored and stays. */
static Value *plain_place(const Storage *s, const Value *w)
{
    enum { DEPTH = 12 };
    Value *place = storage_own_place(s, w);
    return place && is_plain(s, place, DEPTH) ? place : NULL;
}

static bool find_teller(const Storage *s, const Value *condition, Told *told)
{
    enum { SOON = 64 };
    const Value *v = condition->next;
    for (int n = 0; v && n < SOON; v = v->next, n++)
        for (int i = 0; i < (ir_is_region(v) ? v->nresults : 1); i++) {
            const Value *w = ir_is_region(v) ? v->results[i] : v;
            if (!s->stores[w->id].count && !s->yielded_as[w->id])
                continue;
            for (int k = 0; k < 2; k++)
                if (!storage_is_there(s, condition->args[k]) && tells(condition, k, w) &&
                    (told->place = plain_place(s, w))) {
                    told->operand = k;
                    return true;
                }
        }
    return false;
}

/* Is it kept, or computed again from what is? */
static bool is_dear(const Storage *s, const Value *v, int depth)
{
    if (s->kept[v->id])
        return true;
    for (int k = 0; s->node[v->id] && depth && ir_is_pure(v->kind) && k < v->nargs; k++)
        if (is_dear(s, v->args[k], depth - 1))
            return true;
    return false;
}

static bool compares_reals(const Value *v)
{
    return ir_is_comparison(v->kind) && v->kind > VAL_NE && type_is_real(v->args[0]->type);
}

bool storage_find_told(Storage *s)
{
    enum { DEPTH = 4 };
    bool any = false;
    for (size_t k = 0; s->options->telling && s->options->reload && k < s->values.count; k++) {
        const Value *v = s->values.at[k], *condition = v->kind == VAL_LNOT ? v->args[0] : v;
        if (compares_reals(condition) && is_dear(s, v, DEPTH))
            any |= find_teller(s, condition, &s->told[condition->id]);
    }
    return any;
}
