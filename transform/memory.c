/*
 * memory.c: which addresses may be the same. An address is a base (a local object, a parameter, a global, a pointer
 * that was loaded or chosen) and a path of fields and indices from it. Distinct local objects are distinct memory; so
 * are, by contract, what different pointer parameters and different pointer members lead to; so are scalars of
 * different kinds.
 */
#include "heap.h"
#include "passes.h"
#include "path.h"
#include "span.h"

/* --may-alias: what pointer parameters lead to may overlap. */
static bool params_may_alias;

void memory_let_params_alias(bool on)
{
    params_may_alias = on;
}

bool memory_params_may_alias(void)
{
    return params_may_alias;
}

enum { MAX_ROOTS = MEMORY_MAX_ROOTS };

Value *memory_base(Value *address)
{
    for (;;) {
        switch (address->kind) {
        case VAL_PTRADD:
        case VAL_FIELD:
        case VAL_DECAY:
            address = address->args[0];
            break;
        case VAL_CAST:
            if (!type_is_pointer(address->args[0]->type))
                return address;
            address = address->args[0];
            break;
        default:
            return address;
        }
    }
}

/* ---- bases ---- */

typedef struct {
    const Value *at[MAX_ROOTS];
    int count;
    bool complete;
} Roots;

/* The bases that a pointer may come from, through choices and loops. */
static void find_roots(Roots *roots, const Value *address)
{
    const Value *base = memory_base((Value *)(uintptr_t)address);
    for (int k = 0; k < roots->count; k++)
        if (roots->at[k] == base)
            return;
    if (roots->count == MAX_ROOTS) {
        roots->complete = false;
        return;
    }
    roots->at[roots->count++] = base;
    if (base->kind == VAL_SELECT) {
        find_roots(roots, base->args[1]);
        find_roots(roots, base->args[2]);
    } else if (base->kind == VAL_CARRIED || (base->kind == VAL_RESULT && base->region->kind == VAL_LOOP)) {
        find_roots(roots, base->region->args[base->i]);
        find_roots(roots, base->region->blocks[1]->yields[base->i]);
    } else if (base->kind == VAL_RESULT) {
        find_roots(roots, base->region->blocks[0]->yields[base->i]);
        find_roots(roots, base->region->blocks[1]->yields[base->i]);
    }
}

/* ... however many they are. */
typedef VEC(const Value *) Bases;

static bool comes_from(Bases *seen, const Value *address, const Value *base)
{
    const Value *from = memory_base((Value *)(uintptr_t)address);
    if (from == base)
        return true;
    for (size_t k = 0; k < seen->count; k++)
        if (seen->at[k] == from)
            return false;
    vec_push(seen, from);
    if (from->kind == VAL_SELECT)
        return comes_from(seen, from->args[1], base) || comes_from(seen, from->args[2], base);
    if (from->kind != VAL_CARRIED && from->kind != VAL_RESULT)
        return false;
    const Value *region = from->region;
    const Value *first = region->kind == VAL_LOOP ? region->args[from->i] : region->blocks[0]->yields[from->i];
    return comes_from(seen, first, base) || comes_from(seen, region->blocks[1]->yields[from->i], base);
}

bool memory_may_come_from(const Value *address, const Value *base)
{
    Bases seen = {0};
    return comes_from(&seen, address, base);
}

bool memory_is_choice(const Value *base)
{
    return base->kind == VAL_SELECT || base->kind == VAL_CARRIED || base->kind == VAL_RESULT;
}

bool memory_is_object(const Value *base)
{
    return base->kind == VAL_LOCAL || base->kind == VAL_ALLOC || base->kind == VAL_PARAM_OBJECT || heap_is_object(base);
}

const Value *memory_owner(const Value *base)
{
    while (base->kind == VAL_LOAD)
        base = memory_base(base->args[0]);
    return base;
}

/* The member that a loaded pointer was read from, or -1. */
static int64_t member_of(const Value *load, const Record **record)
{
    const Value *address = load->args[0];
    while (address->kind == VAL_PTRADD || address->kind == VAL_DECAY)
        address = address->args[0];
    if (address->kind != VAL_FIELD)
        return -1;
    *record = address->args[0]->type->to->record;
    return address->i;
}

