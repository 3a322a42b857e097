/*
 * series.c: integers that a counted loop carries and that step by a sum of the counter, constants and values from
 * before the loop. What such an integer is in iteration N (from 0) has a closed form, so that the reverse sweep needs
 * no history of it:
 *
 *     for (i = from; ...; i += step)                at = init + N * fixed + per * (N * from + step * N (N - 1) / 2)
 *         at += fixed + per * i;
 *
 * The form is computed in size_t, whose arithmetic is exact modulo its range; the conversion to the integer's own type
 * gives back the integer.
 */
#include "passes.h"

static bool add_fixed(Series *s, Value *v, int64_t times)
{
    if (s->nterms == SERIES_TERMS)
        return false;
    s->term[s->nterms] = v;
    s->times[s->nterms++] = times;
    return true;
}

/* Is the arithmetic of v's type, as far as it may wrap around, that of the carried integer's? */
static bool wraps_alike(const Type *type, const Type *carried)
{
    return type->is_signed || type->size >= carried->size;
}

static bool add_step(Series *s, const Value *loop, Value *v, int64_t times)
{
    if (v == loop->counter) {
        s->per += times;
        return true;
    }
    if (v->kind == VAL_INT) {
        s->constant += v->i * times;
        return true;
    }
    if (!type_is_int(v->type) || !wraps_alike(v->type, s->type))
        return false;
    if (ir_visible(v, loop->block))
        return add_fixed(s, v, times);
    switch (v->kind) {
    case VAL_ADD:
        return add_step(s, loop, v->args[0], times) && add_step(s, loop, v->args[1], times);
    case VAL_SUB:
        return add_step(s, loop, v->args[0], times) && add_step(s, loop, v->args[1], -times);
    case VAL_NEG:
        return add_step(s, loop, v->args[0], -times);
    case VAL_MUL:
        if (v->args[1]->kind == VAL_INT)
            return add_step(s, loop, v->args[0], times * v->args[1]->i);
        return v->args[0]->kind == VAL_INT && add_step(s, loop, v->args[1], times * v->args[0]->i);
    case VAL_CAST:
        return type_is_int(v->args[0]->type) && v->args[0]->type->is_signed &&
               v->type->size >= v->args[0]->type->size && add_step(s, loop, v->args[0], times);
    default:
        return false;
    }
}

bool series_find(const Value *carried, Series *series)
{
    if (carried->kind != VAL_CARRIED || !carried->region->counted || !type_is_int(carried->type) ||
        carried->type->is_bool)
        return false;
    const Value *loop = carried->region;
    const Value *next = loop->blocks[1]->yields[carried->i];
    *series = (Series){.type = carried->type, .init = loop->args[carried->i]};
    if ((next->kind != VAL_ADD && next->kind != VAL_SUB) || next->args[0] != carried)
        return false;
    return add_step(series, loop, next->args[1], next->kind == VAL_ADD ? 1 : -1);
}

static Value *times(Builder *b, Value *x, int64_t n)
{
    return ir_binary(b, VAL_MUL, x->type, x, ir_int(b, x->type, n));
}

static Value *add_times(Builder *b, Value *sum, Value *x, int64_t n)
{
    if (n < 0)
        return ir_binary(b, VAL_SUB, sum->type, sum, times(b, x, -n));
    return ir_binary(b, VAL_ADD, sum->type, sum, times(b, x, n));
}

Value *series_value(Builder *b, const Series *s, const Value *loop, Value *from, Value *number)
{
    Type *size = b->function->module->types.size;
    Value *n = ir_cast(b, size, number), *fixed = ir_int(b, size, s->constant > 0 ? s->constant : 0);
    for (int k = 0; k < s->nterms; k++)
        fixed = add_times(b, fixed, ir_cast(b, size, s->term[k]), s->times[k]);
    if (s->constant < 0)
        fixed = ir_binary(b, VAL_SUB, size, fixed, ir_int(b, size, -s->constant));
    Value *sum = ir_binary(b, VAL_MUL, size, n, fixed);
    sum = add_times(b, sum, ir_binary(b, VAL_MUL, size, n, ir_cast(b, size, from)), s->per);
    Value *before = ir_binary(b, VAL_SUB, size, n, ir_int(b, size, 1));
    Value *pairs = ir_binary(b, VAL_DIV, size, ir_binary(b, VAL_MUL, size, n, before), ir_int(b, size, 2));
    sum = add_times(b, sum, pairs, s->per * loop->step);
    return ir_cast(b, s->type, ir_binary(b, VAL_ADD, size, ir_cast(b, size, s->init), sum));
}
