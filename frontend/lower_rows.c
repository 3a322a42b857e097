/*
 * lower_rows.c: pointers that go through all rows of a matrix. C lets m[0] be handed on for the first row only; but
 * people write
 *
 *     double m[3][3];
 *     total(m[0], 9);        or        total(*m, 9);        or        total(&m[0][0], 9);
 *
 * and mean all of m. As (double *)m that is what the output says, and what the analysis of memory takes it for. Where
 * m[1] or another such row is handed on too, m[0] is a row like that one.
 */
#include "lower.h"

/* ---- the first row ---- */

/* The pointer to rows of which the lvalue is element 0; NULL: it is another one, or it isn't known. */
static const Expr *first_of(const Expr *element)
{
    if (element->kind == EXPR_DEREF)
        return element->kids[0];
    const bool is_first = element->kind == EXPR_INDEX && element->kids[1]->kind == EXPR_INT && element->kids[1]->i == 0;
    return is_first ? element->kids[0] : NULL;
}

const Expr *lower_rows_from(const Expr *element)
{
    const Expr *rows = NULL, *pointer;
    while ((pointer = first_of(element))) {
        rows = pointer->type->to->kind == TYPE_ARRAY ? pointer : NULL;
        if (pointer->kind != EXPR_DECAY)
            break;
        element = pointer->kids[0];
    }
    return rows;
}

/* ---- which rows are handed on ---- */

typedef struct {
    VEC(Expr *) first, others;
    const Expr *looked_into; /* of m[0][j] or *m[0], which the walk has come to: it is not handed on */
} Rows;

/* Is it a row's lvalue that becomes a pointer to its first scalar? */
static bool is_row(const Expr *e)
{
    const Expr *row = e->kind == EXPR_DECAY ? e->kids[0] : NULL;
    return row && (row->kind == EXPR_INDEX || row->kind == EXPR_DEREF) && row->type->kind == TYPE_ARRAY &&
           row->type->to->kind != TYPE_ARRAY;
}

/* Has it an index that is a number, but not 0? */
static bool is_later_row(const Expr *row)
{
    for (; row->kind == EXPR_INDEX; row = row->kids[0]->kids[0]) {
        if (row->kids[1]->kind == EXPR_INT && row->kids[1]->i != 0)
            return true;
        if (row->kids[0]->kind != EXPR_DECAY)
            break;
    }
    return false;
}

static bool collect(const Expr *e, const void *into)
{
    Rows *rows = (Rows *)(uintptr_t)into;
    if (e->kind == EXPR_INDEX || e->kind == EXPR_DEREF)
        rows->looked_into = e->kids[0];
    if (!is_row(e) || e == rows->looked_into)
        return false;
    if (is_later_row(e->kids[0]))
        vec_push(&rows->others, (Expr *)(uintptr_t)e);
    else if (lower_rows_from(e->kids[0]))
        vec_push(&rows->first, (Expr *)(uintptr_t)e);
    return false;
}

/* The matrix, without indices. */
static const Expr *matrix_of(const Expr *e)
{
    while (e->kind == EXPR_INDEX || e->kind == EXPR_DEREF || e->kind == EXPR_DECAY || e->kind == EXPR_LOAD)
        e = e->kids[0];
    return e;
}

static bool are_alike(const Expr *a, const Expr *b)
{
    a = matrix_of(a), b = matrix_of(b);
    return a->kind == b->kind && (a->kind == EXPR_VAR      ? a->decl == b->decl
                                  : a->kind == EXPR_MEMBER ? a->field == b->field && are_alike(a->kids[0], b->kids[0])
                                                           : false);
}

static bool has_other_rows(const Rows *rows, const Expr *first)
{
    for (size_t k = 0; k < rows->others.count; k++)
        if (are_alike(first, rows->others.at[k]))
            return true;
    return false;
}

void lower_find_rows(const Stmt *body)
{
    Rows rows = {0};
    scan_any(body, collect, &rows);
    for (size_t k = 0; k < rows.first.count; k++)
        rows.first.at[k]->through_rows = !has_other_rows(&rows, rows.first.at[k]);
}
