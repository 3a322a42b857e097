/*
 * emit_word.c: names for variables that the user has not named. A value is called after the place that it is read from
 * or goes to (x[i] is x_i), and what is computed after how: sqrt_x, inverse_x, one_minus_x, x_times_y; where that would
 * be long, after the operation alone: difference, product. What is an adjoint without being any place's is called after
 * the adjoint that it is a part of: y_bar_scaled.
 *
 * Names are given in the order of declarations: operands that stand before the value have theirs.
 */
#include "../transform/simplify.h"
#include "emit.h"

#include <ctype.h>
#include <math.h>

enum { LONGEST = 20, LONGEST_PLACE = 12, LONGEST_INTEGER = 9 };

/* ---- places ---- */

static bool add_word(Text *name, const char *word)
{
    if (!word || name->count > LONGEST_PLACE)
        return false;
    if (name->count)
        text_add(name, "_");
    text_add(name, word);
    return true;
}

/* Without its _bar, which goes to the end; and what is read from x_was is x. */
static const char *stem(const char *hint)
{
    const size_t n = hint ? strlen(hint) : 0;
    const bool ends = is_bar(hint) || (n > 4 && strcmp(hint + n - 4, "_was") == 0);
    return ends ? arena_strndup(hint, n - 4) : hint;
}

static void add_number(Text *name, int64_t number)
{
    const char *text = text_string(name);
    const bool ends_in_digit = isdigit((unsigned char)text[strlen(text) - 1]);
    text_printf(name, ends_in_digit ? "_%lld" : "%lld", (long long)number);
}

static const char *place_name(const Plan *plan, Value *address);

/* What the variable is called, or will be. */
static const char *variable_name(const Plan *plan, const Value *v)
{
    const Web *web = web_of(plan, v);
    if (web && !web->name && !web->hint && v->kind == VAL_LOAD)
        return place_name(plan, v->args[0]);
    if (web)
        return web->name ? web->name : web->hint;
    return note_of(plan, v)->name ? note_of(plan, v)->name : v->hint;
}

/* Where a row begins. */
static bool is_offset(const Plan *plan, const Value *index)
{
    const Web *web = is_folded(plan, index) ? NULL : web_of(plan, index);
    return index->kind == VAL_MUL || (web && !web->hint);
}

/* i is i, i + 1 is i_plus_1, i + j is i_j, and what is added to where the row begins is all that is said of it. */
static bool add_index(const Plan *plan, Text *name, const Value *index)
{
    index = ir_without_wide_casts(index);
    if (ir_is_leaf(index->kind))
        return add_word(name, index->hint);
    if (!is_folded(plan, index))
        return add_word(name, variable_name(plan, index));
    if (index->kind != VAL_ADD && index->kind != VAL_SUB)
        return false;
    const Value *by = ir_without_wide_casts(index->args[1]);
    if (is_offset(plan, ir_without_wide_casts(index->args[0])) && by->kind != VAL_INT)
        return index->kind == VAL_ADD && add_index(plan, name, by);
    if (!add_index(plan, name, index->args[0]))
        return false;
    if (by->kind != VAL_INT)
        return index->kind == VAL_ADD && add_index(plan, name, by);
    const bool is_less = (index->kind == VAL_SUB) != (by->i < 0);
    text_printf(name, is_less ? "_minus_%lld" : "_plus_%lld", (long long)(by->i < 0 ? -by->i : by->i));
    return true;
}

static bool name_place(const Plan *plan, Text *name, const Value *address);

/* A pointer that has a name, wherever it leads, or the place itself. */
static bool name_array(const Plan *plan, Text *name, const Value *pointer)
{
    return pointer->kind == VAL_PTRADD && pointer->hint ? add_word(name, stem(pointer->hint))
                                                        : name_place(plan, name, pointer);
}

/* x[i] is x_i, w[2] is w2, p->mass is mass, and x_bar[i] is x_i_bar. */
static bool name_place(const Plan *plan, Text *name, const Value *address)
{
    switch (address->kind) {
    case VAL_PTRADD:
        if (!name_array(plan, name, address->args[0]))
            return false;
        if (address->args[1]->kind == VAL_INT && address->args[1]->i >= 0) {
            add_number(name, address->args[1]->i);
            return true;
        }
        return add_index(plan, name, address->args[1]);
    case VAL_DECAY:
        return name_place(plan, name, address->args[0]);
    case VAL_FIELD:
        return add_word(name, address->args[0]->type->to->record->fields[address->i].name);
    default:
        return add_word(name, stem(address->hint));
    }
}

