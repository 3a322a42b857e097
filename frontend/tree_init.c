/*
 * tree_init.c: initialisers. libclang gives a braced list as the user wrote it: with designators, gaps and elided
 * braces. Here every value gets the place it sets (C11 6.7.9): a path of indices from the whole object inward.
 *
 *     double a[2][2] = {1, [1] = {2, 3}};      places: [0][0] = 1, [1][0] = 2, [1][1] = 3
 */
#include "clang.h"

enum { DEEPEST = 64, RANGE_MAX = 1 << 16 };

typedef struct {
    Type *whole; /* of the outermost object */
    int64_t path[DEEPEST];
    int depth;
    VEC(InitPlace) places;
    const char *failure; /* what can't be represented */
} Placer;

static bool is_aggregate(const Type *t)
{
    return t->kind == TYPE_ARRAY || t->kind == TYPE_RECORD;
}

/* How many elements or fields an object has that a list can set; a union has one. */
static int64_t slots(const Type *t)
{
    if (t->kind == TYPE_ARRAY)
        return t->count < 0 ? INT64_MAX : t->count;
    return t->record->is_union ? (t->record->nfields > 0) : (int64_t)t->record->nfields;
}

static bool is_unnamed_bit_field(const Type *t, int64_t slot)
{
    return t->kind == TYPE_RECORD && slot < (int64_t)t->record->nfields && !*t->record->fields[slot].name &&
           t->record->fields[slot].bit_width >= 0;
}

static Type *slot_type(const Type *t, int64_t slot)
{
    return t->kind == TYPE_ARRAY ? t->to : t->record->fields[slot].type;
}

static Type *type_at(const Placer *p, int depth)
{
    Type *t = p->whole;
    for (int i = 0; i < depth; i++)
        t = slot_type(t, p->path[i]);
    return t;
}

/* To the next slot behind the current one, not leaving the object at `floor` levels; false where there is none. */
static bool advance(Placer *p, int floor)
{
    while (p->depth > floor) {
        const Type *outer = type_at(p, p->depth - 1);
        int64_t *slot = &p->path[p->depth - 1];
        do
            ++*slot;
        while (is_unnamed_bit_field(outer, *slot));
        if (!(outer->kind == TYPE_RECORD && outer->record->is_union) && *slot < slots(outer))
            return true;
        p->depth--;
    }
    return false;
}

/* To the first slot of the current object. */
static bool descend(Placer *p)
{
    const Type *outer = type_at(p, p->depth);
    int64_t slot = 0;
    while (is_unnamed_bit_field(outer, slot))
        slot++;
    if (slot >= slots(outer) || p->depth == DEEPEST) {
        p->failure = p->depth == DEEPEST ? "an initialiser nested this deep" : p->failure;
        return false;
    }
    p->path[p->depth++] = slot;
    return true;
}

static void place(Placer *p, Expr *value)
{
    InitPlace place = {.depth = p->depth, .value = value};
    place.path = arena_grow(p->path, sizeof(int64_t) * (size_t)p->depth, sizeof(int64_t) * (size_t)(p->depth + 1));
    vec_push(&p->places, place);
}

static void place_list(Placer *p, CXCursor list);

/* The string for a char array, perhaps under casts and parentheses. */
static bool is_string(CXCursor c)
{
    for (;;) {
        if (cursor_kind(c) == CXCursor_StringLiteral)
            return true;
        const Cursors children = cursor_children(c);
        if ((cursor_kind(c) != CXCursor_ParenExpr && cursor_kind(c) != CXCursor_UnexposedExpr) || children.count != 1)
            return false;
        c = children.at[0];
    }
}

static bool sets_whole(const Type *t, CXCursor value, const Expr *e)
{
    if (!is_aggregate(t))
        return true;
    if (t->kind == TYPE_ARRAY)
        return is_string(value) && type_scalar_count(t) != 0 && t->to->kind == TYPE_INT;
    return type_same(e->type, t);
}

/* One value for the current slot, or for the first one inside that it fits (elided braces). */
static void place_value(Placer *p, CXCursor value)
{
    if (cursor_kind(value) == CXCursor_InitListExpr) {
        Type *t = type_at(p, p->depth);
        if (is_aggregate(t)) {
            place_list(p, value);
            return;
        }
        const Cursors inner = cursor_children(value); /* double x = {1}; */
        if (inner.count == 1)
            place_value(p, inner.at[0]);
        return;
    }
    Expr *e = tree_expr(value);
    while (!sets_whole(type_at(p, p->depth), value, e))
        if (!descend(p))
            return;
    place(p, tree_converted(e, type_unqualified(type_at(p, p->depth))));
}

/* ---- designators ---- */

static bool is_designated(CXCursor item)
{
    return cursor_kind(item) == CXCursor_UnexposedExpr && clang_getCursorType(item).kind == CXType_Void;
}

