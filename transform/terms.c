/*
 * terms.c: like terms of an adjoint's sum are collected. The product rule gives the derivative of x * x * x as three
 * products of the same factors; one of them, three times, is as good.
 *
 *     x_bar + y_bar * x * t + t * x * y_bar + 2.0 * (t * y_bar) * x      →      x_bar + 4.0 * (y_bar * x * t)
 *
 * Products of the primal are looked into, but stay as they were written.
 */
#include <math.h>

#include "passes.h"

enum { MAX_TERMS = 32, MAX_FACTORS = 8, MAX_COEFFICIENT = 64 };

/* The sum adds the value, or subtracts it; value = coefficient * the product of the factors, some of which divide. */
typedef struct {
    Value *value;
    bool negative;
    long double coefficient;
    uint64_t factors[MAX_FACTORS]; /* 2 * id, or 2 * id + 1 of a divisor; in order */
    int nfactors;
    int cost; /* products that only this term asks for */
} Term;

typedef struct {
    Function *function;
    unsigned count, *uses; /* by id, of the values that were there before */
    const Value **user;    /* by id: the last of them */
    Value **stands_for;    /* by id: the shorter sum; NULL: none */
    Term terms[MAX_TERMS];
    int nterms; /* MAX_TERMS + 1: too many */
    bool changed;
} Terms;

/* ---- products ---- */

static bool add_factor(Term *t, const Value *v, bool divides)
{
    if (t->nfactors == MAX_FACTORS)
        return false;
    const uint64_t factor = 2 * (uint64_t)v->id + divides;
    int k = t->nfactors++;
    for (; k > 0 && t->factors[k - 1] > factor; k--)
        t->factors[k] = t->factors[k - 1];
    t->factors[k] = factor;
    return true;
}

static bool add_factors(const Terms *s, Term *t, const Value *v, bool alone)
{
    if (v->kind == VAL_REAL && v->real != 0 && isfinite(v->real)) {
        t->coefficient *= v->real;
        return true;
    }
    const bool operation = v->kind == VAL_MUL || v->kind == VAL_DIV || v->kind == VAL_NEG;
    if (!operation || !type_same(v->type, t->value->type))
        return add_factor(t, v, false);
    alone &= s->uses[v->id] == 1;
    t->cost += alone && v->kind != VAL_NEG;
    if (v->kind == VAL_NEG)
        t->coefficient = -t->coefficient;
    if (!add_factors(s, t, v->args[0], alone))
        return false;
    return v->kind == VAL_MUL   ? add_factors(s, t, v->args[1], alone)
           : v->kind == VAL_DIV ? add_factor(t, v->args[1], true)
                                : true;
}

/* ---- sums ---- */

static bool is_sum(const Value *v)
{
    return (v->kind == VAL_ADD || v->kind == VAL_SUB) && v->adjoint && type_is_real(v->type);
}

static void add_term(Terms *s, Value *v, bool negative)
{
    if (s->nterms >= MAX_TERMS) {
        s->nterms = MAX_TERMS + 1;
        return;
    }
    const Term term = {.value = v, .negative = negative, .coefficient = 1};
    Term *t = &s->terms[s->nterms++];
    *t = term;
    if (add_factors(s, t, v, true))
        return;
    *t = term;
    add_factor(t, v, false);
}

static void add_terms(Terms *s, const Value *root, Value *v, bool negative)
{
    const bool inner = v == root || (is_sum(v) && s->uses[v->id] == 1 && v->block == root->block);
    if (!inner || !type_same(v->type, root->type)) {
        add_term(s, v, negative);
        return;
    }
    add_terms(s, root, v->args[0], negative);
    add_terms(s, root, v->args[1], negative != (v->kind == VAL_SUB));
}

static bool are_alike(const Term *a, const Term *b)
{
    return a->nfactors == b->nfactors &&
           memcmp(a->factors, b->factors, sizeof a->factors[0] * (size_t)a->nfactors) == 0;
}

static long double signed_coefficient(const Term *t)
{
    return t->negative ? -t->coefficient : t->coefficient;
}

/* How often the sum of all terms like this one is the value, where that is a small whole number; otherwise 0. */
static long double times(const Term *t, long double all)
{
    const long double n = all / t->coefficient;
    return n == rintl(n) && fabsl(n) <= MAX_COEFFICIENT ? n : 0;
}

