/*
 * activity_class.c: classes of memory, each what one pointer may point to (Steensgaard's points-to analysis, POPL
 * 1996), with a class a field.
 */
#include "activity.h"
#include "heap.h"

int class_new(Activity *a)
{
    const int index = (int)a->classes.count;
    vec_push(&a->classes, (Class){.parent = index});
    return index;
}

int class_root(const Activity *a, int c)
{
    while (a->classes.at[c].parent != c)
        c = a->classes.at[c].parent = a->classes.at[a->classes.at[c].parent].parent;
    return c;
}

Class *class_at(const Activity *a, int c)
{
    return &a->classes.at[class_root(a, c)];
}

int class_unify(Activity *a, int x, int y)
{
    if (!x || !y)
        return x ? x : y;
    x = class_root(a, x);
    y = class_root(a, y);
    if (x == y)
        return x;
    const Class gone = a->classes.at[y];
    a->classes.at[y].parent = x;
    Class *kept = &a->classes.at[x];
    kept->shadowless |= gone.shadowless || (kept->is_met && gone.is_met && kept->passive != gone.passive);
    kept->passive = kept->is_met && gone.is_met ? kept->passive && gone.passive : kept->passive || gone.passive;
    kept->lacks |= gone.lacks;
    kept->is_met |= gone.is_met;
    kept->foreign |= gone.foreign;
    kept->allocated |= gone.allocated;
    kept->given_back |= gone.given_back;
    if (kept->nfields < gone.nfields) {
        kept->fields =
            arena_grow(kept->fields, sizeof(int) * (size_t)kept->nfields, sizeof(int) * (size_t)gone.nfields);
        kept->nfields = gone.nfields;
    }
    for (int k = 0; k < gone.nfields; k++) {
        const int field = class_unify(a, class_at(a, x)->fields[k], gone.fields[k]);
        class_at(a, x)->fields[k] = field;
    }
    const int pointee = class_unify(a, class_at(a, x)->pointee, gone.pointee);
    class_at(a, x)->pointee = pointee;
    return class_root(a, x);
}

int class_pointee(Activity *a, int c)
{
    if (!class_at(a, c)->pointee) {
        const int fresh = class_new(a);
        const Class *of = class_at(a, c);
        a->classes.at[fresh].shadowless = of->shadowless;
        a->classes.at[fresh].lacks = of->lacks;
        a->classes.at[fresh].is_met = a->classes.at[fresh].foreign = of->foreign;
        class_at(a, c)->pointee = fresh;
    }
    return class_at(a, c)->pointee;
}

int class_of_member(Activity *a, int c, int field, int nfields, bool passive)
{
    Class *of = class_at(a, c);
    if (of->nfields < nfields) {
        of->fields = arena_grow(of->fields, sizeof(int) * (size_t)of->nfields, sizeof(int) * (size_t)nfields);
        of->nfields = nfields;
    }
    if (!of->fields[field]) {
        const int fresh = class_new(a);
        of = class_at(a, c);
        of->fields[field] = fresh;
        a->classes.at[fresh].shadowless = of->shadowless;
        a->classes.at[fresh].lacks = of->lacks;
        a->classes.at[fresh].is_met = of->is_met;
        a->classes.at[fresh].foreign = of->foreign;
        a->classes.at[fresh].passive = passive || of->passive;
    }
    return class_at(a, c)->fields[field];
}

static int field_of(Activity *a, int c, const Record *record, int64_t field)
{
    if (record->is_union) /* members share their memory */
        return c;
    return class_of_member(a, c, (int)field, (int)record->nfields, record->fields[field].passive);
}

static bool is_param(const Value *base)
{
    return (base->kind == VAL_PARAM || base->kind == VAL_PARAM_OBJECT) && base->i != RESULT_OBJECT;
}

bool activity_lacks_shadow(const Activity *a, const Value *base)
{
    if (is_param(base))
        return !a->has_bar[base->i];
    return base->kind != VAL_LOCAL && base->kind != VAL_ALLOC && base->kind != VAL_INT && base->kind != VAL_GLOBAL &&
           base->kind != VAL_PARAM_OBJECT && !heap_is_object(base) && !split_takes(base);
}

bool activity_is_passive_memory(const Activity *a, const Value *base)
{
    if (is_param(base))
        return a->function->params[base->i].passive;
    return base->kind == VAL_LOCAL ? base->passive : base->callee && base->callee->passive;
}

static int class_of_choice(Activity *a, const Value *x, const Value *y)
{
    return class_unify(a, class_of(a, x), class_of(a, y));
}

static int class_of_global(Activity *a, const Global *global)
{
    for (size_t k = 0; k < a->globals.count; k++)
        if (a->globals.at[k].global == global)
            return a->globals.at[k].class;
    const int fresh = class_new(a);
    a->classes.at[fresh].shadowless = global->is_const_data || global->passive;
    a->classes.at[fresh].passive = global->passive;
    a->classes.at[fresh].is_met = a->classes.at[fresh].foreign = true;
    vec_push(&a->globals, (GlobalClass){global, fresh});
    return fresh;
}