/* Of an array, rather than what a pointer leads to. */
static bool is_first_element(const Plan *plan, const Value *address)
{
    if (address->kind == VAL_PARAM && plan->fn->params[address->i].nextents > 0)
        return true;
    const bool is_pointer = address->kind == VAL_PARAM || address->kind == VAL_LOAD || address->kind == VAL_ALLOC ||
                            (address->kind == VAL_PTRADD && address->hint);
    return address->kind == VAL_DECAY || (is_pointer && note_of(plan, address)->indexed);
}

/* Of adjoints, as the name of the pointer says, or of one on the way to it. */
static bool is_place_of_bar(const Value *address)
{
    const bool is_step = address->kind == VAL_PTRADD || address->kind == VAL_FIELD || address->kind == VAL_DECAY ||
                         (address->kind == VAL_CAST && type_is_pointer(address->args[0]->type));
    return is_bar(address->hint) || (is_step && is_place_of_bar(address->args[0]));
}

/* What the array keeps of each iteration has no name of the user's either. */
static const char *kept_value_name(const Plan *plan, const Value *array)
{
    Note *note = note_of(plan, array);
    const Value *stored = note->stored;
    note->stored = NULL; /* it may have been read there */
    const char *name = stored ? unnamed_base(plan, stored, stored->type) : NULL;
    note->stored = stored;
    return name && strlen(name) > 1 ? name : NULL;
}

/* The array that an element is of, or the member. */
static const char *array_name(const Value *address)
{
    while (!address->hint && (address->kind == VAL_PTRADD || address->kind == VAL_DECAY))
        address = address->args[0];
    return address->kind == VAL_FIELD ? address->args[0]->type->to->record->fields[address->i].name
                                      : stem(address->hint);
}

static const char *place_name(const Plan *plan, Value *address)
{
    Text name = {0};
    Value *base = memory_base(address);
    const char *kept = base->is_kept ? kept_value_name(plan, base) : NULL;
    if (kept)
        return kept;
    if (!name_array(plan, &name, address)) {
        const char *array = array_name(address);
        if (!array || !*array)
            return NULL;
        name = (Text){0};
        text_add(&name, array);
        if (!base->is_kept)
            text_add(&name, "_value");
    }
    if (is_first_element(plan, address))
        add_number(&name, 0);
    if (is_place_of_bar(address))
        text_add(&name, "_bar");
    return text_string(&name);
}

/* Not the places of what is kept; and a primal value is not called x_bar, though it may be an adjoint, too. */
static bool is_named_for(const Value *base, const Value *v)
{
    return !base->is_kept && is_bar(base->hint) == v->adjoint;
}

/* Where the value is read from, or goes to at once; NULL: nowhere. */
static Value *place_of(const Value *v)
{
    enum { SOON = 8 };
    if (v->kind == VAL_LOAD)
        return v->args[0];
    const Value *w = type_is_real(v->type) && v->block ? v->next : NULL;
    for (int k = 0; w && k < SOON; k++, w = w->next)
        if (ir_writes_value(w) && w->args[1] == v && is_named_for(memory_base(w->args[0]), v))
            return w->args[0];
    return NULL;
}

/* ---- operations ---- */

static const Value *without_casts(const Value *v)
{
    while (v->kind == VAL_CAST && type_is_pointer(v->type) == type_is_pointer(v->args[0]->type))
        v = v->args[0];
    return v;
}

/* A small whole number, or -1. */
static int whole_number(const Value *v)
{
    enum { LARGEST = 10 };
    if (v->kind == VAL_INT)
        return v->i >= 0 && v->i <= LARGEST ? (int)v->i : -1;
    const bool is_whole = v->kind == VAL_REAL && v->real >= 0 && v->real <= LARGEST && v->real == floorl(v->real);
    return is_whole ? (int)v->real : -1;
}

