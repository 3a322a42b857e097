/*
 * scope.c: the names that the translation unit declares at file scope, in headers too. What functions declare for
 * themselves, types and static variables, stands there in the output, and must not take one of them.
 */
#include "clang.h"

static Named *tags, *others;
static bool is_read;

static void note(Named **table, CXCursor c)
{
    const char *name = cursor_spelling(c);
    if (*name && !named_find(*table, name))
        named_add(table, name, (void *)name);
}

static enum CXChildVisitResult read(CXCursor c, CXCursor parent, CXClientData data)
{
    (void)parent;
    (void)data;
    switch (cursor_kind(c)) {
    case CXCursor_StructDecl:
    case CXCursor_UnionDecl:
    case CXCursor_EnumDecl:
        note(&tags, c);
        return CXChildVisit_Recurse;
    case CXCursor_FieldDecl: /* may declare a tag on the way */
        return CXChildVisit_Recurse;
    case CXCursor_FunctionDecl:
    case CXCursor_VarDecl:
    case CXCursor_TypedefDecl:
    case CXCursor_EnumConstantDecl:
        note(&others, c);
        return CXChildVisit_Continue;
    default:
        return CXChildVisit_Continue;
    }
}

static bool has(Named *const *table, const char *name)
{
    if (!is_read)
        clang_visitChildren(clang_getTranslationUnitCursor(parse_unit()), read, NULL);
    is_read = true;
    return named_find(*table, name) != NULL;
}

bool scope_has_tag(const char *name)
{
    return has(&tags, name);
}

bool scope_has_name(const char *name)
{
    return has(&others, name);
}
