/*
 * lower_alloca.c: memory by alloca. What it gives lives until the function returns; where the call is the value of a
 * variable, and control comes there once, that is as long as an array in the function's outermost block:
 *
 *     double *w = alloca(n * sizeof *w);      becomes      double w[n];
 *
 * In a branch it is memory from the heap, given back where the function ends. In a loop it is an array of the loop's
 * body, and refused where a pointer to it outlives the iteration (transform/own.c). Anywhere else, calls of it remain
 * calls, and the fence has a look.
 */
#include "../transform/heap.h"
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

static void find_in_value(Expr *value, const Decl *variable, bool is_outermost)
{
    const Expr *call = value;
    while (call && call->kind == EXPR_CAST && type_is_pointer(call->type))
        call = call->kids[0];
    if (!call || call == value || !is_alloca(call) || !is_element(value->type->to))
        return;
    value->kind = EXPR_ALLOCA;
    value->kids = call->kids;
    value->decl = (Decl *)(uintptr_t)variable;
    value->i = is_outermost;
}

static bool find_in_assignment(const Expr *e, const void *unused)
{
    (void)unused;
    if (e->kind == EXPR_ASSIGN)
        find_in_value(e->kids[1], e->kids[0]->decl, false);
    return false;
}

static void find_in_statement(const Stmt *s, bool is_outermost)
{
    for (size_t d = 0; d < s->ndecls; d++)
        if (s->decls[d]->init)
            find_in_value(s->decls[d]->init, s->decls[d], is_outermost);
    if (is_outermost && s->kind == STMT_EXPR && s->expr->kind == EXPR_ASSIGN)
        find_in_value(s->expr->kids[1], s->expr->kids[0]->decl, true);
    for (size_t k = 0; k < s->nstmts; k++)
        find_in_statement(s->stmts[k], false);
    const Stmt *const parts[] = {s->init, s->body, s->other};
    for (size_t k = 0; k < sizeof parts / sizeof parts[0]; k++)
        if (parts[k])
            find_in_statement(parts[k], false);
}

void lower_find_allocas(const Stmt *body)
{
    for (size_t k = 0; k < body->nstmts; k++)
        find_in_statement(body->stmts[k], true);
    scan_any(body, find_in_assignment, NULL);
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
static Value *array_of(Lower *lo, const Expr *e, Type *element, Value *count)
{
    Type *size = lo->types->size;
    Value *none = ir_binary(&lo->b, VAL_EQ, lo->types->int_, count, ir_int(&lo->b, size, 0));
    count = ir_select(&lo->b, none, ir_int(&lo->b, size, 1), count);
    const bool is_constant = count->kind == VAL_INT;
    Type *array = type_array(element, is_constant ? count->i : ARRAY_VARIABLE);
    Value *object = ir_local(&lo->b, array, is_constant ? 0 : 1, &count, e->decl ? e->decl->name : NULL);
    object->is_of_step = ir_is_in_loop(lo->b.block);
    return ir_decay(&lo->b, object);
}

/* The function's last statement gives it back, whether control came here or not. */
static Value *heap_memory(Lower *lo, const Expr *e, Type *element, Value *count)
{
    Type *pointer = type_pointer(element);
    Module *module = lo->function->module;
    Builder first = {.function = lo->function, .block = lo->function->body, .loc = e->loc};
    first.before = first.block->first;
    Value *kept = ir_local(&first, pointer, 0, NULL, e->decl ? e->decl->name : NULL);
    ir_store(&first, kept, ir_int(&first, pointer, 0));
    Value *args[] = {count, ir_sizeof(&lo->b, element, element->size)};
    Value *memory = ir_call(&lo->b, pointer, heap_zeroed(module), 2, args);
    ir_store(&lo->b, kept, memory);
    vec_push(&lo->allocas, kept);
    return memory;
}

void lower_free_allocas(Lower *lo)
{
    for (size_t k = 0; k < lo->allocas.count; k++) {
        Value *memory = ir_load(&lo->b, lo->allocas.at[k]);
        ir_call(&lo->b, lo->types->void_, heap_free(lo->function->module), 1, &memory);
    }
}

Value *lower_alloca(Lower *lo, const Expr *e)
{
    Type *element = type_unqualified(e->type->to);
    Value *count = count_elements(lo, e->kids[0], element);
    lo->b.loc = e->loc;
    const bool is_outermost = e->i != 0; /* behind an early return, all that follows is in a branch with it */
    return is_outermost || ir_is_in_loop(lo->b.block) ? array_of(lo, e, element, count)
                                                      : heap_memory(lo, e, element, count);
}
