/*
 * type.c: types derived from others, each made once, and questions about types. The front end makes the named ones.
 * A canonical type has no typedef names and no qualifiers at any depth, so that comparing pointers compares types.
 */
#include "ir.h"

static Type *derive_type(TypeKind kind, Type *to)
{
    Type *t = ARENA_NEW(Type);
    t->kind = kind;
    t->to = to;
    return t;
}

Type *type_pointer(Type *to)
{
    if (!to->pointer_to_this) {
        Type *t = derive_type(TYPE_POINTER, to);
        to->pointer_to_this = t;
        t->size = sizeof(void *);
        t->canonical = to->canonical == to ? t : type_pointer(to->canonical);
    }
    return to->pointer_to_this;
}

Type *type_array(Type *element, int64_t count)
{
    for (Type *t = element->arrays_of_this; t; t = t->next_array)
        if (t->count == count)
            return t;
    Type *t = derive_type(TYPE_ARRAY, element);
    t->count = count;
    t->size = count >= 0 ? (uint64_t)count * element->size : 0;
    t->next_array = element->arrays_of_this;
    element->arrays_of_this = t;
    t->canonical = element->canonical == element ? t : type_array(element->canonical, count);
    return t;
}

static Type *copy_type(const Type *t)
{
    Type *copy = ARENA_NEW(Type);
    *copy = *t;
    copy->pointer_to_this = copy->const_of_this = copy->plain_of_this = copy->arrays_of_this = copy->next_array = NULL;
    return copy;
}

Type *type_unqualified(Type *t)
{
    if (!t->is_const && !t->is_volatile && !t->is_restrict)
        return t;
    if (!t->plain_of_this) {
        Type *plain = copy_type(t);
        plain->is_const = plain->is_volatile = plain->is_restrict = false;
        t->plain_of_this = plain;
    }
    return t->plain_of_this;
}

/* Of an array, C qualifies the elements. */
Type *type_const(Type *t)
{
    if (t->is_const)
        return t;
    if (t->kind == TYPE_ARRAY)
        return type_array(type_const(t->to), t->count);
    if (!t->const_of_this) {
        Type *constant = copy_type(t);
        constant->is_const = true;
        constant->canonical = t->canonical;
        t->const_of_this = constant;
    }
    return t->const_of_this;
}

Type *type_mutable(Type *t)
{
    if (t->kind == TYPE_ARRAY) {
        Type *element = type_mutable(t->to);
        return element == t->to ? t : type_array(element, t->count);
    }
    if (!t->is_const || !t->is_volatile)
        return t->is_const ? type_unqualified(t) : t;
    Type *copy = copy_type(t);
    copy->is_const = false;
    return copy;
}

bool type_is_const(const Type *t)
{
    while (t->kind == TYPE_ARRAY && !t->is_const)
        t = t->to;
    return t->is_const;
}

bool type_same(const Type *a, const Type *b)
{
    return a->canonical == b->canonical;
}

bool type_is_real(const Type *t)
{
    return t->kind == TYPE_REAL;
}

bool type_is_int(const Type *t)
{
    return t->kind == TYPE_INT;
}

bool type_is_pointer(const Type *t)
{
    return t->kind == TYPE_POINTER;
}

typedef struct {
    bool through_void;
    VEC(const Record *) seen; /* what they hold has been looked at, or is being */
} Search;

static bool is_seen(const Search *search, const Record *record)
{
    for (size_t k = 0; k < search->seen.count; k++)
        if (search->seen.at[k] == record)
            return true;
    return false;
}

static bool find_real(Search *search, const Type *t)
{
    while (t->kind == TYPE_POINTER || t->kind == TYPE_ARRAY)
        t = t->to;
    if (t->kind == TYPE_VOID)
        return search->through_void;
    if (t->kind != TYPE_RECORD || is_seen(search, t->record))
        return t->kind == TYPE_REAL || t->kind == TYPE_COMPLEX;
    vec_push(&search->seen, t->record);
    for (size_t k = 0; k < t->record->nfields; k++)
        if (!t->record->fields[k].passive && find_real(search, t->record->fields[k].type))
            return true;
    return false;
}

static bool find_function(Search *search, const Type *t)
{
    const bool by_pointer = t->kind == TYPE_POINTER;
    while (t->kind == TYPE_POINTER || t->kind == TYPE_ARRAY)
        t = t->to;
    if (by_pointer && (t->kind == TYPE_VOID || t->kind == TYPE_FUNCTION || t->kind == TYPE_OPAQUE))
        return true;
    if (t->kind != TYPE_RECORD || is_seen(search, t->record))
        return by_pointer && t->kind == TYPE_INT && t->rank == 1 && !t->is_const;
    vec_push(&search->seen, t->record);
    for (size_t k = 0; k < t->record->nfields; k++)
        if (find_function(search, t->record->fields[k].type))
            return true;
    return !t->record->is_complete;
}

bool type_may_lead_to_function(const Type *t)
{
    return find_function(&(Search){0}, t);
}

bool type_has_real(const Type *t)
{
    return find_real(&(Search){0}, t);
}

bool type_may_lead_to_real(const Type *t)
{
    return find_real(&(Search){.through_void = true}, t);
}

bool type_is_variable_array(const Type *type)
{
    for (; type->kind == TYPE_ARRAY; type = type->to)
        if (type->count < 0)
            return true;
    return false;
}

int64_t type_scalar_count(const Type *t)
{
    int64_t count = 1;
    for (; t->kind == TYPE_ARRAY; t = t->to) {
        if (t->count < 0)
            return 0;
        count *= t->count;
    }
    return count;
}

Type *type_scalar(Type *t)
{
    while (t->kind == TYPE_ARRAY)
        t = t->to;
    return type_unqualified(t);
}