/* Was the pointer in the caller's memory from the start, where different members lead to different memory? */
static bool is_callers(const Value *load)
{
    Roots seen = {.complete = true};
    find_roots(&seen, load);
    for (int k = 0; k < seen.count; k++) {
        const Value *v = seen.at[k];
        if (v->kind == VAL_LOAD)
            find_roots(&seen, v->args[0]);
        else if (!memory_is_choice(v) && v->kind != VAL_PARAM && v->kind != VAL_PARAM_OBJECT && v->kind != VAL_GLOBAL &&
                 v->kind != VAL_INT)
            return false;
    }
    return seen.complete && load->block && load->block->function->pointers_stay; /* not where it has been replaced */
}

static bool different_members(const Value *a, const Value *b)
{
    const Record *record_a = NULL, *record_b = NULL;
    const int64_t member_a = member_of(a, &record_a), member_b = member_of(b, &record_b);
    return member_a >= 0 && member_b >= 0 && record_a == record_b && member_a != member_b && is_callers(a) &&
           is_callers(b);
}

/* Nobody writes it. */
static bool is_constant(const Value *base)
{
    return (base->kind == VAL_GLOBAL && base->global->is_const_data) || base->kind == VAL_STRING;
}

/* The caller's derivative storage, shadows, and what is reached through them overlap nothing else. What was kept may be
 * a pointer to either. */
typedef enum { SIDE_PRIMAL, SIDE_ADJOINT, SIDE_EITHER } Side;

static Side side_of(const Value *base)
{
    const Value *owner = memory_owner(base);
    if (owner->kind == VAL_POP || owner->is_kept)
        return SIDE_EITHER;
    const bool adjoint =
        (owner->kind == VAL_PARAM || owner->kind == VAL_PARAM_OBJECT || owner->kind == VAL_CALL) && owner->adjoint;
    return adjoint || owner->is_shadow ? SIDE_ADJOINT : SIDE_PRIMAL;
}

static bool sides_differ(const Value *a, const Value *b)
{
    const Side x = side_of(a), y = side_of(b);
    return x != y && x != SIDE_EITHER && y != SIDE_EITHER;
}

/* A pointer that was read from memory of the function's own. */
static bool comes_from_memory(const Value *base)
{
    const ValueKind owner = memory_owner(base)->kind;
    return base->kind == VAL_POP || (base->kind == VAL_CALL && !heap_is_object(base)) ||
           (base->kind == VAL_LOAD && (owner == VAL_LOCAL || owner == VAL_ALLOC || owner == VAL_POP));
}

static bool bases_may_alias(const Value *a, const Value *b)
{
    if (a == b)
        return true;
    if (memory_is_choice(a) || memory_is_choice(b))
        return false; /* its own roots are compared */
    if (memory_is_object(a) && memory_is_object(b))
        return false;
    if (a->kind == VAL_GLOBAL && b->kind == VAL_GLOBAL)
        return a->global == b->global;
    if (memory_is_object(b)) {
        const Value *swap = a;
        a = b;
        b = swap;
    }
    if (heap_is_object(a)) /* a shadow's address is kept in shadows only */
        return !a->is_private && (b->kind == VAL_LOAD || b->kind == VAL_CALL || b->kind == VAL_POP) &&
               (a->adjoint || side_of(b) != SIDE_ADJOINT);
    if (memory_is_object(a)) /* a private object's address is in no other pointer; nobody outside knows a local one */
        return !a->is_private && comes_from_memory(b);
    if (a->kind == VAL_PARAM && b->kind == VAL_PARAM)
        return a->i == b->i || (params_may_alias && a->adjoint == b->adjoint);
    if (is_constant(a) || is_constant(b) || sides_differ(a, b))
        return false;
    if (a->kind == VAL_LOAD && b->kind == VAL_LOAD && different_members(a, b))
        return false;
    const Value *owner_a = memory_owner(a), *owner_b = memory_owner(b);
    const bool from_params = (owner_a->kind == VAL_PARAM || owner_a->kind == VAL_PARAM_OBJECT) &&
                             (owner_b->kind == VAL_PARAM || owner_b->kind == VAL_PARAM_OBJECT);
    const Value *load = a->block ? a : b;
    const bool stay = load->block && load->block->function->pointers_stay;
    return !from_params || !stay || params_may_alias || owner_a->i == owner_b->i;
}

int memory_roots(const Value *pointer, const Value *found[MEMORY_MAX_ROOTS])
{
    Roots roots = {.complete = true};
    find_roots(&roots, pointer);
    int n = 0;
    for (int k = 0; k < roots.count; k++)
        if (!memory_is_choice(roots.at[k]))
            found[n++] = roots.at[k];
    return roots.complete ? n : -1;
}

