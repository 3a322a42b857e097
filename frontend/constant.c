/*
 * constant.c: initialisers of the constant tables that the output repeats. They are the user's own text; only where C
 * converts a constant to a narrower real type and its value changes, that is made explicit, since compilers warn:
 *
 *     const float weight[] = {0.5, 0.3};    ->    {0.5, (float)0.3}
 */
#include "clang.h"

#include <stdlib.h>
#include <string.h>

typedef struct {
    unsigned start, end; /* of the constant, in the main file */
    const Type *to;
} Narrowing;

typedef VEC(Narrowing) Narrowings;

/* Is it one number, perhaps in parentheses? */
static bool is_number(const char *constant, long double *x)
{
    char *end;
    constant += strspn(constant, "(");
    *x = strtold(constant, &end);
    return end != constant && strspn(end, "fFlL)") == strlen(end);
}

/* Is it a number that the narrower type holds exactly? */
static bool is_exact(const char *constant, const Type *to)
{
    long double x;
    if (!is_number(constant, &x))
        return false;
    return (to->rank == 1 ? (long double)(float)x : to->rank == 2 ? (long double)(double)x : x) == x;
}

static bool narrows(const Type *from, const Type *to)
{
    if (from->kind != TYPE_REAL && from->kind != TYPE_INT)
        return false;
    return to->kind == TYPE_REAL && (from->kind == TYPE_INT || from->rank > to->rank);
}

static enum CXChildVisitResult find_narrowings(CXCursor c, CXCursor parent, CXClientData data)
{
    (void)parent;
    Narrowings *found = data;
    const Cursors children = cursor_children(c);
    if (cursor_kind(c) != CXCursor_UnexposedExpr || children.count != 1 || !cursor_is_implicit_cast(c, children.at[0]))
        return CXChildVisit_Recurse;
    Narrowing n = {.to = types_of(clang_getCursorType(c))->canonical};
    const Type *from = types_of(clang_getCursorType(children.at[0]))->canonical;
    if (narrows(from, n.to) && cursor_main_range(c, &n.start, &n.end))
        vec_push(found, n);
    return CXChildVisit_Recurse;
}

static const char *with_casts(const char *text, unsigned start, unsigned end, const Narrowings *found)
{
    const char *made = "";
    for (size_t k = 0; k < found->count; k++) {
        const Narrowing *n = &found->at[k];
        const char *constant = arena_strndup(text + n->start, n->end - n->start);
        if (n->start < start || n->end > end || is_exact(constant, n->to))
            continue;
        long double x;
        const bool is_plain = is_number(constant, &x) && constant[0] != '-';
        made = arena_printf("%s%.*s(%s)%s", made, (int)(n->start - start), text + start, n->to->name,
                            is_plain ? constant : arena_printf("(%s)", constant));
        start = n->end;
    }
    return arena_printf("%s%.*s", made, (int)(end - start), text + start);
}

/* The value of a declaration as libclang prints it: behind the sign =. */
static const char *printed_value(CXCursor variable)
{
    int depth = 0;
    for (const char *s = cursor_printed(variable, false); *s; s++) {
        depth += *s == '(' || *s == '[' || *s == '{';
        depth -= *s == ')' || *s == ']' || *s == '}';
        if (depth == 0 && *s == '=')
            return s + 2;
    }
    return NULL;
}

const char *constant_initializer(CXCursor variable, CXCursor initializer)
{
    unsigned start, end;
    size_t length;
    const char *text = parse_main_text(&length);
    if (!text || !cursor_main_range(initializer, &start, &end) || end > length || end <= start ||
        cursor_range_has_macro(start, end) || memchr(text + start, '#', end - start))
        return printed_value(variable);
    Narrowings found = {0};
    find_narrowings(initializer, variable, &found);
    clang_visitChildren(initializer, find_narrowings, &found);
    return with_casts(text, start, end, &found);
}
