/*
 * emit_type.c: declarations as C text, and which conversions C does by itself.
 */
#include "emit.h"

/* ---- declarators ---- */

static const char *qualifiers(const Type *t)
{
    return arena_printf("%s%s", t->is_const ? "const " : "", t->is_volatile ? "volatile " : "");
}

/* What stands around the declarator of a pointer: ` *name`, or ` (*name)` before brackets. */
static const char *pointer_declarator(const Type *pointer, const char *inner)
{
    const char *own = pointer->is_const ? "const " : pointer->is_restrict ? "restrict " : "";
    const bool binds_tighter = pointer->to->kind == TYPE_ARRAY;
    return arena_printf(binds_tighter ? "(*%s%s)" : "*%s%s", own, inner);
}

/* A spelling of the front end, with %s where the name goes. */
static const char *spell(const char *spelling, const char *name)
{
    const char *place = strstr(spelling, "%s");
    if (!place)
        return arena_printf("%s %s", spelling, name);
    return arena_printf("%.*s%s%s", (int)(place - spelling), spelling, name, place + 2);
}

/* Only variables of its own declaration can have the type of a struct without a name. */
static const char *refuse_nameless(const Type *type)
{
    if (diag_error_count() == 0) {
        diag_error(type->record->loc, "the output needs variables of this %s, which has no name",
                   type->record->is_union ? "union" : "struct");
        diag_note((Loc){0}, "give it a tag");
    }
    return "";
}

const char *declare(const Type *type, const char *name, const char *const *extents)
{
    switch (type->kind) {
    case TYPE_POINTER:
        if (type->to->kind == TYPE_FUNCTION)
            return spell(type->to->spelling, arena_printf("(*%s)", name));
        return declare(type->to, pointer_declarator(type, name), extents);
    case TYPE_ARRAY: {
        const bool variable = type->count == ARRAY_VARIABLE && extents;
        const char *extent = variable ? *extents : type->count >= 0 ? arena_printf("%lld", (long long)type->count) : "";
        return declare(type->to, arena_printf("%s[%s]", name, extent), variable ? extents + 1 : extents);
    }
    case TYPE_FUNCTION:
    case TYPE_OPAQUE:
        return spell(type->spelling ? type->spelling : type->name, name);
    default: {
        const char *space = *name && *name != '[' ? " " : "";
        const char *base = type->name ? type->name : refuse_nameless(type);
        return arena_printf("%s%s%s%s", qualifiers(type), base, space, name);
    }
    }
}

Type *variable_type(Type *type)
{
    if (type->kind != TYPE_POINTER || !type_is_variable_array(type->to))
        return type;
    Type *scalar = type->to;
    bool is_const = scalar->is_const;
    for (; scalar->kind == TYPE_ARRAY; is_const |= scalar->is_const)
        scalar = scalar->to;
    return type_pointer(is_const ? type_const(scalar) : scalar);
}

/* ---- conversions ---- */

enum { RANK_INT = 3, RANK_FLOAT = 1 };

static bool int_to_int(const Type *from, const Type *to)
{
    if (to->is_bool)
        return false;
    if (from->is_bool)
        return true;
    if (from->is_signed && !to->is_signed)
        return false;
    if (from->is_signed == to->is_signed)
        return from->size <= to->size;
    return from->size < to->size;
}

/* Significant bits: 24 in a float, 53 in a double, 64 in a long double. */
static bool int_to_real(const Type *from, const Type *to)
{
    return from->size <= 2 || (to->rank > RANK_FLOAT && from->size <= 4);
}

static bool pointer_to_pointer(const Type *from, const Type *to)
{
    if (from->to->kind == TYPE_VOID || to->to->kind == TYPE_VOID)
        return !type_is_const(from->to) || type_is_const(to->to);
    const bool from_const = type_is_const(from->to), to_const = type_is_const(to->to);
    const bool adds_const = to_const && to->to->kind != TYPE_ARRAY; /* before C23 */
    return type_same(from->to, to->to) && (from_const == to_const || adds_const);
}

bool converts_silently(const Type *from, const Type *to)
{
    if (type_same(from, to) && from->kind != TYPE_POINTER)
        return true;
    if (from->kind == TYPE_INT && to->kind == TYPE_INT)
        return int_to_int(from, to);
    if (from->kind == TYPE_INT && to->kind == TYPE_REAL)
        return int_to_real(from, to);
    if (from->kind == TYPE_REAL && to->kind == TYPE_REAL)
        return from->rank <= to->rank;
    if (from->kind == TYPE_POINTER && to->kind == TYPE_POINTER)
        return pointer_to_pointer(from, to);
    return false;
}

Type *promoted(const Module *module, Type *type)
{
    return type->kind == TYPE_INT && type->rank < RANK_INT ? module->types.int_ : type;
}