/* What one word says of an operand; NULL: nothing does. */
static const char *word(const Plan *plan, const Value *v, bool is_first)
{
    static const char *const numbers[] = {"zero", "one",   "two",   "three", "four", "five",
                                          "six",  "seven", "eight", "nine",  "ten"};
    v = without_casts(v);
    const int number = whole_number(v);
    if (number >= 0)
        return is_first ? numbers[number] : arena_printf("%d", number);
    if (ir_is_leaf(v->kind) || !is_folded(plan, v))
        return variable_name(plan, v);
    return v->kind == VAL_LOAD ? place_name(plan, v->args[0]) : NULL;
}

/* The words, unless they are too many. */
static const char *joined(const char *before, const char *x, const char *between, const char *y)
{
    if (!x || !y || strlen(before) + strlen(x) + strlen(between) + strlen(y) > LONGEST)
        return NULL;
    return arena_printf("%s%s%s%s", before, x, between, y);
}

static const char *or_else(const char *name, const char *otherwise)
{
    return name ? name : otherwise;
}

static const char *name_product(const Plan *plan, const Value *x, const Value *y)
{
    if (x == y)
        return joined("", word(plan, x, true), "_squared", "");
    if (simplify_is_real_constant(x, 0.5L) || simplify_is_real_constant(y, 0.5L))
        return joined("half_", word(plan, simplify_is_real_constant(x, 0.5L) ? y : x, true), "", "");
    return joined("", word(plan, x, true), "_times_", word(plan, y, false));
}

static const char *operation(const Value *v)
{
    switch (without_casts(v)->kind) {
    case VAL_ADD:
        return "sum";
    case VAL_SUB:
        return "difference";
    case VAL_MUL:
        return "product";
    case VAL_DIV:
        return "ratio";
    case VAL_NEG:
        return "negated";
    default:
        return NULL;
    }
}

/* The user's name for the first thing that the expression is about. */
static const char *subject(const Plan *plan, const Value *v)
{
    if (v->hint || v->kind == VAL_LOAD)
        return stem(v->hint ? v->hint : array_name(v->args[0]));
    if (ir_is_leaf(v->kind) || !is_folded(plan, v))
        return web_of(plan, v) ? stem(web_of(plan, v)->hint) : NULL;
    const char *name = NULL;
    for (int k = 0; k < v->nargs && !name; k++)
        name = type_is_pointer(v->args[k]->type) ? NULL : subject(plan, v->args[k]);
    return name;
}

/* A difference that begins with u is u_difference. */
static const char *name_kind(const Plan *plan, const Value *v)
{
    const char *kind = operation(v);
    return kind ? or_else(joined("", subject(plan, v), "_", kind), kind) : NULL;
}

static const char *name_function(const Plan *plan, const char *function, const Value *v)
{
    if (!function || function[0] == '_')
        return NULL;
    const char *before = arena_printf("%s_", function);
    const Value *x = without_casts(v->args[0]);
    const char *name = v->nargs > 1 ? joined(before, word(plan, x, false), "_", word(plan, v->args[1], false))
                                    : joined(before, word(plan, x, false), "", "");
    if (!name && x->kind == VAL_NEG && is_folded(plan, x))
        name = joined(before, "minus_", "", word(plan, x->args[0], false));
    if (!name)
        name = joined(before, subject(plan, x), "", "");
    return or_else(name, arena_printf("%s_value", function));
}

static const char *name_operation(const Plan *plan, const Value *v)
{
    switch (v->kind) {
    case VAL_ADD:
        return joined("", word(plan, v->args[0], true), "_plus_", word(plan, v->args[1], false));
    case VAL_SUB:
        return joined("", word(plan, v->args[0], true), "_minus_", word(plan, v->args[1], false));
    case VAL_MUL:
        return name_product(plan, v->args[0], v->args[1]);
    case VAL_DIV:
        if (simplify_is_real_constant(v->args[0], 1))
            return or_else(joined("inverse_", word(plan, v->args[1], false), "", ""), "inverse");
        return joined("", word(plan, v->args[0], true), "_over_", word(plan, v->args[1], false));
    case VAL_NEG:
        return joined("minus_", word(plan, v->args[0], false), "", "");
    case VAL_CAST:
        return joined("real_", word(plan, v->args[0], false), "", "");
    case VAL_MATH:
        return name_function(plan, v->rule->name, v);
    case VAL_PURE_CALL:
        return v->nargs ? name_function(plan, v->callee ? v->callee->name : v->text, v) : NULL;
    case VAL_CALL:
        return "result";
    case VAL_SELECT:
        return "chosen";
    default:
        return NULL;
    }
}

