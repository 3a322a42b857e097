/*
 * sole.c: members of records that hold one function only. An object that the function makes keeps a callback:
 *
 *     struct solver *s = calloc(1, sizeof *s);  s->rhs = rhs;  ...  s->rhs(t, y, dy)
 *
 * Where all that is ever stored to the member is one function, what is loaded from it in such an object is that one: to
 * call what is not stored there has no meaning in C. Calls that are not inlined yet may store others: what was found is
 * held against the function when everything is inlined.
 */
#include "analyses.h"
#include "heap.h"
#include "passes.h"
#include "track.h"

static const Value *without_casts(const Value *pointer)
{
    while (pointer->kind == VAL_CAST && type_is_pointer(pointer->args[0]->type))
        pointer = pointer->args[0];
    return pointer;
}

static bool is_own_object(const void *unused, const Value *leaf)
{
    (void)unused;
    return leaf->kind == VAL_INT || leaf->kind == VAL_LOCAL || heap_is_object(leaf);
}

/* The address is in an object that the function has made, whichever it is. */
static bool is_in_own_object(Function *fn, const Value *address)
{
    while (ir_continues_address(address) || address->kind == VAL_CAST)
        address = address->args[0];
    Track track = {.function = fn, .accepts = is_own_object};
    return track_is_known(&track, address);
}

static bool is_member(const SoleTarget *s, const Value *address)
{
    return address->kind == VAL_FIELD && address->args[0]->type->to->record == s->record && address->i == s->field;
}

static bool is_function_pointer(const Type *t)
{
    return type_is_pointer(t) && t->to->kind == TYPE_FUNCTION;
}

/* What is stored to the member is the target, which the first such store tells. */
static bool agrees(SoleTarget *s, const Value *store)
{
    const Value *x = without_casts(store->args[1]), *address = without_casts(store->args[0]);
    if (x->kind == VAL_INT)
        return true;
    if (!is_member(s, address)) /* another one; who knows what lies beyond other pointers to pointers to functions? */
        return address->kind == VAL_FIELD || !is_function_pointer(store->args[0]->type->to);
    if (!s->target && x->kind == VAL_FUNCTION)
        s->target = x->callee;
    return x->kind == VAL_FUNCTION && s->target == x->callee;
}

static bool stores_agree(SoleTarget *s, const Function *fn)
{
    for (const Value *v = ir_first(fn->body); v; v = ir_next(v, fn->body))
        if (v->kind == VAL_STORE && !agrees(s, v))
            return false;
    return s->target != NULL;
}

/* ---- what else may write the member ---- */

static bool has_record(const Type *t, const Record *record, int depth)
{
    if (t->kind == TYPE_VOID)
        return true;
    if (t->kind == TYPE_POINTER || t->kind == TYPE_ARRAY)
        return depth > 0 && has_record(t->to, record, depth - (t->kind == TYPE_POINTER));
    if (t->kind != TYPE_RECORD)
        return false;
    bool has = t->record == record;
    for (size_t k = 0; k < t->record->nfields && !has && depth > 0; k++)
        has = has_record(t->record->fields[k].type, record, depth - 1);
    return has;
}

/* A call of a function that is not looked into may change what it is led to; a copy of a record brings its members. */
static bool may_write(const SoleTarget *s, const Value *v)
{
    enum { DEPTH = 5 };
    if (v->kind == VAL_COPY)
        return has_record(v->args[0]->type->to, s->record, DEPTH);
    if (v->kind == VAL_STORE) /* who finds it there? */
        return type_is_pointer(v->args[1]->type) && has_record(v->args[1]->type, s->record, 1) &&
               v->args[1]->kind != VAL_INT && memory_base(v->args[0])->kind == VAL_GLOBAL;
    const HeapRole role = heap_role(v);
    if (v->kind != VAL_CALL || role == HEAP_ALLOC || role == HEAP_FREE || role == HEAP_SET)
        return false;
    for (int k = 0; k < v->nargs; k++) {
        const Value *given = without_casts(v->args[k]);
        if (type_is_pointer(given->type) && given->kind != VAL_INT &&
            (is_function_pointer(given->type->to) || has_record(given->type->to, s->record, DEPTH)))
            return true;
    }
    return false;
}

Function *sole_target(Function *fn, const Value *load)
{
    const Value *address = load->args[0];
    if (!fn->sole_targets || address->kind != VAL_FIELD || address->args[0]->type->to->record->is_union)
        return NULL;
    SoleTarget s = {.record = address->args[0]->type->to->record, .field = address->i, .loc = load->loc};
    if (!is_in_own_object(fn, address->args[0]) || !stores_agree(&s, fn))
        return NULL;
    vec_push(fn->sole_targets, s);
    return s.target;
}

bool sole_targets_stay(const Function *fn, const SoleTargets *found)
{
    bool stay = true;
    for (size_t k = 0; k < found->count && stay; k++) {
        SoleTarget *s = &found->at[k];
        stay = stores_agree(s, fn);
        for (const Value *v = ir_first(fn->body); v && stay; v = ir_next(v, fn->body))
            stay = !may_write(s, v);
        if (!stay) {
            diag_error(s->loc, "cannot differentiate a call by pointer: which functions it may lead to is not seen");
            diag_note((Loc){0}, "call '%s' itself, or choose the pointer in the function", s->target->name);
        }
    }
    return stay;
}
