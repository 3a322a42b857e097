/*
 * plan_rows.c: pointers to rows of run-time size whose extents are known: variables for them are declared as such.
 *
 *     double u[ny][nx], next[ny][nx];
 *     double *now = u[0];                     double (*now)[nx] = u;
 *     now[(size_t)i * (size_t)nx + j]    →    now[i][j]
 *
 * An extent must be more than zero. Such a pointer is declared where it gets its first value, which is an array, or a
 * parameter, that has been declared with the same extents before; what a branch chooses, and what is cast, comes from
 * elsewhere. All that flows into one variable has the same extents, and is const, or is not: C converts no pointers to
 * arrays.
 */
#include "plan.h"

static bool is_array_of_run_time_extents(const Type *t)
{
    for (; t->kind == TYPE_ARRAY; t = t->to)
        if (t->count == ARRAY_UNKNOWN)
            return false;
    return true;
}

bool rows_are_same(const Rows *a, const Rows *b)
{
    if (!a || !b || a->count != b->count)
        return a == b;
    for (int k = 0; k < a->count; k++)
        if (!ir_is_same(ir_without_wide_casts(a->extents[k]), ir_without_wide_casts(b->extents[k])))
            return false;
    return true;
}

/* ---- where they begin ---- */

static const Rows *rows_with(Value *const *extents, int count)
{
    Rows *rows = ARENA_NEW(Rows);
    *rows = (Rows){.extents = extents, .count = count};
    return rows;
}

/* The pointer that a loop's variable begins with. */
static const Value *first_of(const Value *pointer)
{
    while (pointer->kind == VAL_CARRIED)
        pointer = pointer->region->args[pointer->i];
    return pointer;
}

/*
 * What a parameter leads to has the extents that it is declared with. Steps over its rows say how many scalars are in
 * one: that is the extent, where the rows are rows of scalars.
 */
static void find_strides(Plan *plan, const Block *body)
{
    for (const Value *v = ir_first(body); v; v = ir_next(v, body)) {
        if (v->kind != VAL_PTRADD || v->nargs < 3 || v->type->to->to->kind == TYPE_ARRAY)
            continue;
        const Value *extent = ir_without_wide_casts(v->args[2]), *first = first_of(v->args[0]);
        Note *note = note_of(plan, first);
        const bool loses_const = note->written && type_is_const(variable_type(v->type)->to);
        if (first->kind == VAL_PARAM && extent->kind == VAL_PARAM && !loses_const)
            note->rows = rows_with(&v->args[2], 1);
    }
}

/* An adjoint has the shape of what it belongs to. */
static void find_shapes_of_adjoints(Plan *plan)
{
    for (int k = 0; k < plan->fn->nparams; k++) {
        const Param *p = &plan->fn->params[k];
        if (p->bar && p->value && has_run_time_extent(p->bar) && !note_of(plan, p->bar)->rows)
            note_of(plan, p->bar)->rows = note_of(plan, p->value)->rows;
    }
}

/* ---- how they flow ---- */

static const Rows *rows_in(const Plan *plan, const Value *array)
{
    const Rows *rows = note_of(plan, array)->rows;
    const bool is_variable = array->type->to->count == ARRAY_VARIABLE;
    return rows && is_variable ? rows_with(rows->extents + 1, rows->count - 1) : rows;
}

/* The same, from both. */
static const Rows *common_rows(const Plan *plan, const Value *a, const Value *b)
{
    const Rows *rows = note_of(plan, a)->rows;
    return rows_are_same(rows, note_of(plan, b)->rows) && points_to_const(plan, a) == points_to_const(plan, b) ? rows
                                                                                                               : NULL;
}

/* Where the value goes, or comes from: an array, or a tape, of what the reverse sweep needs. */
static const Value *holder_of(const Value *v)
{
    if (v->kind == VAL_PUSH || v->kind == VAL_POP)
        return v->args[0];
    const bool is_access = v->kind == VAL_LOAD || v->kind == VAL_STORE;
    const Value *base = is_access ? memory_base(v->args[0]) : NULL;
    return base && base->kind == VAL_ALLOC && base->is_kept ? base : NULL;
}

