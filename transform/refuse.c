/*
 * refuse.c: what is active and cannot be differentiated is refused.
 */
#include "activity.h"
#include "heap.h"

bool refuse_once(Activity *a, Loc loc)
{
    static const unsigned lines = 1 << 16;
    if (!a->reported)
        a->reported = ARENA_ARRAY(bool, lines);
    if (a->reported[loc.line % lines])
        return false;
    return a->reported[loc.line % lines] = true;
}

/* In this walk over pointers. */
static bool was_visited(Activity *a, const Value *v)
{
    if (!a->visit)
        a->visit = ARENA_ARRAY(unsigned, a->last_id + 1);
    const bool was = a->visit[v->id] == a->walk;
    a->visit[v->id] = a->walk;
    return was;
}

/* ---- memory taken for something else ---- */

static bool is_real_or_unknown(const Type *t)
{
    t = type_scalar((Type *)(uintptr_t)t);
    return t->kind == TYPE_REAL || t->kind == TYPE_VOID;
}

static bool is_character(const Type *t)
{
    return t->kind == TYPE_INT && t->size == 1 && !t->is_bool;
}

/* Memory from the heap has no type of its own: (double *)(arena + used). */
static bool leads_to_heap(const Value *pointer)
{
    const Value *roots[MEMORY_MAX_ROOTS];
    const int n = memory_roots(pointer, roots);
    for (int k = 0; k < n; k++)
        if (!heap_is_object(roots[k]))
            return false;
    return n > 0;
}

/* A cast that takes varied reals for something else, or something else for reals. */
static bool is_reinterpretation(Activity *a, const Value *cast)
{
    const Type *from = type_scalar(cast->args[0]->type->to), *to = type_scalar(cast->type->to);
    if (is_character(from) && type_has_real(to) && leads_to_heap(cast))
        return false;
    return !type_same(from, to) && from->kind != TYPE_VOID && to->kind != TYPE_VOID &&
           (type_has_real(from) || type_has_real(to)) && activity_is_varied_memory(a, cast);
}

/* Does the pointer come from such a cast, also by way of choices and loops? */
static bool comes_reinterpreted(Activity *a, const Value *v)
{
    for (; v->nargs && v->kind != VAL_LOCAL && v->kind != VAL_LOAD && type_is_pointer(v->args[0]->type); v = v->args[0])
        if (v->kind == VAL_CAST && is_reinterpretation(a, v))
            return true;
    if (was_visited(a, v))
        return false;
    if (v->kind == VAL_SELECT)
        return comes_reinterpreted(a, v->args[1]) || comes_reinterpreted(a, v->args[2]);
    if (v->kind != VAL_RESULT && v->kind != VAL_CARRIED)
        return false;
    const Value *region = v->region;
    const Value *other = region->kind == VAL_IF ? region->blocks[0]->yields[v->i] : region->args[v->i];
    return comes_reinterpreted(a, region->blocks[1]->yields[v->i]) || comes_reinterpreted(a, other);
}

/* By class: is there a pointer that takes what is there for real numbers? */
static void find_reals(Activity *a)
{
    a->reals = class_none(a);
    const Block *body = a->function->body;
    for (const Value *v = ir_first(body); v; v = ir_next(v, body))
        if (type_is_pointer(v->type) && type_is_real(type_scalar(v->type->to)))
            a->reals[class_root(a, class_of(a, v))] = true;
    for (int k = 0; k < a->function->nparams; k++) {
        const Value *v = a->function->params[k].value;
        if (type_is_pointer(v->type) && type_is_real(type_scalar(v->type->to)))
            a->reals[class_root(a, class_of(a, v))] = true;
    }
}

static bool holds_varied_reals(const Activity *a, int c)
{
    const Class *class = class_at(a, c);
    bool holds = a->reals[class_root(a, c)] && class_is_varied(a, c);
    for (int k = 0; k < class->nfields && !holds; k++)
        holds = class->fields[k] && holds_varied_reals(a, class->fields[k]);
    return holds;
}

/* Characters may be anything's bytes, by whatever way a pointer came there. What is declared as characters holds
 * numbers only where something else is refused. */
static bool accesses_varied_bytes(Activity *a, const Value *access)
{
    const Value *address = access->args[0], *base = memory_base((Value *)(uintptr_t)address);
    const bool is_declared = base->kind == VAL_LOCAL && is_character(type_scalar(base->type->to));
    if (!is_character(address->type->to) || is_declared)
        return false;
    if (!a->reals)
        find_reals(a);
    return holds_varied_reals(a, class_of(a, address));
}

static void refuse_reinterpretation(Activity *a, const Value *access)
{
    a->walk++;
    if (!(comes_reinterpreted(a, access->args[0]) || accesses_varied_bytes(a, access)) || !refuse_once(a, access->loc))
        return;
    diag_error(access->loc, "cannot differentiate through a pointer cast that reads memory as another type");
    diag_note((Loc){0}, "copy the values one by one, or mark what holds them ADGEN_PASSIVE");
}

static void refuse_union(Activity *a, const Value *v)
{
    const Type *record = v->args[0]->type->to;
    if (!record->record->is_union || !type_has_real(record) || !activity_is_varied_memory(a, v) ||
        !refuse_once(a, v->loc))
        return;
    diag_error(v->loc, "cannot differentiate through the union '%s'", record->record->tag);
    diag_note((Loc){0}, "keep the value in a variable of its own, or mark the variable ADGEN_PASSIVE");
}