/* [first ... last] of GNU C, where libclang shows two indices as it does for [i][j]. */
static bool is_range(CXCursor first, CXCursor last)
{
    unsigned start, end, from, to;
    size_t length;
    const char *text = parse_main_text(&length);
    if (!text || !cursor_main_range(first, &start, &from) || !cursor_main_range(last, &to, &end) || to > length ||
        from > to)
        return false;
    return strstr(arena_strndup(text + from, to - from), "...") != NULL;
}

static bool step_to_field(Placer *p, const char *name)
{
    int path[DEEPEST];
    const int steps = types_field_path(type_at(p, p->depth), name, path, DEEPEST - p->depth);
    for (int i = 0; i < steps; i++)
        p->path[p->depth++] = path[i];
    return steps > 0;
}

static bool step_to_element(Placer *p, int64_t index)
{
    const Type *t = type_at(p, p->depth);
    if (t->kind != TYPE_ARRAY || index < 0 || index >= slots(t) || p->depth == DEEPEST)
        return false;
    p->path[p->depth++] = index;
    return true;
}

/* Follows the designators from `i` on and places the value, once for each element of a range. */
static void place_designated(Placer *p, Cursors parts, int i)
{
    for (; i < parts.count - 1; i++) {
        int64_t first, last;
        bool found;
        if (cursor_kind(parts.at[i]) == CXCursor_MemberRef) {
            found = step_to_field(p, cursor_spelling(parts.at[i]));
        } else if (i + 2 < parts.count && cursor_is_expression(parts.at[i + 1]) &&
                   is_range(parts.at[i], parts.at[i + 1]) && cursor_integer(parts.at[i], &first) &&
                   cursor_integer(parts.at[i + 1], &last) && last - first < RANGE_MAX) {
            const int depth = p->depth;
            for (int64_t k = first; k <= last; k++) {
                p->depth = depth;
                if (step_to_element(p, k))
                    place_designated(p, parts, i + 2);
            }
            return;
        } else {
            found = cursor_integer(parts.at[i], &first) && step_to_element(p, first);
        }
        if (!found) {
            p->failure = "this designator";
            return;
        }
    }
    place_value(p, parts.at[parts.count - 1]);
}

/* ---- lists ---- */

/* An anonymous member on the way to a named one has a part of its own, without a name. */
static bool is_named_member(CXCursor part)
{
    return cursor_kind(part) == CXCursor_MemberRef && *cursor_spelling(part);
}

/* The parts of a designated item that count: types named inside it are children too. */
static Cursors designation(CXCursor item)
{
    Cursors parts = cursor_children(item);
    int count = 0;
    for (int i = 0; i < parts.count; i++)
        if (cursor_is_expression(parts.at[i]) || is_named_member(parts.at[i]))
            parts.at[count++] = parts.at[i];
    parts.count = count;
    return parts;
}

static void place_list(Placer *p, CXCursor list)
{
    const int floor = p->depth;
    const Cursors items = cursor_children(list);
    const Type *t = type_at(p, floor);
    if (t->kind == TYPE_ARRAY && items.count == 1 && is_string(items.at[0]) && t->to->kind == TYPE_INT) { /* {"text"} */
        place(p, tree_expr(items.at[0]));
        return;
    }
    bool first = true;
    for (int i = 0; i < items.count && !p->failure; i++) {
        if (!cursor_is_expression(items.at[i]))
            continue;
        if (is_designated(items.at[i])) {
            p->depth = floor;
            place_designated(p, designation(items.at[i]), 0);
        } else if (first ? descend(p) : advance(p, floor)) {
            place_value(p, items.at[i]);
        } else {
            break; /* more than fits: the compilers ignore it, with a warning */
        }
        first = false;
    }
    p->depth = floor;
}

static Expr *braced(CXCursor c, Type *type)
{
    Placer placer = {.whole = type};
    place_list(&placer, c);
    if (placer.failure)
        return tree_unsupported(cursor_loc(c), type, placer.failure);
    Expr *e = ARENA_NEW(Expr);
    e->kind = EXPR_INIT_LIST;
    e->type = type_unqualified(type);
    e->loc = cursor_loc(c);
    e->nplaces = placer.places.count;
    e->places = placer.places.at;
    return e;
}

Expr *tree_initializer(CXCursor c, Type *type)
{
    if (cursor_kind(c) == CXCursor_InitListExpr) {
        if (is_aggregate(type))
            return braced(c, type);
        const Cursors items = cursor_children(c);
        if (items.count == 1)
            return tree_initializer(items.at[0], type);
        return tree_unsupported(cursor_loc(c), type, "this initialiser");
    }
    return tree_converted(tree_expr(c), type_unqualified(type));
}