static int find_class(Activity *a, const Value *p)
{
    switch (p->kind) {
    case VAL_PTRADD:
    case VAL_DECAY:
        return class_of(a, p->args[0]);
    case VAL_FIELD:
        return field_of(a, class_of(a, p->args[0]), p->args[0]->type->to->record, p->i);
    case VAL_LOAD:
        return class_pointee(a, class_of(a, p->args[0]));
    case VAL_SELECT:
        return class_of_choice(a, p->args[1], p->args[2]);
    case VAL_CARRIED:
        return class_of(a, p->region->args[p->i]);
    case VAL_RESULT:
        if (p->region->kind == VAL_LOOP)
            return class_of(a, p->region->carried[p->i]);
        return class_of_choice(a, p->region->blocks[0]->yields[p->i], p->region->blocks[1]->yields[p->i]);
    default:
        break;
    }
    if (p->kind == VAL_CAST && type_is_pointer(p->args[0]->type))
        return class_of(a, p->args[0]);
    if (p->kind == VAL_GLOBAL)
        return class_of_global(a, p->global);
    const int fresh = class_new(a);
    if (split_takes(p) || (a->is_shape && is_param(p))) /* activity_shape.c knows */
        return fresh;
    Class *c = &a->classes.at[fresh];
    const bool is_own = p->kind == VAL_LOCAL || p->kind == VAL_ALLOC || p->kind == VAL_INT || heap_is_object(p);
    c->passive = p->kind == VAL_LOCAL && p->passive;
    c->shadowless = c->passive || activity_lacks_shadow(a, p);
    c->lacks = c->shadowless && !activity_is_passive_memory(a, p) && !p->type->to->is_const;
    c->is_met = p->kind != VAL_INT;
    c->foreign = !is_own;
    return fresh;
}

int class_of(Activity *a, const Value *pointer)
{
    if (pointer->kind == VAL_INT && !a->classified) /* null leads nowhere: two of them have nothing in common */
        return find_class(a, pointer);
    const unsigned id = a->first_id + pointer->id;
    if (!a->class_of[id]) {
        const int found = find_class(a, pointer);
        a->class_of[id] = found;
    }
    return a->class_of[id];
}

bool *class_none(const Activity *a)
{
    return ARENA_ARRAY(bool, a->classes.count + 1);
}

bool class_is_active(const Activity *a, int c)
{
    const Class *at = class_at(a, c);
    return at->varied && at->useful && !at->passive;
}

bool class_is_varied(const Activity *a, int c)
{
    const Class *at = class_at(a, c);
    return at->varied && !at->passive;
}

bool class_is_useful(const Activity *a, int c)
{
    const Class *at = class_at(a, c);
    return at->useful && !at->passive;
}

bool class_reaches(const Activity *a, int c, ClassTest is_such, bool *seen)
{
    c = class_root(a, c);
    if (!c || seen[c])
        return false;
    seen[c] = true;
    const Class *at = class_at(a, c);
    bool reaches = (is_such && is_such(a, c)) || class_reaches(a, at->pointee, is_such, seen);
    for (int k = 0; k < at->nfields && !reaches; k++)
        reaches = class_reaches(a, at->fields[k], is_such, seen);
    return reaches;
}

bool class_leads_to(const Activity *a, int c, ClassTest is_such)
{
    return class_reaches(a, c, is_such, class_none(a));
}

static void join_carried(Activity *a, const Value *loop)
{
    for (int k = 0; k < loop->nresults; k++)
        if (type_is_pointer(loop->carried[k]->type))
            class_of_choice(a, loop->carried[k], loop->blocks[1]->yields[k]);
}

bool activity_reaches_reals(const Value *pointer)
{
    if (!type_is_pointer(pointer->type))
        return false;
    const Type *to = pointer->type->to;
    return to->kind == TYPE_VOID || type_may_lead_to_real(to);
}

void classes_find(Activity *a, const Block *block)
{
    for (const Value *v = block ? block->first : NULL; v; v = v->next) {
        if (type_is_pointer(v->type))
            class_of(a, v);
        for (int k = 0; k < v->nargs; k++)
            if (type_is_pointer(v->args[k]->type))
                class_of(a, v->args[k]);
        if (v->kind == VAL_STORE && type_is_pointer(v->args[1]->type))
            class_unify(a, class_pointee(a, class_of(a, v->args[0])), class_of(a, v->args[1]));
        if (v->kind == VAL_COPY)
            class_unify(a, class_of(a, v->args[0]), class_of(a, v->args[1]));
        if (split_takes(v) && !a->is_shape)
            activity_bind_call(a, v);
        for (int k = 0; v->kind == VAL_CALL && !split_takes(v) && activity_reaches_reals(v) && k < v->nargs; k++)
            if (activity_reaches_reals(v->args[k])) /* a call returns a pointer into what it was given */
                class_unify(a, class_of(a, v), class_of(a, v->args[k]));
        classes_find(a, v->blocks[0]);
        classes_find(a, v->blocks[1]);
        if (v->kind == VAL_LOOP)
            join_carried(a, v);
    }
}