/* A pointer that comes from an integer: nobody knows what it leads to. */
static void refuse_pointer_from_integer(Activity *a, const Value *v)
{
    if (!type_is_pointer(v->type) || !type_is_int(v->args[0]->type) || !is_real_or_unknown(v->type->to) ||
        v->args[0]->kind == VAL_INT || !refuse_once(a, v->loc))
        return;
    diag_error(v->loc, "cannot follow a pointer that is cast from an integer");
    diag_note((Loc){0}, "compute with the pointer itself");
}

/* ---- memory without a shadow ---- */

static void refuse_escape(Activity *a, const Value *v)
{
    const Value *base = memory_base(v->args[0]);
    if (!type_is_pointer(v->args[1]->type) || base->kind != VAL_GLOBAL || base->global->passive ||
        !activity_is_active_memory(a, v->args[1]) || !refuse_once(a, v->loc))
        return;
    diag_error(v->loc, "a pointer to what is differentiated is kept in '%s', which outlives the call",
               base->global->name);
    diag_note(base->global->loc, "pass the pointer as a parameter, or mark the variable ADGEN_PASSIVE");
}

/* May what is written there be memory without a shadow, which is not declared passive either? */
static bool may_lack_shadow(Activity *a, const Value *address)
{
    const Value *roots[MEMORY_MAX_ROOTS];
    const int n = memory_roots(address, roots);
    for (int k = 0; k < n; k++)
        if (roots[k]->kind == VAL_LOAD ? class_at(a, class_of(a, roots[k]))->lacks
                                       : activity_lacks_shadow(a, roots[k]) && !activity_is_passive_memory(a, roots[k]))
            return true;
    return n < 0 && class_at(a, class_of(a, address))->lacks;
}

/* The parameter without an adjoint that memory at the address may be reached from; NULL where there is none. */
static const Param *lost_owner(Activity *a, const Value *address)
{
    const Value *base = memory_base((Value *)(uintptr_t)address);
    if (was_visited(a, base))
        return NULL;
    const Param *owner = NULL;
    if (base->kind == VAL_PARAM && !a->has_bar[base->i] && !a->function->params[base->i].passive)
        return &a->function->params[base->i];
    if (base->kind == VAL_LOAD)
        return lost_owner(a, base->args[0]);
    if (base->kind == VAL_SELECT)
        owner = lost_owner(a, base->args[1]);
    if (base->kind == VAL_SELECT && !owner)
        return lost_owner(a, base->args[2]);
    if (base->kind != VAL_CARRIED && base->kind != VAL_RESULT)
        return owner;
    const Value *region = base->region;
    const bool is_loop = region->kind == VAL_LOOP;
    owner = lost_owner(a, is_loop ? region->args[base->i] : region->blocks[0]->yields[base->i]);
    return owner ? owner : lost_owner(a, region->blocks[1]->yields[base->i]);
}

/* Work space in a struct, say: what is written there and read again needs an adjoint there. */
static void refuse_lost(Activity *a, const Value *store)
{
    const Value *x = store->args[1];
    const bool active = type_is_pointer(x->type) ? activity_points_to_active(a, x)
                                                 : a->varied[x->id] && class_is_active(a, class_of(a, store->args[0]));
    if (!active)
        return;
    a->walk++;
    const Param *owner = lost_owner(a, store->args[0]);
    if ((!owner && !may_lack_shadow(a, store->args[0])) || !refuse_once(a, store->loc))
        return;
    if (owner) {
        diag_error(store->loc,
                   "what is written here carries a derivative, and '%s', where it goes, is not differentiated",
                   owner->name);
        diag_note(owner->loc, "name it in the request, or mark it ADGEN_PASSIVE");
    } else {
        diag_error(store->loc, "what is written here carries a derivative and may go to memory that has no adjoint");
        diag_note((Loc){0}, "name the parameter that leads there in the request, or mark it ADGEN_PASSIVE");
    }
}

/* ---- */

/* Complex numbers have no adjoints: none that derivatives pass through may lead to a result, or to memory of others. */
static void refuse_complex(Activity *a, const Value *v)
{
    bool leads_on = v->type->kind == TYPE_COMPLEX && a->varied[v->id] && a->useful[v->id];
    if (ir_writes_value(v) && v->args[0]->type->to->kind == TYPE_COMPLEX) {
        const Value *base = memory_base(v->args[0]);
        leads_on |= a->varied[v->args[1]->id] && base->kind != VAL_LOCAL && !heap_is_object(base);
    }
    if (!leads_on || !refuse_once(a, v->loc))
        return;
    diag_error(v->loc, "cannot differentiate complex arithmetic");
    diag_note((Loc){0}, "compute with real and imaginary parts as two reals");
}

static void refuse_block(Activity *a, const Block *block)
{
    for (const Value *v = ir_first(block); v; v = ir_next(v, block)) {
        if (ir_writes_value(v) && !a->function->in_two_parts)
            refuse_lost(a, v);
        if (v->kind == VAL_CALL || (v->kind == VAL_PURE_CALL))
            refuse_call(a, v);
        if (v->kind == VAL_CALL)
            refuse_coming_back(a, v);
        if (v->kind == VAL_LOAD || v->kind == VAL_STORE || v->kind == VAL_ACCUM)
            refuse_reinterpretation(a, v);
        if (v->kind == VAL_FIELD)
            refuse_union(a, v);
        if (v->kind == VAL_CAST)
            refuse_pointer_from_integer(a, v);
        if (v->kind == VAL_STORE)
            refuse_escape(a, v);
        refuse_complex(a, v);
    }
}

void refuse_active(Activity *a)
{
    refuse_find_given_away(a, a->function->body);
    refuse_find_lasting(a);
    refuse_block(a, a->function->body);
}