/* ---- adjoints ---- */

/* x_bar_2 and x_bar_scaled are named after x_bar. */
static const char *bar_in(const char *name)
{
    const char *end = name ? strstr(name, "_bar") : NULL;
    return end && (end[4] == '_' || !end[4]) ? arena_strndup(name, (size_t)(end + 4 - name)) : NULL;
}

static const char *bar_in_operands(const Plan *plan, const Value *v);

static const char *bar_of(const Plan *plan, const Value *v)
{
    if (ir_is_leaf(v->kind) || !is_folded(plan, v))
        return bar_in(variable_name(plan, v));
    if (v->kind == VAL_LOAD)
        return is_place_of_bar(v->args[0]) ? place_name(plan, v->args[0]) : NULL;
    return bar_in_operands(plan, v);
}

/* The adjoint that v is a multiple of, or a sum with: the first one that its expression reads. */
static const char *bar_in_operands(const Plan *plan, const Value *v)
{
    const char *bar = NULL;
    for (int k = 0; k < v->nargs && !bar; k++)
        bar = type_is_real(v->args[k]->type) ? bar_of(plan, v->args[k]) : NULL;
    return bar;
}

static const char *name_bar(const Value *v, const char *bar)
{
    const char *how = v->kind == VAL_ADD || v->kind == VAL_SUB ? "sum" : v->kind == VAL_NEG ? "negated" : "scaled";
    return arena_printf("%s_%s", bar, how);
}

/* ---- all ---- */

static const char *generic_name(const Type *type)
{
    return type->kind == TYPE_POINTER ? "p" : type->kind == TYPE_INT ? "k" : "t";
}

/* A real number that is computed; what it is the adjoint of, or how. */
static const char *computed_name(const Plan *plan, const Value *v)
{
    const char *bar = v->adjoint && v->kind != VAL_CALL ? bar_in_operands(plan, v) : NULL;
    if (bar)
        return name_bar(v, bar);
    return or_else(name_operation(plan, v), or_else(name_kind(plan, v), generic_name(v->type)));
}

/* n > 0 ? n : 0, how often a loop runs. */
static bool is_trip_count(const Value *v)
{
    v = without_casts(v);
    return v->kind == VAL_SELECT && v->args[0]->kind >= VAL_LT && v->args[0]->kind <= VAL_GE &&
           v->args[2]->kind == VAL_INT && v->args[2]->i == 0;
}

/* An index keeps to a letter unless it is a step away from one that the user has named. */
static const char *integer_name(const Plan *plan, const Value *v)
{
    if (is_trip_count(v))
        return "trips";
    if (v->kind != VAL_ADD && v->kind != VAL_SUB)
        return NULL;
    const Value *x = without_casts(v->args[0]);
    const char *name = x->hint ? name_operation(plan, v) : NULL;
    return name && strlen(name) <= LONGEST_INTEGER ? name : NULL;
}

const char *unnamed_array(const Plan *plan, const Value *array)
{
    const char *name = kept_value_name(plan, array);
    return name ? arena_printf("%s_was", name) : array->is_kept ? "kept" : "a";
}

const char *unnamed_base(const Plan *plan, const Value *v, const Type *type)
{
    Value *place = v ? place_of(v) : NULL;
    const char *name = place ? place_name(plan, place) : NULL;
    if (name)
        return name;
    if (v && v->kind >= VAL_EQ && v->kind <= VAL_LOR)
        return "taken";
    if (v && v->kind == VAL_ALLOC)
        return v->is_kept ? unnamed_array(plan, v) : "stored";
    if (v && plan->fn->body->nyields && plan->fn->body->yields[0] == v)
        return "value";
    if (v && type->kind == TYPE_INT)
        return or_else(integer_name(plan, v), generic_name(type));
    return v && type_is_real(v->type) ? computed_name(plan, v) : generic_name(type);
}
