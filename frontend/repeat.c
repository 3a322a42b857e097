/*
 * repeat.c: static functions that the output repeats word for word. What adgen cannot look into, for complex arithmetic
 * or inline assembly in it, can be called where it stays passive; where it is static, the output needs a copy. Not
 * where that would have a variable of its own that the original has, too.
 */
#include "clang.h"

#include <ctype.h>
#include <string.h>

typedef struct {
    Function *function;
    CXCursor definition;
    bool fails;
} Repeat;

/* ---- the text ---- */

static bool is_macro(const Module *module, const char *name, size_t length)
{
    for (size_t k = 0; k < module->macros.count; k++)
        if (strlen(module->macros.at[k]) == length && strncmp(module->macros.at[k], name, length) == 0)
            return true;
    return false;
}

/* The user's macros and directives mean nothing in the output. */
static bool stands_alone(const Module *module, const char *text)
{
    for (const char *s = text; *s;) {
        const size_t length = strspn(s, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ_0123456789");
        if (*s == '#' || (length && is_macro(module, s, length)))
            return false;
        s += length ? length : 1;
    }
    return strstr(text, "ADGEN_") == NULL;
}

static const char *text_of_function(const Repeat *r)
{
    unsigned start, end;
    size_t length;
    const char *all = parse_main_text(&length);
    if (all && cursor_main_range(r->definition, &start, &end) && end <= length && start < end) {
        const char *text = arena_strndup(all + start, end - start);
        if (stands_alone(r->function->module, text))
            return text;
    }
    const char *printed = cursor_printed(r->definition, false);
    size_t count = strlen(printed);
    while (count && isspace((unsigned char)printed[count - 1]))
        count--;
    printed = arena_strndup(printed, count);
    return strstr(printed, "asm") || strstr(printed, "annotate(") ? NULL : printed;
}

/* ---- what it names ---- */

static void name_function(Repeat *r, CXCursor declaration)
{
    Function *fn = module_function(declaration);
    if (fn == r->function)
        return;
    if (fn->is_static && !fn->in_header && !repeat_function(fn))
        r->fails = true;
    vec_push(&r->function->names_functions, fn);
}

/* Constants are repeated as they are; state with a name that others can link to is shared. */
static void name_variable(Repeat *r, CXCursor variable)
{
    const enum CX_StorageClass storage = clang_Cursor_getStorageClass(variable);
    const bool is_outside = clang_Cursor_hasVarDeclGlobalStorage(variable) == 1;
    if (!is_outside)
        return;
    Global *global = types_is_local(variable) ? NULL : module_global(variable, NULL);
    const bool is_shared = global && (global->in_header || global->is_const_data || storage != CX_SC_Static);
    r->fails |= !is_shared || !(global->in_header || global->declaration);
    if (is_shared)
        vec_push(&r->function->names_globals, global);
}

static enum CXChildVisitResult find_name(CXCursor c, CXCursor parent, CXClientData repeat)
{
    (void)parent;
    Repeat *r = repeat;
    const CXCursor named = clang_getCursorReferenced(c);
    const enum CXCursorKind kind = cursor_kind(named);
    if (cursor_kind(c) == CXCursor_DeclRefExpr && kind == CXCursor_FunctionDecl)
        name_function(r, named);
    else if (cursor_kind(c) == CXCursor_DeclRefExpr && kind == CXCursor_VarDecl)
        name_variable(r, named);
    else if (cursor_kind(c) == CXCursor_VarDecl && clang_Cursor_getStorageClass(c) == CX_SC_Static)
        r->fails = true;
    return r->fails ? CXChildVisit_Break : CXChildVisit_Recurse;
}

bool repeat_function(Function *fn)
{
    const FunctionTree *tree = fn->source;
    if (fn->text || !tree)
        return fn->text != NULL;
    Repeat r = {.function = fn, .definition = *(const CXCursor *)tree->cursor};
    fn->text = text_of_function(&r); /* it may call itself, by way of others */
    clang_visitChildren(r.definition, find_name, &r);
    if (r.fails)
        fn->text = NULL;
    return fn->text != NULL;
}
