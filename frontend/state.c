/*
 * state.c: static variables. The output has a copy of those that it needs, and the copy stays equal to the original
 * only while nothing outside of the differentiated functions takes part: nobody else may write a variable that they
 * read, nor look at one that they write. Whether a use only reads is seen from the cursors around it.
 */
#include "clang.h"

typedef struct {
    CXCursor use;             /* the first one that may write; else the first one */
    const Function *function; /* where; NULL in an initialiser */
    bool any, writes;
} Uses;

typedef struct {
    Global *global;
    Uses inside, outside; /* the differentiated functions and those that they call; everything else */
} Static;

typedef struct {
    Keyed *statics; /* by declaration */
    const Function *function;
    bool is_inside;
} Scan;

static void note_use(const Scan *scan, CXCursor use, bool is_read)
{
    Static *s = keyed_find(scan->statics, cursor_key(clang_getCursorReferenced(use)));
    if (!s)
        return;
    Uses *uses = scan->is_inside ? &s->inside : &s->outside;
    if (uses->any && (is_read || uses->writes))
        return;
    *uses = (Uses){use, scan->function, true, !is_read};
}

static bool is_array(CXCursor c)
{
    return clang_getArrayElementType(clang_getCanonicalType(clang_getCursorType(c))).kind != CXType_Invalid;
}

/* `is_read`: the value of what `c` denotes is taken, and no more. */
static void scan_uses(const Scan *scan, CXCursor c, bool is_read)
{
    const enum CXCursorKind kind = cursor_kind(c);
    const Cursors children = cursor_children(c);
    if (kind == CXCursor_DeclRefExpr)
        note_use(scan, c, is_read);
    if (kind == CXCursor_UnaryExpr) /* sizeof */
        return;
    bool passes = kind == CXCursor_ParenExpr || kind == CXCursor_MemberRefExpr || kind == CXCursor_ArraySubscriptExpr;
    if (kind == CXCursor_UnexposedExpr && children.count == 1 && cursor_is_implicit_cast(c, children.at[0])) {
        passes = true;
        is_read |= !is_array(children.at[0]);
    }
    for (int i = 0; i < children.count; i++)
        scan_uses(scan, children.at[i], passes && is_read);
}

static bool is_state(const Global *global)
{
    return global->is_static && !global->is_const_data;
}

static void refuse(const Static *s)
{
    const Uses *other = &s->outside;
    const char *who = other->function ? arena_printf("'%s'", other->function->name) : "an initialiser";
    diag_error(cursor_loc(s->inside.use),
               "'%s' is static, and %s %s it too: a copy in the output would part ways with it", s->global->name, who,
               other->writes ? "can change" : "reads");
    diag_note(cursor_loc(other->use), "here");
    diag_note(
        (Loc){0},
        "with --with-source the output includes the source and is compiled in its place, so that there is no copy");
}

void state_check(Module *module)
{
    Keyed *statics = NULL;
    VEC(Static *) list = {0};
    for (size_t i = 0; i < module->globals.count; i++) {
        Global *global = module->globals.at[i];
        const CXCursor *cursor = module_global_cursor(global);
        if (!is_state(global) || !cursor)
            continue;
        Static *s = ARENA_NEW(Static);
        s->global = global;
        keyed_add(&statics, cursor_key(*cursor), s);
        vec_push(&list, s);
    }
    if (!list.count)
        return;
    for (size_t i = 0; i < module->functions.count; i++) {
        const Function *fn = module->functions.at[i];
        const FunctionTree *tree = fn->source;
        if (tree)
            scan_uses(&(Scan){statics, fn, tree->body != NULL}, *(const CXCursor *)tree->cursor, false);
    }
    for (size_t i = 0; i < module->globals.count; i++) {
        const CXCursor *cursor = module_global_cursor(module->globals.at[i]);
        if (cursor)
            scan_uses(&(Scan){statics, NULL, false}, *cursor, false);
    }
    for (size_t i = 0; i < list.count; i++) {
        const Static *s = list.at[i];
        if (s->inside.any && (s->outside.writes || (s->inside.writes && s->outside.any)))
            refuse(s);
        else
            s->global->repeated = !s->global->in_header;
    }
}
