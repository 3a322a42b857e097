/*
 * restrict.c: parameters that the contract keeps apart from all others say so. Where `f` writes through a pointer
 * parameter, nothing else may overlap what it leads to (interface.md, 3): `restrict` tells the compiler that reads the
 * derivative, which then keeps what other pointers lead to in registers across the writes.
 *
 *     void f_vjp(int n, const double *x, double *y, ...)   →   void f_vjp(int n, const double *x, double *restrict y,
 * ...)
 *
 * Only numbers in memory: what is reached by pointers in there may be reached in several ways.
 */
#include "passes.h"
#include "words.h"

static bool has_pointers(const Type *type)
{
    while (type->kind == TYPE_ARRAY)
        type = type->to;
    if (type->is_volatile)
        return true;
    if (type->kind != TYPE_RECORD)
        return !type_is_real(type) && !type_is_int(type) && type->kind != TYPE_COMPLEX;
    for (size_t k = 0; k < type->record->nfields; k++)
        if (has_pointers(type->record->fields[k].type))
            return true;
    return false;
}

typedef struct {
    const Value *param;
    bool written; /* ... through the parameter */
    bool apart;   /* everything else is other memory */
} Reach;

static void note_access(Reach *r, const Value *address, bool writes)
{
    if (memory_may_come_from(address, r->param))
        r->written |= writes;
    else
        r->apart &= !memory_may_alias_ever(address, r->param);
}

static void note_accesses(Reach *r, const Block *block)
{
    for (const Value *v = block->first; v && r->apart; v = v->next) {
        if (v->kind == VAL_LOAD)
            note_access(r, v->args[0], false);
        else if (ir_writes_value(v))
            note_access(r, v->args[0], true);
        else if (v->kind == VAL_COPY) {
            note_access(r, v->args[0], true);
            note_access(r, v->args[1], false);
        } else if (v->kind == VAL_CALL) {
            r->apart = false; /* whatever it reaches */
        }
        for (int k = 0; k < 2; k++)
            if (v->blocks[k])
                note_accesses(r, v->blocks[k]);
    }
}

static bool can_be_restrict(const Function *fn, const Param *p)
{
    if (!type_is_pointer(p->type) || has_pointers(p->type->to) || has_word(p->before, "restrict") ||
        has_word(p->after, "restrict"))
        return false;
    Reach r = {.param = p->value, .apart = true};
    note_accesses(&r, fn->body);
    return r.written && r.apart;
}

void restrict_params(Function *fn)
{
    const size_t size = sizeof(Param) * (size_t)fn->nparams;
    fn->params = arena_grow(fn->params, size, size); /* the primal keeps its own */
    memory_mark_private(fn);
    for (int k = 0; k < fn->nparams; k++)
        if (can_be_restrict(fn, &fn->params[k]))
            signature_restrict(&fn->params[k]);
}
