/*
 * members.c: structs of sizes and pointers that recursive functions hand on, views of a part of a matrix, say. The
 * function's twin (into.c) takes what is in the struct, member by member:
 *
 *     void solve(const view *a)             void solve_apart(size_t a_n, double *a_data)
 *     {                                     {
 *         view left = {n, a->data};             view a = {a_n, a_data};
 *         solve(&left);                  →      view left = {n, a.data};
 *     }                                         solve_apart(left.n, left.data);
 *                                           }
 *
 * and none of these structs is left when they have become values. A struct that is passed by value may always be taken
 * apart; of one that is passed by a pointer nobody may see the difference: it is there, it stays as it is, and its
 * address means nothing.
 */
#include "members.h"

/* ---- which structs ---- */

enum { MAX_DEPTH = 3, MAX_MEMBERS = 12 };

static bool leads_to(const Type *t, const Record *record, int depth)
{
    while (t->kind == TYPE_POINTER || t->kind == TYPE_ARRAY)
        t = t->to;
    for (size_t k = 0; t->kind == TYPE_RECORD && t->record != record && k < t->record->nfields; k++)
        if (depth == 0 || leads_to(t->record->fields[k].type, record, depth - 1))
            return true;
    return t->kind == TYPE_RECORD && t->record == record;
}

bool members_is_plain(const Type *t)
{
    while (t->kind == TYPE_POINTER)
        t = t->to;
    return t->name && (t->kind == TYPE_INT || t->kind == TYPE_REAL || t->kind == TYPE_RECORD);
}

static bool is_function_pointer(const Type *t)
{
    return t->kind == TYPE_POINTER && t->to->kind == TYPE_FUNCTION;
}

static bool has_functions(const Record *record)
{
    for (size_t k = 0; k < record->nfields; k++) {
        const Type *t = record->fields[k].type;
        if (is_function_pointer(t) || (t->kind == TYPE_RECORD && has_functions(t->record)))
            return true;
    }
    return false;
}

/* A function and the memory that it is called with are known where the struct is made (variants.c). */
static bool is_callback(const Type *t, const Record *whole)
{
    return is_function_pointer(t) || (type_is_pointer(t) && t->to->kind == TYPE_VOID && has_functions(whole));
}

/* How many members it has; 0 where it can't be taken apart. */
static int count_members(const Record *record, const Record *whole, int depth)
{
    int count = 0;
    for (size_t k = 0; k < record->nfields; k++) {
        const Field *f = &record->fields[k];
        const bool nested = f->type->kind == TYPE_RECORD;
        const int inside = nested && depth < MAX_DEPTH ? count_members(f->type->record, whole, depth + 1) : 0;
        const bool plain =
            nested ? inside > 0
                   : is_callback(f->type, whole) || (members_is_plain(f->type) && !leads_to(f->type, whole, MAX_DEPTH));
        if (!plain || f->bit_width >= 0 || f->passive || f->type->is_volatile || !f->name || !*f->name)
            return 0;
        count += nested ? inside : 1;
    }
    return record->is_union ? 0 : count;
}

static bool has_real_pointers(const Record *record)
{
    for (size_t k = 0; k < record->nfields; k++) {
        const Type *t = record->fields[k].type;
        if (t->kind == TYPE_POINTER ? type_has_real(t->to) : t->kind == TYPE_RECORD && has_real_pointers(t->record))
            return true;
    }
    return false;
}

static const Record *record_of(const Param *p)
{
    const Type *t = type_is_pointer(p->type) ? p->type->to : p->type;
    const bool fits =
        t->kind == TYPE_RECORD && !t->is_volatile && !p->passive && count_members(t->record, t->record, 0) > 0;
    return fits && count_members(t->record, t->record, 0) <= MAX_MEMBERS &&
                   (has_real_pointers(t->record) || has_functions(t->record))
               ? t->record
               : NULL;
}

/* ---- pointers to structs that may as well lead to a copy ---- */

typedef struct {
    const Record *record;
    Functions seen;
} Search;

