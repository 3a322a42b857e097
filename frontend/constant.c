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

/* The type that C converts the constant to, where that is a narrower one; NULL otherwise. */
static const Type *narrowed_to(CXCursor c)
{
    const Cursors children = cursor_children(c);
    if (cursor_kind(c) != CXCursor_UnexposedExpr || children.count != 1 || !cursor_is_implicit_cast(c, children.at[0]))
        return NULL;
    const Type *to = types_of(clang_getCursorType(c))->canonical;
    const Type *from = types_of(clang_getCursorType(children.at[0]))->canonical;
    const bool narrows =
        to->kind == TYPE_REAL && (from->kind == TYPE_INT || (from->kind == TYPE_REAL && from->rank > to->rank));
    return narrows ? to : NULL;
}

static enum CXChildVisitResult find_narrowings(CXCursor c, CXCursor parent, CXClientData data)
{
    (void)parent;
    Narrowings *found = data;
    Narrowing n = {.to = narrowed_to(c)};
    if (n.to && cursor_main_range(c, &n.start, &n.end))
        vec_push(found, n);
    return CXChildVisit_Recurse;
}

/* The constant, converted explicitly where its value changes. */
static const char *converted(const char *constant, const Type *to)
{
    long double x;
    if (is_exact(constant, to))
        return constant;
    const bool is_plain = is_number(constant, &x) && constant[0] != '-';
    return arena_printf(is_plain ? "(%s)%s" : "(%s)(%s)", to->name, constant);
}

static const char *with_casts(const char *text, unsigned start, unsigned end, const Narrowings *found)
{
    const char *made = "";
    for (size_t k = 0; k < found->count; k++) {
        const Narrowing *n = &found->at[k];
        if (n->start < start || n->end > end)
            continue;
        const char *constant = arena_strndup(text + n->start, n->end - n->start);
        made = arena_printf("%s%.*s%s", made, (int)(n->start - start), text + start, converted(constant, n->to));
        start = n->end;
    }
    return arena_printf("%s%.*s", made, (int)(end - start), text + start);
}

/* ---- what libclang prints, in place of text with macros in it ---- */

/* The end of what stands before the mark, outside of all brackets. */
static const char *before_mark(const char *s, char mark)
{
    int depth = 0;
    for (; *s && !(depth == 0 && *s == mark); s++) {
        depth += *s == '(' || *s == '[' || *s == '{';
        depth -= *s == ')' || *s == ']' || *s == '}';
    }
    return s;
}

static const char *with_printed_casts(CXCursor c, const char *printed);

/* The items of a braced list, one by one. */
static const char *with_casts_in_list(const Cursors *items, const char *list)
{
    const char *made = "{", *at = arena_strndup(list + 1, strlen(list) - 2);
    for (int k = 0; k < items->count; k++) {
        const char *end = before_mark(at, ',');
        const char *item = arena_strndup(at, (size_t)(end - at));
        made = arena_printf("%s%s%s", made, k ? ", " : "", with_printed_casts(items->at[k], item));
        at = end + strspn(end, ", ");
    }
    return *at ? list : arena_printf("%s}", made); /* it is not what it seemed */
}

static const char *with_printed_casts(CXCursor c, const char *printed)
{
    const Cursors children = cursor_children(c);
    if (cursor_kind(c) == CXCursor_InitListExpr && printed[0] == '{')
        return with_casts_in_list(&children, printed);
    const char *value = before_mark(printed, '=');
    if (*value && children.count > 1) { /* .member = value */
        value += 1 + strspn(value + 1, " ");
        const char *last = with_printed_casts(children.at[children.count - 1], value);
        return arena_printf("%.*s%s", (int)(value - printed), printed, last);
    }
    const Type *to = narrowed_to(c);
    return to ? converted(printed, to) : printed;
}

/* The value of a declaration: behind the sign =. */
static const char *printed_value(CXCursor variable, CXCursor initializer)
{
    const char *sign = before_mark(cursor_printed(variable, false), '=');
    return *sign ? with_printed_casts(initializer, sign + 2) : NULL;
}

const char *constant_initializer(CXCursor variable, CXCursor initializer)
{
    unsigned start, end;
    size_t length;
    const char *text = parse_main_text(&length);
    if (!text || !cursor_main_range(initializer, &start, &end) || end > length || end <= start ||
        cursor_range_has_macro(start, end) || memchr(text + start, '#', end - start))
        return printed_value(variable, initializer);
    Narrowings found = {0};
    find_narrowings(initializer, variable, &found);
    clang_visitChildren(initializer, find_narrowings, &found);
    return with_casts(text, start, end, &found);
}
