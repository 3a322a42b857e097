/*
 * split_refuse.c: which recursive functions cannot be taken apart (split.h).
 */
#include "members.h"
#include "split.h"

bool split_refuse(const Function *fn, Loc loc, const char *why, const char *way_out)
{
    diag_error(loc, "cannot differentiate '%s', which is recursive: %s", into_user_name(fn), why);
    diag_note((Loc){0}, "%s", way_out);
    return false;
}

/* Reals of its own: not those that pointers in it lead to. */
static bool holds_reals(const Type *t)
{
    while (t->kind == TYPE_ARRAY)
        t = t->to;
    for (size_t k = 0; t->kind == TYPE_RECORD && k < t->record->nfields; k++)
        if (holds_reals(t->record->fields[k].type))
            return true;
    return t->kind == TYPE_REAL;
}

static const Global *global_at(const Value *address)
{
    const Value *base = memory_base((Value *)(uintptr_t)address);
    return base->kind == VAL_GLOBAL ? base->global : NULL;
}

static bool block_writes_global(const Block *block, const Global *global)
{
    for (const Value *v = ir_first(block); v; v = ir_next(v, block)) {
        const bool stores = v->kind == VAL_STORE || v->kind == VAL_ACCUM || v->kind == VAL_COPY;
        if (stores && (global_at(v->args[0]) == global || global_at(v->args[1]) == global))
            return true;
        for (int k = 0; v->kind == VAL_CALL && k < v->nargs; k++)
            if (call_writes_through(v, k) && global_at(v->args[k]) == global)
                return true;
    }
    return false;
}

/* A real that changes as the program runs, and has no place in the halves. One that is only read is a constant. */
static bool is_global_real(const Function *work, const Value *address)
{
    const Global *global = global_at(address);
    if (!global || global->is_const_data || global->passive || !type_has_real(global->type))
        return false;
    for (size_t k = 0; k < work->split->parts.count; k++)
        if (block_writes_global(work->split->parts.at[k]->work->body, global))
            return true;
    return block_writes_global(work->split->caller->body, global);
}

static bool check_value(const Function *fn, const Function *work, const Value *v)
{
    const bool accesses = v->kind == VAL_LOAD || v->kind == VAL_STORE || v->kind == VAL_ACCUM || v->kind == VAL_COPY;
    if (accesses && (is_global_real(work, v->args[0]) || (v->kind == VAL_COPY && is_global_real(work, v->args[1]))))
        return split_refuse(fn, v->loc, "it uses a variable outside functions", "pass the variable by a pointer");
    for (int k = 0; v->kind == VAL_CALL && k < v->nargs; k++)
        if (type_is_pointer(v->args[k]->type) && is_global_real(work, v->args[k]))
            return split_refuse(fn, v->loc, "it uses a variable outside functions", "pass the variable by a pointer");
    if (v->kind == VAL_LOCAL && split_holds_real_pointers(v->type->to) && holds_reals(v->type->to))
        return split_refuse(
            fn, v->loc,
            arena_printf("its variable '%s' has pointers and real numbers in it", v->hint ? v->hint : "of this type"),
            "keep the two in variables of their own, or take the struct from malloc");
    if (v->kind == VAL_ALLOC || v->kind == VAL_FREE)
        return split_refuse(fn, v->loc, "it allocates memory", "use a local array, or pass the memory as an argument");
    return true;
}

static bool check_block(const Function *fn, const Function *work, const Block *block)
{
    for (const Value *v = ir_first(block); v; v = ir_next(v, block))
        if (!check_value(fn, work, v))
            return false;
    return true;
}

static bool check_signature(const Part *part)
{
    const Function *fn = part->function;
    const Type *result = fn->result;
    if (result->kind == TYPE_RECORD) /* others are given by a pointer (into.c) */
        return split_refuse(fn, fn->loc, "its result is a struct without real numbers in it",
                            "return it by a pointer parameter");
    if (result->kind == TYPE_COMPLEX)
        return split_refuse(fn, fn->loc, "its result is a complex number", "return two reals by pointer parameters");
    if (result->kind == TYPE_POINTER && part->request.wants_result && !members_is_plain(result))
        return split_refuse(fn, fn->loc,
                            "its result is a pointer to something other than numbers, structs and pointers",
                            "return it by a pointer parameter");
    for (int k = 0; k < fn->nparams; k++) {
        const Type *t = fn->params[k].type;
        if (t->kind == TYPE_RECORD ? split_holds_real_pointers(t)
                                   : !type_is_pointer(t) && t->kind != TYPE_REAL && t->kind != TYPE_INT)
            return split_refuse(fn, fn->params[k].loc,
                                "a parameter is a struct with pointers in it, or a complex number",
                                "pass it by a pointer");
        if (type_is_pointer(t) && t->to->kind == TYPE_VOID)
            return split_refuse(fn, fn->params[k].loc, "a parameter points to untyped memory",
                                "pass pointers to numbers and structs");
    }
    return true;
}

bool split_check(const Part *part)
{
    return check_signature(part) && check_block(part->function, part->work, part->work->body);
}