bool memory_is_made_in(const Value *address, const Block *block)
{
    Roots roots = {.complete = true};
    find_roots(&roots, address);
    for (int k = 0; k < roots.count; k++) {
        const Value *base = roots.at[k];
        if (!memory_is_choice(base) && !(memory_is_object(base) && base->block && ir_block_inside(base->block, block)))
            return false;
    }
    return roots.complete;
}

/* ---- pointers that change places ---- */

enum { MAX_TURNS = 4 };

static bool is_in(const Value *const *list, int n, const Value *v)
{
    for (int k = 0; k < n; k++)
        if (list[k] == v)
            return true;
    return false;
}

bool memory_take_turns(const Value *a, const Value *b)
{
    if (a->kind != VAL_CARRIED || b->kind != VAL_CARRIED || a->region != b->region || a == b)
        return false;
    const Value *turns[MAX_TURNS] = {a, b}, *nexts[MAX_TURNS];
    int n = 2;
    for (int k = 0; k < n; k++) {
        const Value *next = a->region->blocks[1]->yields[turns[k]->i];
        if (next->kind != VAL_CARRIED || next->region != a->region || is_in(nexts, k, next))
            return false;
        nexts[k] = next;
        if (is_in(turns, n, next))
            continue;
        if (n == MAX_TURNS)
            return false;
        turns[n++] = next;
    }
    for (int k = 0; k < n; k++)
        for (int j = 0; j < k; j++) {
            const Value *x = memory_base(a->region->args[turns[k]->i]), *y = memory_base(a->region->args[turns[j]->i]);
            if (memory_is_choice(x) || memory_is_choice(y) || bases_may_alias(x, y))
                return false;
        }
    return true;
}

/* ---- addresses ---- */

/* Members of a union share their bytes, whatever their types. */
static bool is_in_union(const Value *address)
{
    for (; ir_continues_address(address); address = address->args[0])
        if (address->kind == VAL_FIELD && address->args[0]->type->to->record->is_union)
            return true;
    return false;
}

static bool kinds_differ(const Value *a, const Value *b)
{
    if (is_in_union(a) || is_in_union(b))
        return false;
    const Type *s = type_scalar(a->type->to), *t = type_scalar(b->type->to);
    const bool scalars = (s->kind == TYPE_REAL || s->kind == TYPE_INT || s->kind == TYPE_POINTER) &&
                         (t->kind == TYPE_REAL || t->kind == TYPE_INT || t->kind == TYPE_POINTER);
    if (!scalars || s->size == 1 || t->size == 1) /* characters may be anything's bytes */
        return false;
    return s->kind != t->kind || (s->kind == TYPE_REAL && s->rank != t->rank);
}

/* A pointer that is loaded, chosen or carried in a loop is another one in another iteration. */
static bool is_made_again(const Value *base)
{
    const Block *scope = memory_is_object(base) ? NULL : ir_scope(base);
    return scope && scope->owner;
}

static bool may_alias(const Value *a, const Value *b, bool same_iteration)
{
    if (kinds_differ(a, b))
        return false;
    const Value *base_a = memory_base((Value *)(uintptr_t)a), *base_b = memory_base((Value *)(uintptr_t)b);
    if (base_a == base_b ||
        (base_a->kind == VAL_GLOBAL && base_b->kind == VAL_GLOBAL && base_a->global == base_b->global)) {
        Path path_a, path_b;
        if (!same_iteration && is_made_again(base_a))
            return true;
        return !path_find(&path_a, a, base_a) || !path_find(&path_b, b, base_b) ||
               !(path_differs(&path_a, &path_b, same_iteration) || spans_differ(&path_a, &path_b, same_iteration));
    }
    if (!memory_is_choice(base_a) && !memory_is_choice(base_b))
        return bases_may_alias(base_a, base_b);
    Roots roots_a = {.complete = true}, roots_b = {.complete = true};
    find_roots(&roots_a, a);
    find_roots(&roots_b, b);
    if (!roots_a.complete || !roots_b.complete)
        return true;
    for (int i = 0; i < roots_a.count; i++)
        for (int j = 0; j < roots_b.count; j++)
            if (bases_may_alias(roots_a.at[i], roots_b.at[j]))
                return true;
    return false;
}

bool memory_may_alias(const Value *address_a, const Value *address_b)
{
    return may_alias(address_a, address_b, true);
}

bool memory_may_alias_ever(const Value *address_a, const Value *address_b)
{
    return may_alias(address_a, address_b, false);
}