static bool is_pointer_to(const Value *v, const Record *record)
{
    return v->type->kind == TYPE_POINTER && v->type->to->kind == TYPE_RECORD && v->type->to->record == record;
}

/* Is it the address of a member, or of something in a member? */
static bool is_inside(const Value *address, const Record *record)
{
    for (const Value *v = address; v->nargs && type_is_pointer(v->args[0]->type) && v->kind != VAL_LOAD; v = v->args[0])
        if (v->kind == VAL_FIELD && is_pointer_to(v->args[0], record))
            return true;
    return false;
}

/* An object of the function's own, which is never one that it has been given the address of. */
static bool is_own(const Value *address)
{
    const Value *base = memory_base((Value *)(uintptr_t)address);
    return base->kind == VAL_LOCAL || base->kind == VAL_PARAM_OBJECT;
}

static bool notices(Search *search, Block *block);

static bool function_notices(Search *search, Function *fn)
{
    if (!into_is_open(fn) || into_has(&search->seen, fn))
        return false;
    vec_push(&search->seen, fn);
    return notices(search, into_lowered(fn));
}

static bool call_notices(Search *search, const Value *call)
{
    bool given = false;
    for (int k = 0; k < call->nargs; k++) {
        if (is_inside(call->args[k], search->record))
            return true;
        given |= is_pointer_to(call->args[k], search->record);
    }
    Function *callee = call->callee;
    return callee && into_is_open(callee) ? function_notices(search, callee) : given;
}

/* A pointer to numbers may lead to a member that is a number of that type. */
static bool has_member(const Record *record, const Type *type)
{
    for (size_t k = 0; k < record->nfields; k++) {
        const Type *t = record->fields[k].type;
        if (type_same(t, type) || (t->kind == TYPE_RECORD && has_member(t->record, type)))
            return true;
    }
    return false;
}

/* Does the statement change such a struct, other than one of its own, let go of its address, or look behind it? */
static bool value_notices(Search *search, const Value *v)
{
    const Record *record = search->record;
    switch (v->kind) {
    case VAL_STORE:
    case VAL_ACCUM:
        if (is_inside(v->args[1], record))
            return true;
        return !is_own(v->args[0]) && (is_inside(v->args[0], record) || is_pointer_to(v->args[1], record) ||
                                       has_member(record, v->args[1]->type));
    case VAL_COPY:
        return is_pointer_to(v->args[0], record) && !is_own(v->args[0]);
    case VAL_CAST:
        return is_pointer_to(v->args[0], record) && !is_pointer_to(v, record);
    case VAL_PTRADD:
        return is_pointer_to(v->args[0], record) && !is_own(v->args[0]);
    case VAL_EQ:
    case VAL_NE:
    case VAL_LT:
    case VAL_LE:
    case VAL_GT:
    case VAL_GE:
    case VAL_PTRDIFF:
        return is_pointer_to(v->args[0], record) && v->args[0]->kind != VAL_INT && v->args[1]->kind != VAL_INT;
    case VAL_CALL:
        return call_notices(search, v);
    default:
        return false;
    }
}

/* Functions whose address is taken may be called by it. */
static bool target_notices(Search *search, const Value *v)
{
    if (v->kind == VAL_FUNCTION)
        return function_notices(search, v->callee);
    for (size_t k = 0; v->kind == VAL_GLOBAL && k < v->global->ntargets; k++)
        if (function_notices(search, v->global->targets[k].function))
            return true;
    return false;
}

static bool notices(Search *search, Block *block)
{
    for (const Value *v = ir_first(block); v; v = ir_next(v, block))
        if (value_notices(search, v))
            return true;
    for (Use use = ir_first_use(block); use.block; use = ir_next_use(use, block))
        if (target_notices(search, *ir_used(&use)))
            return true;
    return false;
}

