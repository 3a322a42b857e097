/*
 * steps.c: pointers as numbers of elements from a common root. What is asked of two such pointers is asked of the
 * numbers: the reverse sweep has them where the array that was pointed into is gone.
 *
 *     A + (k + 1) * n - (A + k * n)    becomes    n          A + i < A + j    becomes    i < j
 */
#include "simplify.h"

enum { MAX_STEPS = 8 };

/* root + number[0] + ... */
typedef struct {
    const Value *root;
    int count;
    Value *number[MAX_STEPS];
} Steps;

static bool is_step(const Value *v)
{
    return v->kind == VAL_PTRADD && v->nargs == 2;
}

static bool find_steps(Value *pointer, Steps *steps)
{
    steps->count = 0;
    for (; is_step(pointer); pointer = pointer->args[0]) {
        if (steps->count == MAX_STEPS)
            return false;
        steps->number[steps->count++] = pointer->args[1];
    }
    steps->root = pointer;
    return true;
}

static bool have_common_root(Value *p, Value *q, Steps *x, Steps *y)
{
    if ((!is_step(p) && !is_step(q)) || !find_steps(p, x) || !find_steps(q, y) || x->root != y->root)
        return false;
    while (x->count > 0 && y->count > 0 && x->number[x->count - 1] == y->number[y->count - 1])
        x->count--, y->count--;
    return true;
}

static Value *total(Builder *b, Type *type, const Steps *steps)
{
    Value *sum = ir_int(b, type, 0);
    for (int k = steps->count - 1; k >= 0; k--) {
        Value *number = ir_cast(b, type, steps->number[k]);
        sum = sum->kind == VAL_INT && sum->i == 0 ? number : ir_binary(b, VAL_ADD, type, sum, number);
    }
    return sum;
}

/* Arithmetic that gives in a wider type what it gives here: it does not wrap, or all of it wraps alike. */
static bool is_exact(const Value *v, const Type *type)
{
    return type_is_int(v->type) && (v->type->is_signed || v->type->size == type->size);
}

static Value *without_cast(Value *v, const Type *type)
{
    while (v->kind == VAL_CAST && is_exact(v, type) && is_exact(v->args[0], type) &&
           v->args[0]->type->size <= v->type->size)
        v = v->args[0];
    return v;
}

static Value *difference(Builder *b, Type *type, Value *x, Value *y, int depth);

/* x and y are both sums, or both products: what they have in common drops out. */
static Value *common_drops_out(Builder *b, Type *type, const Value *x, const Value *y, int depth)
{
    for (int k = 0; k < 4; k++) {
        Value *common = x->args[k & 1], *rest = x->args[!(k & 1)], *other = y->args[!(k >> 1)];
        if (without_cast(common, type) != without_cast(y->args[k >> 1], type))
            continue;
        Value *left = difference(b, type, rest, other, depth);
        return x->kind == VAL_ADD ? left : ir_binary(b, VAL_MUL, type, left, ir_cast(b, type, common));
    }
    return NULL;
}

/* x - y, as it would be on paper. */
static Value *difference(Builder *b, Type *type, Value *x, Value *y, int depth)
{
    x = without_cast(x, type), y = without_cast(y, type);
    if (x == y)
        return ir_int(b, type, 0);
    const bool exact = depth > 0 && is_exact(x, type) && is_exact(y, type);
    for (int k = 0; k < 2 && exact && x->kind == VAL_ADD; k++)
        if (without_cast(x->args[k], type) == y)
            return ir_cast(b, type, x->args[!k]);
    Value *rest = NULL;
    if (exact && x->kind == y->kind && (x->kind == VAL_ADD || x->kind == VAL_MUL))
        rest = common_drops_out(b, type, x, y, depth - 1);
    return rest ? rest : ir_binary(b, VAL_SUB, type, ir_cast(b, type, x), ir_cast(b, type, y));
}

Value *steps_difference(Builder *b, Type *type, Value *p, Value *q)
{
    enum { DEPTH = 4 };
    Steps x, y;
    if (!have_common_root(p, q, &x, &y))
        return NULL;
    if (x.count == 1 && y.count == 1)
        return difference(b, type, x.number[0], y.number[0], DEPTH);
    return difference(b, type, total(b, type, &x), total(b, type, &y), DEPTH);
}

Value *steps_compare(Builder *b, ValueKind kind, Type *type, Value *p, Value *q)
{
    Steps x, y;
    if (!type_is_pointer(p->type) || !have_common_root(p, q, &x, &y))
        return NULL;
    Value *i = x.count == 1 ? x.number[0] : NULL, *j = y.count == 1 ? y.number[0] : NULL;
    Type *wide = b->function->module->types.long_;
    if (!i || !j || !type_same(i->type, j->type) || !i->type->is_signed)
        i = total(b, wide, &x), j = total(b, wide, &y);
    return ir_binary(b, kind, type, i, j);
}
