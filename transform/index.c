/*
 * index.c: do different iterations of some loops reach different memory by one address? An index is a sum of terms,
 * each a product with at most one of the loops' counters in it; the counters' strides must nest like the digits of a
 * number: the smallest is 1, and each next one is the one before times the number of its counter's values, or more.
 *
 *     out[b * T * C + t * C + c]      c in 0..C-1: stride 1;  t in 0..T-1: stride C;  b: stride T * C
 */
#include <stdlib.h>

#include "passes.h"

enum { MAX_TERMS = 12, MAX_FACTORS = 12 };

/* A product of a constant and values that no counter is in. */
typedef struct {
    int64_t constant;
    int nfactors;
    const Value *factor[MAX_FACTORS]; /* by id */
} Product;

typedef struct {
    const Value *loop; /* whose counter is a factor too; NULL: none */
    Product stride;
} Term;

typedef struct {
    Value *const *loops;
    int nloops;
    int nterms;
    Term term[MAX_TERMS];
} Sum;

static int compare_values(const void *a, const void *b)
{
    const Value *const *x = a, *const *y = b;
    return (*x)->id < (*y)->id ? -1 : (*x)->id > (*y)->id;
}

static bool multiply(Product *p, const Product *by)
{
    p->constant *= by->constant;
    if (p->nfactors + by->nfactors > MAX_FACTORS)
        return false;
    for (int k = 0; k < by->nfactors; k++)
        p->factor[p->nfactors++] = by->factor[k];
    qsort(p->factor, (size_t)p->nfactors, sizeof p->factor[0], compare_values);
    return true;
}

static bool same_product(const Product *a, const Product *b)
{
    return a->constant == b->constant && a->nfactors == b->nfactors &&
           memcmp(a->factor, b->factor, sizeof a->factor[0] * (size_t)a->nfactors) == 0;
}

static bool is_invariant(const Sum *s, const Value *v)
{
    for (int k = 0; k < s->nloops; k++)
        if (!ir_visible(v, s->loops[k]->block))
            return false;
    return true;
}

/* A reverse loop counts the values of its primal loop, whose counter stands for its own until storage is planned. */
static bool is_counter_of(const Value *loop, const Value *v)
{
    return v == loop->counter || (loop->twin && loop->twin->counted && v == loop->twin->counter);
}

static const Value *loop_counted_by(const Sum *s, const Value *v)
{
    for (int k = 0; k < s->nloops; k++)
        if (is_counter_of(s->loops[k], v))
            return s->loops[k];
    return NULL;
}

/* Adds `value * scale` to the sum. */
static bool add_terms(Sum *s, const Value *value, Product scale);

static bool add_term(Sum *s, const Value *loop, Product stride)
{
    if (s->nterms == MAX_TERMS)
        return false;
    s->term[s->nterms++] = (Term){loop, stride};
    return true;
}

static bool scale_by(Sum *s, const Value *v, Product *scale);

static bool add_product(Sum *s, const Value *v, Product scale)
{
    for (int k = 0; k < 2; k++) {
        Product scaled = scale;
        if (is_invariant(s, v->args[k]) && scale_by(s, v->args[k], &scaled))
            return add_terms(s, v->args[1 - k], scaled);
    }
    return false;
}

/* scale *= v, its own factors one by one */
static bool scale_by(Sum *s, const Value *v, Product *scale)
{
    if (v->kind == VAL_INT)
        return multiply(scale, &(Product){.constant = v->i});
    if (ir_is_wide_cast(v))
        return scale_by(s, v->args[0], scale);
    if (v->kind == VAL_MUL)
        return scale_by(s, v->args[0], scale) && scale_by(s, v->args[1], scale);
    return multiply(scale, &(Product){1, 1, {v}});
}