/* The reverse sweep reads what the primal has stored: all of it is known by then. */
static const Rows *rows_held(const Plan *plan, const Value *v)
{
    const Value *holder = holder_of(v);
    const Rows *rows = holder ? note_of(plan, holder)->held : NULL;
    for (int k = 0; rows && k < rows->count; k++)
        if (!ir_visible(rows->extents[k], v->block))
            return NULL;
    return rows && !note_of(plan, holder)->no_rows && !points_to_const(plan, v) ? rows : NULL;
}

/* False: others are there already. */
static bool hold(Plan *plan, const Value *v)
{
    const Value *holder = v->kind == VAL_STORE || v->kind == VAL_PUSH ? holder_of(v) : NULL;
    if (!holder || !has_run_time_extent(v->args[1]) || note_of(plan, holder)->no_rows)
        return true;
    Note *note = note_of(plan, holder);
    const Rows *rows = points_to_const(plan, v->args[1]) ? NULL : note_of(plan, v->args[1])->rows;
    if (!note->held)
        note->held = rows;
    note->no_rows = !rows_are_same(note->held, rows);
    return !note->no_rows;
}

static const Rows *rows_of(const Plan *plan, const Value *v)
{
    switch (v->kind) {
    case VAL_LOCAL:
        return rows_with(v->args, v->nargs);
    case VAL_ALLOC:
        return v->nargs > 1 ? rows_with(v->args + 1, v->nargs - 1) : NULL;
    case VAL_PTRADD:
        return note_of(plan, v->args[0])->rows;
    case VAL_DECAY:
        return rows_in(plan, v->args[0]);
    case VAL_SELECT:
        return common_rows(plan, v->args[1], v->args[2]);
    case VAL_LOAD:
    case VAL_POP:
        return rows_held(plan, v);
    default:
        return NULL;
    }
}

static bool may_have_rows(const Plan *plan, const Value *v)
{
    return has_run_time_extent(v) && is_array_of_run_time_extents(v->type->to) && !note_of(plan, v)->no_rows;
}

/* A loop's variable has the rows that it begins with, as long as each iteration hands on such. */
static void begin_loop(Plan *plan, const Value *loop)
{
    for (int k = 0; k < loop->nresults; k++)
        if (may_have_rows(plan, loop->carried[k]))
            note_of(plan, loop->carried[k])->rows = note_of(plan, loop->results[k])->rows =
                common_rows(plan, loop->args[k], loop->args[k]);
}

static bool end_loop(Plan *plan, const Value *loop)
{
    bool holds = true;
    for (int k = 0; k < loop->nresults; k++) {
        Note *note = note_of(plan, loop->carried[k]);
        if (note->rows && (!common_rows(plan, loop->carried[k], loop->blocks[1]->yields[k]) ||
                           !common_rows(plan, loop->carried[k], loop->args[k]))) {
            note->rows = note_of(plan, loop->results[k])->rows = NULL;
            note->no_rows = true;
            holds = false;
        }
    }
    return holds;
}

static bool flow(Plan *plan, const Block *block)
{
    bool holds = true;
    for (const Value *v = block->first; v; v = v->next) {
        if (may_have_rows(plan, v))
            note_of(plan, v)->rows = rows_of(plan, v);
        holds &= hold(plan, v);
        if (v->kind == VAL_LOOP)
            begin_loop(plan, v);
        for (int b = 0; b < 2; b++)
            if (v->blocks[b])
                holds &= flow(plan, v->blocks[b]);
        if (v->kind == VAL_LOOP)
            holds &= end_loop(plan, v);
    }
    return holds;
}

void plan_find_rows(Plan *plan, const Block *body)
{
    find_strides(plan, body);
    find_shapes_of_adjoints(plan);
    while (!flow(plan, body))
        continue;
}
