/*
 * tree_sizeof.c: sizeof and _Alignof. libclang tells the number, but not always of what; where that is of run-time
 * size, its extents are looked for in what it shows beside.
 */
#include <ctype.h>

#include "clang.h"

/* The type that `sizeof (T)` names, for the forms that people write: a type's name and stars behind it. */
static Type *named_operand(CXCursor c, const char *text)
{
    static const char *const names[] = {"char", "int", "long", "float", "double", "long double", "size_t"};
    BasicTypes *types = &parse_module()->types;
    Type *const known[] = {types->char_,   types->int_,    types->long_, types->float_,
                           types->double_, types->ldouble, types->size};
    const size_t length = strcspn(text, "*[");
    size_t end = length;
    while (end && isspace((unsigned char)text[end - 1]))
        end--;
    const char *name = arena_strndup(text, end);
    Type *type = NULL;
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++)
        if (strcmp(name, names[i]) == 0)
            type = known[i];
    const Cursors children = cursor_children(c);
    for (int i = 0; i < children.count && !type; i++)
        if (cursor_kind(children.at[i]) == CXCursor_TypeRef) {
            const char *spelling = cursor_spelling(children.at[i]);
            if (strcmp(name, spelling) == 0)
                type = types_of(clang_getCursorType(children.at[i]));
        }
    for (const char *s = text + length; type && *s; s++) {
        if (*s == '*')
            type = type_pointer(type);
        else if (!isspace((unsigned char)*s))
            return NULL;
    }
    return type;
}

/* What stands between the parentheses of `sizeof (...)` in the main file; NULL where that can't be seen. */
static const char *operand_text(CXCursor c)
{
    unsigned start, end;
    size_t length;
    const char *text = parse_main_text(&length);
    if (!text || !cursor_main_range(c, &start, &end) || end > length || cursor_range_has_macro(start, end))
        return NULL;
    const char *whole = arena_strndup(text + start, end - start);
    const char *open = strchr(whole, '('), *close = strrchr(whole, ')');
    if (!open || !close || close < open)
        return NULL;
    for (open++; isspace((unsigned char)*open); open++)
        ;
    return arena_strndup(open, (size_t)(close - open));
}

static Type *type_operand(CXCursor c)
{
    const char *text = operand_text(c);
    return text ? named_operand(c, text) : NULL;
}

/*
 * sizeof (T[n][m]): libclang shows the extents twice, first as written, innermost first, then as they are computed,
 * outermost first.
 */
static bool variable_type_operand(CXCursor c, Expr *e, Cursors kids)
{
    const char *text = operand_text(c);
    const char *bracket = text ? strchr(text, '[') : NULL;
    Type *type = bracket ? named_operand(c, arena_strndup(text, (size_t)(bracket - text))) : NULL;
    int levels = 0, depth = 0;
    for (const char *s = bracket; s && *s; s++) {
        levels += *s == '[' && depth == 0;
        depth += (*s == '[') - (*s == ']');
    }
    if (!type || kids.count != 2 * levels)
        return false;
    VEC(Expr *) extents = {0};
    for (int i = 0; i < levels; i++) {
        vec_push(&extents, tree_value(kids.at[levels + i]));
        type = type_array(type, ARRAY_VARIABLE);
    }
    e->type_operand = type;
    tree_with_kids(e, levels, extents.at);
    return true;
}

/* sizeof (row), where row is a local typedef of variable size. */
static bool variable_typedef_operand(CXCursor c, Expr *e)
{
    const char *text = operand_text(c);
    const Cursors children = cursor_children(c);
    for (int i = 0; text && i < children.count; i++) {
        const CXType type = clang_getCursorType(children.at[i]);
        Expr **extents;
        if (cursor_kind(children.at[i]) != CXCursor_TypeRef || strcmp(text, cursor_spelling(children.at[i])) != 0)
            continue;
        const size_t count = tree_extents(type, NULL, 0, false, &extents);
        e->type_operand = types_of(type);
        if (!count || count != (size_t)types_variable_levels(e->type_operand))
            return false;
        tree_with_kids(e, (int)count, extents);
        return true;
    }
    return false;
}

/* sizeof a, sizeof a[0], sizeof *a of a variable array: the extents that are left of the variable's own. */
static bool variable_operand(Expr *e, const Expr *operand)
{
    const Expr *root = operand;
    while (
        (root->kind == EXPR_INDEX || root->kind == EXPR_DEREF || root->kind == EXPR_DECAY || root->kind == EXPR_LOAD) &&
        root->nkids)
        root = root->kids[0];
    const int left = types_variable_levels(operand->type);
    if (root->kind != EXPR_VAR || (size_t)left > root->decl->nextents)
        return false;
    tree_with_kids(e, left, root->decl->extents + root->decl->nextents - (size_t)left);
    e->decl = root->decl;
    return true;
}

Expr *tree_size(CXCursor c)
{
    const char *keyword = cursor_first_token(c);
    const Cursors kids = cursor_expressions(c);
    Expr *e = tree_new(EXPR_SIZEOF, c, types_of_value(clang_getCursorType(c)));
    if (strstr(keyword, "ign")) /* _Alignof, alignof, __alignof__ */
        return cursor_integer(c, &e->i) ? tree_integer(c, e->i) : tree_unsupported_at(c, "this alignment");
    const bool constant = cursor_integer(c, &e->i);
    Expr *operand = kids.count == 1 ? tree_expr(kids.at[0]) : NULL;
    e->type_operand = operand && (constant || types_variable_levels(operand->type)) ? operand->type : NULL;
    if (constant) {
        if (!e->type_operand || (operand->kind == EXPR_UNSUPPORTED))
            e->type_operand = type_operand(c);
        if (e->type_operand && e->type_operand->size != (uint64_t)e->i)
            e->type_operand = NULL;
        return e;
    }
    e->is_variable = true;
    if ((operand && e->type_operand && variable_operand(e, operand)) || variable_type_operand(c, e, kids) ||
        variable_typedef_operand(c, e))
        return e;
    return tree_unsupported_at(c, "'sizeof' of this type of variable size");
}