static bool add_terms(Sum *s, const Value *v, Product scale)
{
    const Value *loop = loop_counted_by(s, v);
    if (loop)
        return add_term(s, loop, scale);
    if (is_invariant(s, v)) /* a shift of all addresses alike */
        return true;
    Product negative = scale;
    negative.constant = -negative.constant;
    switch (v->kind) {
    case VAL_ADD:
        return add_terms(s, v->args[0], scale) && add_terms(s, v->args[1], scale);
    case VAL_SUB:
        return add_terms(s, v->args[0], scale) && add_terms(s, v->args[1], negative);
    case VAL_NEG:
        return add_terms(s, v->args[0], negative);
    case VAL_MUL:
        return add_product(s, v, scale);
    case VAL_CAST:
        return ir_is_wide_cast(v) && add_terms(s, v->args[0], scale);
    default:
        return false;
    }
}

/* How many values the counter takes, as a product; false where that is not simply its bound. */
static bool range_of(Sum *s, const Value *loop, Product *range)
{
    *range = (Product){.constant = 1};
    return loop->counted && loop->step == 1 && loop->rel == VAL_LT && loop->from->kind == VAL_INT &&
           loop->from->i == 0 && scale_by(s, loop->to, range);
}

static Product absolute(Product p)
{
    p.constant = p.constant < 0 ? -p.constant : p.constant;
    return p;
}

/* The product, or more: (n / h) * h is n at most, whatever their signs. */
static Product without_quotients(Product p)
{
    for (int k = 0; k < p.nfactors; k++) {
        const Value *quotient = p.factor[k];
        if (quotient->kind != VAL_DIV || !type_is_int(quotient->type))
            continue;
        for (int j = 0; j < p.nfactors; j++) {
            if (p.factor[j] != quotient->args[1])
                continue;
            p.factor[k] = quotient->args[0];
            p.factor[j] = p.factor[--p.nfactors];
            qsort(p.factor, (size_t)p.nfactors, sizeof p.factor[0], compare_values);
            return without_quotients(p);
        }
    }
    return p;
}

/* Do the strides of the sum nest like the digits of a number? Marks the loops whose counters are in it. */
static bool strides_nest(Sum *s, bool *covered)
{
    Product expected = {.constant = 1};
    bool used[MAX_TERMS] = {false};
    for (int done = 0; done < s->nterms; done++) {
        const Product rounded = without_quotients(expected);
        int next = -1;
        for (int k = 0; k < s->nterms; k++) {
            const Product stride = absolute(s->term[k].stride);
            const bool single = s->nterms == 1 && stride.nfactors == 0 && stride.constant > 0;
            if (!used[k] && (same_product(&stride, &expected) || same_product(&stride, &rounded) || single))
                next = k;
        }
        if (next < 0)
            return false;
        used[next] = true;
        expected = absolute(s->term[next].stride);
        for (int k = 0; k < s->nloops; k++)
            if (s->loops[k] == s->term[next].loop) {
                if (covered[k])
                    return false;
                covered[k] = true;
            }
        Product range;
        if (done + 1 < s->nterms && (!range_of(s, s->term[next].loop, &range) || !multiply(&expected, &range)))
            return false;
    }
    return true;
}

/* The counters that one dimension's index, the sum of the steps at `address`, tells. Answers the address behind it. */
static const Value *cover_dimension(const Value *address, Value *const *loops, int nloops, bool *covered)
{
    Sum sum = {.loops = loops, .nloops = nloops};
    const Type *type = address->type;
    bool plain = true;
    for (; address->kind == VAL_PTRADD && type_same(address->type, type); address = address->args[0])
        plain = plain && !(address->nargs > 2 && address->args[0]->kind == VAL_PTRADD) &&
                add_terms(&sum, address->args[1], (Product){.constant = 1});
    bool *here = ARENA_ARRAY(bool, nloops + 1);
    if (plain && strides_nest(&sum, here))
        for (int k = 0; k < nloops; k++)
            covered[k] |= here[k];
    while (address->kind == VAL_DECAY || address->kind == VAL_FIELD)
        address = address->args[0];
    return address;
}

bool index_is_injective(const Value *address, Value *const *loops, int nloops)
{
    bool *covered = ARENA_ARRAY(bool, nloops + 1);
    while (ir_continues_address(address))
        address = cover_dimension(address, loops, nloops, covered);
    for (int k = 0; k < nloops; k++)
        if (!covered[k] || !ir_visible(address, loops[k]->block))
            return false;
    return true;
}
