/*
 * lower_alloca.c: memory by alloca. What it gives lives until the function returns; where the call is the value of a
 * variable of the function's outermost block, and control comes there once, that is as long as an array declared there:
 *
 *     double *w = alloca(n * sizeof *w);      becomes      double w[n];
 *
 * Anywhere else, calls of it remain calls, and the fence has a look.
 */
#include "lower.h"

#include <string.h>

static bool is_alloca(const Expr *e)
{
    const Function *f = e->kind == EXPR_CALL && e->nkids == 1 ? e->function : NULL;
    return f && !f->has_body && (strcmp(f->name, "alloca") == 0 || strcmp(f->name, "__builtin_alloca") == 0);
}

/* Bytes may be meant for anything: they are not an array of characters. */
static bool is_element(const Type *t)
{
    return t->kind != TYPE_OPAQUE && t->kind != TYPE_FUNCTION && t->size > 1;
}

static void find_in_value(Expr *value, const Decl *variable)
{
    const Expr *call = value;
    while (call && call->kind == EXPR_CAST && type_is_pointer(call->type))
        call = call->kids[0];
    if (!call || call == value || !is_alloca(call) || !is_element(value->type->to))
        return;
    value->kind = EXPR_ALLOCA;
    value->kids = call->kids;
    value->decl = (Decl *)(uintptr_t)variable;
}

void lower_find_allocas(const Stmt *body)
{
    for (size_t k = 0; k < body->nstmts; k++) {
        const Stmt *s = body->stmts[k];
        for (size_t d = 0; d < s->ndecls; d++)
            find_in_value(s->decls[d]->init, s->decls[d]);
        if (s->kind == STMT_EXPR && s->expr->kind == EXPR_ASSIGN)
            find_in_value(s->expr->kids[1], s->expr->kids[0]->decl);
    }
}

/* n in n * sizeof(element), or else as many elements as the bytes are at most. */
static Value *count_elements(Lower *lo, const Expr *bytes, const Type *element)
{
    Type *size = lo->types->size;
    while (bytes->kind == EXPR_CAST && bytes->is_implicit)
        bytes = bytes->kids[0];
    for (int k = 0; bytes->kind == EXPR_BINARY && bytes->op == VAL_MUL && k < 2; k++) {
        const Expr *factor = bytes->kids[k];
        if (factor->kind == EXPR_SIZEOF && !factor->is_variable && (uint64_t)factor->i == element->size)
            return lower_convert(lo, size, lower_value(lo, bytes->kids[!k]));
    }
    Value *all = lower_convert(lo, size, lower_value(lo, bytes));
    Value *rest = ir_int(&lo->b, size, (int64_t)element->size - 1);
    return ir_binary(&lo->b, VAL_DIV, size, ir_binary(&lo->b, VAL_ADD, size, all, rest),
                     ir_int(&lo->b, size, (int64_t)element->size));
}

/* alloca(0) is nothing that one reads; an array has an element at least. */
Value *lower_alloca(Lower *lo, const Expr *e)
{
    Type *size = lo->types->size, *element = type_unqualified(e->type->to);
    if (ir_is_in_loop(lo->b.block))
        fence_refuse(e->loc, "a call of 'alloca' that runs again", "use a variable-length array");
    Value *count = count_elements(lo, e->kids[0], element);
    lo->b.loc = e->loc;
    Value *none = ir_binary(&lo->b, VAL_EQ, lo->types->int_, count, ir_int(&lo->b, size, 0));
    count = ir_select(&lo->b, none, ir_int(&lo->b, size, 1), count);
    const bool is_constant = count->kind == VAL_INT;
    Type *array = type_array(element, is_constant ? count->i : ARRAY_VARIABLE);
    return ir_decay(&lo->b, ir_local(&lo->b, array, is_constant ? 0 : 1, &count, e->decl ? e->decl->name : NULL));
}
