/*
 * rows.c: places in a matrix that a pointer to all of it leads to, where they can be told:
 *
 *     double m[3][4], *p = (double *)m;
 *     p[5] + p[i]  for i < 4              →      m[1][1] + m[0][i]
 *
 * A pointer to a first row that has been handed on is such a pointer (frontend/lower_rows.c); often the row was meant.
 */
#include "passes.h"

static bool is_flat(const Value *v)
{
    const Type *from = v->kind == VAL_CAST ? v->args[0]->type : NULL;
    return from && type_is_pointer(from) && from->to->kind == TYPE_ARRAY && from->to->size &&
           type_is_pointer(v->type) && type_same(type_scalar(from->to), v->type->to);
}

/* One more than what the index can be at most; -1: that is not known. */
static int64_t bound_of(const Value *index)
{
    while (ir_is_wide_cast(index))
        index = index->args[0];
    if (index->kind == VAL_INT)
        return index->i < 0 || index->i >= INT32_MAX ? -1 : index->i + 1;
    const Value *loop = index->kind == VAL_COUNTER ? index->region : NULL;
    if (!loop || !loop->counted || loop->step < 0 || loop->from->kind != VAL_INT || loop->from->i < 0 ||
        loop->to->kind != VAL_INT || loop->to->i >= INT32_MAX || (loop->rel != VAL_LT && loop->rel != VAL_LE))
        return -1;
    return loop->to->i + (loop->rel == VAL_LE);
}

/* The address of the row that scalar number *at is in; *at becomes its number there. */
static Value *row_of(Builder *b, Value *matrix, int64_t *at)
{
    while (matrix->type->to->kind == TYPE_ARRAY) {
        matrix = ir_decay(b, matrix);
        if (matrix->type->to->kind != TYPE_ARRAY)
            break;
        const int64_t row = (int64_t)type_scalar_count(matrix->type->to);
        matrix = ir_ptradd(b, matrix, ir_int(b, b->function->module->types.int_, *at / row), NULL);
        *at %= row;
    }
    return matrix;
}

static const Type *row_type(const Type *t)
{
    while (t->to->kind == TYPE_ARRAY)
        t = t->to;
    return t;
}

/* Are the first `bound` places behind a flat pointer in one row? Of a constant index, the last one of them. */
static bool is_in_row(const Value *matrix, int64_t bound, bool is_constant)
{
    const Type *within = is_constant ? matrix->type->to : row_type(matrix->type->to);
    return bound > 0 && bound <= type_scalar_count(within);
}

/* flat[index] becomes an element of its row. */
static bool fold_step(Builder *b, Value *step)
{
    Value *matrix = step->args[0]->args[0], *index = step->args[1];
    const bool is_constant = index->kind == VAL_INT;
    const int64_t bound = bound_of(index);
    if (!is_in_row(matrix, bound, is_constant))
        return false;
    int64_t at = is_constant ? bound - 1 : 0;
    step->args[0] = row_of(b, matrix, &at);
    if (is_constant)
        step->args[1] = ir_int(b, index->type, at);
    return true;
}

static void fold_access(Builder *b, Value *access)
{
    int64_t first = 0;
    access->args[0] = row_of(b, access->args[0]->args[0], &first);
}

static bool fold(Block *block)
{
    bool any = false;
    for (Value *v = ir_first(block); v; v = ir_next(v, block)) {
        Builder b = {.function = v->block->function, .block = v->block, .before = v, .loc = v->loc};
        const bool leads = v->nargs > 0 && is_flat(v->args[0]);
        if (leads && v->kind == VAL_PTRADD && v->nargs == 2)
            any |= fold_step(&b, v);
        if (leads && (v->kind == VAL_LOAD || ir_writes_value(v))) {
            fold_access(&b, v);
            any = true;
        }
    }
    return any;
}

bool rows_fold(Function *fn)
{
    return fold(fn->body);
}