bool memory_may_alias_within(const Value *address_a, const Value *address_b, const Value *loop)
{
    if (!memory_may_alias_ever(address_a, address_b))
        return false;
    const Value *base = memory_base((Value *)(uintptr_t)address_a);
    Path path_a, path_b;
    return memory_base((Value *)(uintptr_t)address_b) != base || !ir_visible(base, loop->block) ||
           !path_find(&path_a, address_a, base) || !path_find(&path_b, address_b, base) ||
           !(path_differs_within(&path_a, &path_b, loop) || spans_differ_within(&path_a, &path_b, loop));
}

bool memory_same_address(const Value *a, const Value *b)
{
    if (a == b)
        return true;
    if (a->kind != b->kind || a->nargs != b->nargs || a->i != b->i)
        return false;
    if (a->kind != VAL_PTRADD && a->kind != VAL_DECAY && a->kind != VAL_FIELD)
        return false;
    if (!type_same(a->type, b->type))
        return false;
    for (int k = 1; k < a->nargs; k++)
        if (a->args[k] != b->args[k])
            return false;
    return memory_same_address(a->args[0], b->args[0]);
}

/* ---- private objects ---- */

/* Memory that is made here. */
static bool comes_from_own(const Value *address)
{
    Roots roots = {.complete = true};
    find_roots(&roots, address);
    for (int k = 0; k < roots.count; k++)
        if (!memory_is_choice(roots.at[k]) && roots.at[k]->kind != VAL_LOCAL && roots.at[k]->kind != VAL_ALLOC &&
            !heap_is_object(roots.at[k]))
            return false;
    return roots.complete;
}

static void expose(const Value *v)
{
    if (!type_is_pointer(v->type))
        return;
    Roots roots = {.complete = true};
    find_roots(&roots, v);
    for (int k = 0; k < roots.count; k++)
        ((Value *)(uintptr_t)roots.at[k])->is_private = false;
}

static void mark_choice(Value *v)
{
    if (type_is_pointer(v->type))
        memory_base(v)->is_chosen = true;
}

/* v, which lets addresses escape, puts a pointer where a pointer of the caller's may have been. */
static bool moves_pointer(const Value *v)
{
    if (v->kind == VAL_CALL && v->callee && (v->callee->moves_pointers || v->callee->is_part))
        return v->callee->is_part ? v->callee->primal->moves_pointers : true;
    return (v->kind == VAL_STORE || v->kind == VAL_COPY) && !comes_from_own(v->args[0]);
}

/* Addresses in the arguments of v go where they are no longer followed. */
static bool lets_escape(const Value *v)
{
    switch (v->kind) {
    case VAL_STORE:
    case VAL_PUSH:
        return type_is_pointer(v->args[1]->type);
    case VAL_COPY:
        return true;
    case VAL_CALL:
        return !heap_role(v) && !(v->callee && v->callee->effect == EFFECT_PASSIVE_IO);
    case VAL_CAST:
        return !type_is_pointer(v->type);
    default:
        return false;
    }
}

typedef VEC(const Value *) Escapes;

/* Marks what can be seen where it stands, in one walk, and collects what lets addresses escape. What a select, a
   branch or a loop hands on is chosen. */
static void mark_block(const Block *block, Escapes *escapes)
{
    for (Value *v = block->first; v; v = v->next) {
        v->is_chosen = false;
        v->is_private = v->kind == VAL_LOCAL || v->kind == VAL_ALLOC || heap_is_object(v);
        if (lets_escape(v))
            vec_push(escapes, v);
        for (int k = 0; (v->kind == VAL_SELECT || v->kind == VAL_LOOP) && k < v->nargs; k++)
            mark_choice(v->args[k]);
        for (int k = 0; k < 2; k++)
            if (v->blocks[k])
                mark_block(v->blocks[k], escapes);
    }
    for (int k = 0; k < block->nyields; k++)
        mark_choice(block->yields[k]);
}

static void expose_arguments(const Value *v)
{
    const int first = v->kind == VAL_STORE || v->kind == VAL_PUSH ? 1 : 0;
    for (int k = first; k < v->nargs; k++)
        expose(v->args[k]);
}

void memory_mark_private(Function *fn)
{
    fn->pointers_stay = true;
    for (int k = 0; k < fn->nparams; k++)
        if (fn->params[k].value && fn->params[k].value->kind == VAL_PARAM_OBJECT)
            fn->params[k].value->is_private = true;
    Escapes escapes = {0};
    mark_block(fn->body, &escapes);
    for (size_t k = 0; k < escapes.count; k++)
        expose_arguments(escapes.at[k]);
    for (size_t k = 0; k < escapes.count && fn->pointers_stay; k++)
        fn->pointers_stay = !moves_pointer(escapes.at[k]);
}