/* Is a member read whenever the function is called? Then the struct is there. */
static bool is_read_first(const Block *body, const Param *p)
{
    const Value *variable = NULL;
    for (const Value *v = body->first; v; v = v->next) {
        if (v->kind == VAL_CALL || ir_is_region(v))
            return false;
        if (v->kind == VAL_STORE && v->args[1] == p->value)
            variable = v->args[0];
        else if (v->kind == VAL_STORE && v->args[0] == variable)
            return false;
        const Value *field = v->kind == VAL_LOAD && v->args[0]->kind == VAL_FIELD ? v->args[0] : NULL;
        if (variable && field && field->args[0]->kind == VAL_LOAD && field->args[0]->args[0] == variable)
            return true;
    }
    return false;
}

bool members_are_taken(Function *fn, int param)
{
    const Param *p = &fn->params[param];
    Search search = {.record = record_of(p)};
    if (!search.record || fn->result->kind == TYPE_COMPLEX || fn->result->kind == TYPE_POINTER)
        return false;
    return !type_is_pointer(p->type) || (is_read_first(into_lowered(fn), p) && !notices(&search, into_lowered(fn)));
}

bool members_are_noticed(const Function *twin, Function *called)
{
    const Function *fn = twin->twin_of;
    for (int k = 0; fn && twin->takes_members && k < fn->nparams; k++) {
        Search search = {.record = twin->takes_members[k] ? record_of(&fn->params[k]) : NULL};
        if (search.record && type_is_pointer(fn->params[k].type) && function_notices(&search, called))
            return true;
    }
    return false;
}

/* ---- the parameters ---- */

/* Of the text of a function's type, what is before the name, or behind it. */
static const char *around_name(const Type *function, bool before)
{
    const char *place = strstr(function->spelling, "%s");
    return before ? arena_printf("%.*s(*", (int)(place - function->spelling), function->spelling)
                  : arena_printf(")%s", place + 2);
}

const char *members_text_before(const Type *t, bool mutable)
{
    if (is_function_pointer(t))
        return around_name(t->to, true);
    if (t->kind == TYPE_POINTER)
        return arena_printf("%s*", members_text_before(t->to, mutable));
    return arena_printf("%s%s ", t->is_const && !mutable ? "const " : "", t->name);
}

static const char *free_name(const Function *fn, const char *name)
{
    return signature_has(fn, name) ? free_name(fn, arena_printf("%s_", name)) : name;
}

static void add_param(Function *twin, Builder *b, Value *address, const char *name, Loc loc)
{
    Type *type = type_unqualified(address->type->to);
    Value *value =
        signature_add_param(twin, (Param){.name = free_name(twin, name),
                                          .type = type,
                                          .declared = type,
                                          .before = members_text_before(type, false),
                                          .before_mutable = members_text_before(type, true),
                                          .after = is_function_pointer(type) ? around_name(type->to, false) : "",
                                          .loc = loc});
    ir_store(b, address, value);
}

static void add_params(Function *twin, Builder *b, Value *object, const char *name, Loc loc)
{
    const Record *record = object->type->to->record;
    for (size_t k = 0; k < record->nfields; k++) {
        Value *address = ir_field(b, object, (int)k);
        const char *member = arena_printf("%s_%s", name, record->fields[k].name);
        if (record->fields[k].type->kind == TYPE_RECORD)
            add_params(twin, b, address, member, loc);
        else
            add_param(twin, b, address, member, loc);
    }
}

Value *members_add_params(Function *twin, Builder *b, const Param *p)
{
    Type *record = type_is_pointer(p->type) ? p->type->to : p->type;
    Value *object = ir_local(b, type_unqualified(record), 0, NULL, p->name);
    add_params(twin, b, object, p->name, p->loc);
    return ir_cast(b, p->value->type, object);
}

/* ---- the arguments ---- */

int members_add_arguments(Builder *b, Value *object, Value **args)
{
    const Record *record = object->type->to->record;
    int count = 0;
    for (size_t k = 0; k < record->nfields; k++) {
        Value *address = ir_field(b, object, (int)k);
        if (record->fields[k].type->kind == TYPE_RECORD)
            count += members_add_arguments(b, address, args + count);
        else
            args[count++] = ir_load(b, address);
    }
    return count;
}

int members_count(const Param *p)
{
    const Record *record = record_of(p);
    return count_members(record, record, 0);
}
