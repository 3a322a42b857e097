/*
 * form.c: see form.h. The difference of two indices is a sum of values. In the place of a counter stands the least that
 * it can be, where it is added, or the greatest, where it is subtracted; where all else cancels, a constant is left,
 * which the difference is never below.
 *
 *     n + i - k   with  i from 0,  k < n:     n + 0 - (n - 1) = 1,  so that x[n + i] is never x[k]
 */
#include "form.h"

#include "passes.h"

enum { MAX_TERMS = 16, BYTES_OF_SIZE = 8 };

typedef struct {
    const Value *value[MAX_TERMS];
    int64_t times[MAX_TERMS];
    int count;
    int64_t constant;
    bool fits;
} Form;

static void add_value(Form *f, const Value *v, int64_t times)
{
    for (int k = 0; k < f->count; k++)
        if (f->value[k] == v) {
            f->times[k] += times;
            return;
        }
    if (f->count == MAX_TERMS) {
        f->fits = false;
        return;
    }
    f->value[f->count] = v;
    f->times[f->count++] = times;
}

/* Sums of the type are those of the integers: signed ones don't overflow, and nothing is as large as memory. */
static bool sums_are_exact(const Type *type)
{
    return type->is_signed || type->size >= BYTES_OF_SIZE;
}

static void add_index(Form *f, const Value *v, int64_t times)
{
    if (v->kind == VAL_INT) {
        f->fits &= !__builtin_add_overflow(f->constant, times * v->i, &f->constant);
    } else if (ir_is_wide_cast(v)) {
        const Value *x = v->args[0];
        add_index(f, x, times);
    } else if (v->kind == VAL_ADD && sums_are_exact(v->type)) {
        add_index(f, v->args[0], times);
        add_index(f, v->args[1], times);
    } else if (v->kind == VAL_SUB && v->type->is_signed) {
        add_index(f, v->args[0], times);
        add_index(f, v->args[1], -times);
    } else {
        add_value(f, v, times);
    }
}

/* The counter's least value in the place of one that is added, its greatest for one that is subtracted. */
static void put_ends(Form *f, const Value *loop)
{
    for (int k = 0; k < f->count; k++) {
        const int64_t times = f->times[k];
        if (f->value[k] != loop->counter || times == 0)
            continue;
        f->fits &= loop->step > 0 && loop->rel == VAL_LT && times <= 1 && times >= -1;
        f->times[k] = 0;
        add_index(f, times > 0 ? loop->from : loop->to, times);
        f->fits &= times > 0 || !__builtin_add_overflow(f->constant, 1, &f->constant);
    }
}

/* What times * index is at least, whichever iteration it belongs to. */
static Form least(const Value *index, int64_t times, const Value *outer, const Value *inner)
{
    Form f = {.fits = true};
    add_index(&f, index, times);
    put_ends(&f, outer);
    put_ends(&f, inner);
    for (int k = 0; k < f.count; k++) /* what is left is the same in all iterations */
        f.fits &= f.times[k] == 0 || ir_visible(f.value[k], outer->block);
    return f;
}

/* Is the index a more than the index b, always? */
static bool is_above(const Value *a, const Value *b, const Value *outer, const Value *inner)
{
    Form f = least(a, 1, outer, inner);
    const Form g = least(b, -1, outer, inner);
    for (int k = 0; k < g.count; k++)
        add_value(&f, g.value[k], g.times[k]);
    for (int k = 0; k < f.count; k++)
        f.fits &= f.times[k] == 0;
    return f.fits && g.fits && !__builtin_add_overflow(f.constant, g.constant, &f.constant) && f.constant > 0;
}

bool form_apart(const Value *a, const Value *b, const Value *outer, const Value *inner)
{
    if (a->kind != VAL_PTRADD || b->kind != VAL_PTRADD || a->nargs > 2 || b->nargs > 2 ||
        !memory_same_address(a->args[0], b->args[0]) || !ir_visible(a->args[0], outer->block) ||
        !type_is_real(a->type->to) || !ir_visible(inner->from, outer->block) || !ir_visible(inner->to, outer->block))
        return false;
    return is_above(a->args[1], b->args[1], outer, inner) || is_above(b->args[1], a->args[1], outer, inner);
}