/* Products that n times the value takes. */
static int price(const Term *t, long double n)
{
    const Value *v = t->value;
    const long double c = v->kind == VAL_MUL && v->args[0]->kind == VAL_REAL ? v->args[0]->real : 1;
    const int before = c != 1, after = fabsl(n * c) != 1;
    return t->cost - before + after;
}

/* Puts all terms that are like number k in its place: a small whole number of times the one that makes that cheapest.
 */
static void collect(Terms *s, Builder *b, int k)
{
    long double all = 0;
    const Term *cheapest = NULL;
    int count = 0;
    for (int j = k; j < s->nterms; j++)
        if (are_alike(&s->terms[j], &s->terms[k])) {
            all += signed_coefficient(&s->terms[j]);
            count++;
        }
    for (int j = k; j < s->nterms && count > 1; j++) {
        const Term *t = &s->terms[j];
        const long double n = are_alike(t, &s->terms[k]) ? times(t, all) : 0;
        if (n != 0 && (!cheapest || price(t, n) < price(cheapest, times(cheapest, all))))
            cheapest = t;
    }
    if (!cheapest)
        return;
    const long double n = times(cheapest, all);
    Type *type = cheapest->value->type;
    Value *value = ir_binary(b, VAL_MUL, type, ir_real(b, type, fabsl(n), NULL), cheapest->value);
    for (int j = s->nterms - 1; j > k; j--)
        if (are_alike(&s->terms[j], &s->terms[k]))
            memmove(&s->terms[j], &s->terms[j + 1], sizeof(Term) * (size_t)(--s->nterms - j));
    s->terms[k].value = value;
    s->terms[k].negative = n < 0;
}

/* What is added comes first. */
static Value *sum_of_terms(const Terms *s, Builder *b)
{
    Value *sum = NULL;
    for (int negative = 0; negative < 2; negative++)
        for (int k = 0; k < s->nterms; k++) {
            const Term *t = &s->terms[k];
            if (t->negative != negative)
                continue;
            Type *type = t->value->type;
            sum = sum        ? ir_binary(b, negative ? VAL_SUB : VAL_ADD, type, sum, t->value)
                  : negative ? ir_unary(b, VAL_NEG, type, t->value)
                             : t->value;
        }
    return sum;
}

static void collect_sum(Terms *s, Value *root)
{
    s->nterms = 0;
    add_terms(s, root, root, false);
    const int before = s->nterms;
    if (before > MAX_TERMS)
        return;
    Builder b = {.function = s->function, .block = root->block, .before = root, .loc = root->loc, .adjoint = true};
    for (int k = 0; k < s->nterms; k++)
        collect(s, &b, k);
    if (s->nterms == before)
        return;
    Value *sum = sum_of_terms(s, &b);
    if (!sum->hint && sum->adjoint)
        sum->hint = root->hint;
    s->stands_for[root->id] = sum;
    s->changed = true;
}

/* ---- the function ---- */

static void count_uses(Terms *s, Block *block)
{
    for (Use use = ir_first_use(block); use.block; use = ir_next_use(use, block)) {
        const unsigned id = (*ir_used(&use))->id;
        s->uses[id] += use.user ? 1 : 2; /* no sum goes on behind a block's end */
        s->user[id] = use.user;
    }
}

/* Not a part of a longer sum. */
static bool is_root(const Terms *s, const Value *v)
{
    const Value *user = s->uses[v->id] == 1 ? s->user[v->id] : NULL;
    return !user || !is_sum(user) || user->block != v->block || !type_same(user->type, v->type);
}

static void collect_block(Terms *s, Block *block)
{
    for (Value *v = ir_first(block); v; v = ir_next(v, block))
        if (v->id < s->count && is_sum(v) && is_root(s, v))
            collect_sum(s, v);
}

static void replace(const Terms *s, Value **v)
{
    while ((*v)->id < s->count && s->stands_for[(*v)->id])
        *v = s->stands_for[(*v)->id];
}

static void replace_in(const Terms *s, Block *block)
{
    for (Use use = ir_first_use(block); use.block; use = ir_next_use(use, block))
        replace(s, ir_used(&use));
}

bool terms_collect(Function *fn)
{
    Terms s = {.function = fn, .count = fn->next_id + 1};
    s.uses = ARENA_ARRAY(unsigned, s.count);
    s.user = ARENA_ARRAY(const Value *, s.count);
    s.stands_for = ARENA_ARRAY(Value *, s.count);
    count_uses(&s, fn->body);
    collect_block(&s, fn->body);
    if (s.changed)
        replace_in(&s, fn->body);
    return s.changed;
}
