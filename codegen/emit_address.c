/*
 * emit_address.c: addresses, and what stands at them, as C expressions: p[i].x, &a[i][j], p + i.
 *
 * Arrays of run-time extents have two faces: declared ones are arrays of rows to C, as are variables whose rows are
 * known (plan_rows.c); other variables of the output that lead to such rows point to their first scalars.
 */
#include "emit_expr.h"

/* ---- paths ---- */

static bool is_array_step(const Emitter *e, const Value *v)
{
    return is_folded(e->plan, v) && (v->kind == VAL_PTRADD || v->kind == VAL_DECAY);
}

/*
 * A path into an array of run-time extents whose start is not declared as such (a variable of ours, a cast): C does not
 * know the extents there, so the index is computed: p[i * m + j]. *base gets the start.
 */
bool address_is_flat(const Emitter *e, const Value *address, bool defining, const Value **base)
{
    bool variable = has_run_time_extent(address);
    for (; defining ? address->kind != VAL_FIELD : is_array_step(e, address); address = address->args[0]) {
        variable |= has_run_time_extent(address->args[0]);
        defining = false;
    }
    *base = address;
    return variable && address->kind != VAL_PARAM && !is_object(address) && address->kind != VAL_FIELD &&
           !note_of(e->plan, address)->rows;
}

/* Rows of run-time size, as C sees it: not those that a variable leads to by their first scalar. */
bool address_leads_to_rows(const Emitter *e, const Value *pointer)
{
    const Value *base;
    if (note_of(e->plan, pointer)->rows)
        return true;
    if (pointer->kind == VAL_PARAM || pointer->kind == VAL_LOCAL)
        return has_run_time_extent(pointer);
    return is_folded(e->plan, pointer) && ir_continues_address(pointer) && has_run_time_extent(pointer) &&
           !address_is_flat(e, pointer, true, &base);
}

static bool is_null_constant(const Value *v)
{
    return v->kind == VAL_INT && v->type->kind == TYPE_POINTER;
}

/* Of two pointers to rows of run-time size, one in a variable, which points to scalars, and one that C knows as rows.
 */
bool address_are_unlike(const Emitter *e, const Value *x, const Value *y)
{
    return x->type->kind == TYPE_POINTER && y->type->kind == TYPE_POINTER && !is_null_constant(x) &&
           !is_null_constant(y) && address_leads_to_rows(e, x) != address_leads_to_rows(e, y);
}

static Piece as_scalars(Piece rows, Type *type)
{
    return piece(arena_printf("(%s)%s", type_text(type), wrapped(rows, PREC_UNARY)), PREC_UNARY, type);
}

/* A pointer to rows as one to their first scalar. */
Piece address_to_scalar(Emitter *e, const Value *pointer)
{
    const Piece p = expr(e, pointer);
    return address_leads_to_rows(e, pointer) ? as_scalars(p, variable_type(pointer->type)) : p;
}

/* ---- elements and members ---- */

const char *expr_index(Emitter *e, const Value *index)
{
    /* p[i] and p[(size_t)i] are one place */
    while (is_folded_cast(e, index) && index->type->kind == TYPE_INT && index->args[0]->type->kind == TYPE_INT &&
           (converts_silently(index->args[0]->type, index->type) || index->type->size == 8))
        index = index->args[0];
    return index->kind == VAL_INT ? int_text(int_type(e), index->i, true) : expr_operand(e, index).text;
}

static const char *flat_term(Emitter *e, const Value *step)
{
    const Value *index = step->args[1];
    const char *i = index->type->is_signed && (index->kind != VAL_INT || index->i < 0)
                        ? arena_printf("(size_t)%s", wrapped(expr_operand(e, index), PREC_UNARY))
                        : wrapped(expr_operand(e, index), PREC_MUL);
    if (step->nargs > 2)
        return arena_printf("%s * %s", i, wrapped(expr_operand(e, step->args[2]), PREC_UNARY));
    const int64_t scale = type_scalar_count(step->type->to);
    return scale == 1 ? i : arena_printf("%s * %lld", i, (long long)scale);
}

static const char *flat_offset(Emitter *e, const Value *address, const Value *base)
{
    const char *offset = NULL;
    for (; address != base; address = address->args[0])
        if (address->kind == VAL_PTRADD) {
            const char *term = flat_term(e, address);
            offset = offset ? arena_printf("%s + %s", term, offset) : term;
        }
    return offset;
}

/* The text of a pointer before `[`. */
/* A pointer that something is read or written through. Null is there in code that is never reached; it needs a type. */
static const char *followed(Emitter *e, const Value *pointer, Prec least)
{
    const Piece text = expr(e, pointer);
    if (pointer->kind != VAL_INT)
        return wrapped(text, least);
    return arena_printf("((%s)%s)", declare(type_pointer(type_mutable(pointer->type->to)), "", NULL), text.text);
}

static const char *before_brackets(Emitter *e, const Value *pointer)
{
    return followed(e, pointer, PREC_POSTFIX);
}

/* A signed counter that begins at 0 or more and goes up. */
static bool counts_up_from_zero(const Value *v)
{
    const Value *loop = v->kind == VAL_COUNTER ? v->region : NULL;
    return loop && v->type->kind == TYPE_INT && v->type->is_signed && loop->step > 0 && loop->from->kind == VAL_INT &&
           loop->from->i >= 0;
}

/* Is p + a and then b further also p + (a + b)? For indices of one type, or where b's values are among a's. */
static bool indices_add_up(const Emitter *e, const Value *inner, const Value *outer)
{
    if (inner->kind != VAL_PTRADD || !is_folded(e->plan, inner) || outer->nargs > 2 || inner->nargs > 2)
        return false;
    const Type *type = inner->args[1]->type;
    if (!type->is_signed && type->size == 8 && type->name && counts_up_from_zero(outer->args[1]))
        return true;
    return type->size >= int_type(e)->size && type_same(type, outer->args[1]->type);
}

/* What is between the brackets, where `base` is before them. */
static Piece summed_index(Emitter *e, const Value *address, const Value **base)
{
    const Value *inner = address->args[0], *second = address->args[1];
    *base = inner;
    if (!indices_add_up(e, inner, address))
        return piece(expr_index(e, second), PREC_COMMA, second->type);
    const Value *first = inner->args[1];
    Type *type = first->type;
    Piece left, right;
    if (!type_same(type, second->type)) {
        left = expr(e, first);
        right = piece(arena_printf("(%s)%s", type->name, wrapped(expr(e, second), PREC_UNARY)), PREC_UNARY, type);
    } else {
        expr_balance(e, first, second, &left, &right);
    }
    if (indices_add_up(e, inner->args[0], inner))
        left = summed_index(e, inner, base);
    else
        *base = inner->args[0];
    return expr_int_sum(e, second, left, right, left.type);
}

static Piece element(Emitter *e, const Value *address)
{
    const Value *base;
    const char *index = summed_index(e, address, &base).text;
    return piece(arena_printf("%s[%s]", before_brackets(e, base), index), PREC_POSTFIX, address->type->to);
}

static bool stands_for_object(const Emitter *e, const Value *address)
{
    return is_object(address) || (is_folded(e->plan, address) && ir_continues_address(address));
}

/* `s.` or `p->`; members of anonymous members are members of what they are in. */
static const char *before_member(Emitter *e, const Value *record)
{
    if (record->kind == VAL_FIELD && is_folded(e->plan, record) &&
        !*record->args[0]->type->to->record->fields[record->i].name)
        return before_member(e, record->args[0]);
    if (stands_for_object(e, record))
        return arena_printf("%s.", wrapped(expr_lvalue(e, record), PREC_POSTFIX));
    return arena_printf("%s->", followed(e, record, PREC_POSTFIX));
}

static Piece member(Emitter *e, const Value *address)
{
    const Record *record = address->args[0]->type->to->record;
    const char *before = before_member(e, address->args[0]);
    return piece(arena_printf("%s%s", before, record->fields[address->i].name), PREC_POSTFIX, address->type->to);
}

static bool is_array_like(const Emitter *e, const Value *pointer)
{
    if (pointer->kind == VAL_PARAM && e->fn->params[pointer->i].nextents > 0)
        return true;
    return note_of(e->plan, pointer)->indexed;
}

/* *address; `defining`: the address has a name, but is spelled out here. */
static Piece place(Emitter *e, const Value *address, bool defining)
{
    Type *type = address->type->to;
    const Value *base;
    if (is_object(address))
        return piece(object_name(e, address), PREC_PRIMARY, type);
    defining &= ir_continues_address(address);
    if (address_is_flat(e, address, defining, &base)) {
        const char *offset = flat_offset(e, address, base);
        return piece(arena_printf("%s[%s]", before_brackets(e, base), offset ? offset : "0"), PREC_POSTFIX, type);
    }
    if (defining || is_folded(e->plan, address)) {
        if (address->kind == VAL_PTRADD)
            return element(e, address);
        if (address->kind == VAL_FIELD)
            return member(e, address);
        if (address->kind == VAL_DECAY)
            return piece(arena_printf("%s[0]", wrapped(expr_lvalue(e, address->args[0]), PREC_POSTFIX)), PREC_POSTFIX,
                         type);
    }
    if (is_array_like(e, address))
        return piece(arena_printf("%s[0]", before_brackets(e, address)), PREC_POSTFIX, type);
    return piece(arena_printf("*%s", followed(e, address, PREC_UNARY)), PREC_UNARY, type);
}

Piece expr_lvalue(Emitter *e, const Value *address)
{
    return place(e, address, false);
}

/* ---- pointers ---- */

static Piece pointer_sum(Emitter *e, const Value *v)
{
    const Value *index = v->args[1];
    if (v->type->to->kind == TYPE_RECORD)
        return piece(arena_printf("&%s", wrapped(element(e, v), PREC_UNARY)), PREC_UNARY, v->type);
    const char *p = wrapped(expr(e, v->args[0]), PREC_ADD);
    if (is_negative_constant(index))
        return piece(arena_printf("%s - %lld", p, -(long long)index->i), PREC_ADD, v->type);
    const Piece i = index->kind == VAL_INT ? int_constant(e, index, true) : expr_operand(e, index);
    return piece(arena_printf("%s + %s", p, behind_minus(i, PREC_MUL)), PREC_ADD, v->type);
}

/* A step over one row of run-time size, to the next one or to the one before. */
static bool is_row_step(const Value *v, const Value *base)
{
    const Value *index = v->kind == VAL_PTRADD && v->nargs > 2 && v->args[0] == base ? v->args[1] : NULL;
    return index && index->kind == VAL_INT && (index->i == 1 || index->i == -1);
}

static Piece flat_pointer(Emitter *e, const Value *v, const Value *base)
{
    if (is_row_step(v, base))
        return piece(arena_printf("%s %s %s", wrapped(expr(e, base), PREC_ADD), v->args[1]->i > 0 ? "+" : "-",
                                  wrapped(expr_operand(e, v->args[2]), PREC_MUL)),
                     PREC_ADD, variable_type(v->type));
    const char *offset = flat_offset(e, v, base);
    const Piece p = expr(e, base);
    return offset ? piece(arena_printf("%s + %s", wrapped(p, PREC_ADD), offset), PREC_ADD, variable_type(v->type)) : p;
}

/* The array itself: C makes a pointer of it. */
static Piece decayed(Piece array, Type *type)
{
    return piece(array.text, array.prec, type);
}

Piece expr_address(Emitter *e, const Value *v)
{
    const Value *base;
    if (address_is_flat(e, v, true, &base))
        return flat_pointer(e, v, base);
    if (v->kind == VAL_PTRADD)
        return pointer_sum(e, v);
    if (v->kind == VAL_DECAY)
        return decayed(expr_lvalue(e, v->args[0]), v->type);
    return piece(arena_printf("&%s", wrapped(member(e, v), PREC_UNARY)), PREC_UNARY, v->type);
}

/*
 * An array as an lvalue is a pointer to its first element; more brackets reach the scalar, where the rows between are
 * sure to be there.
 */
Piece address_first_scalar(Emitter *e, const Value *pointer)
{
    Type *type = variable_type(pointer->type);
    if (pointer->kind == VAL_PTRADD && pointer->type->to->to->kind == TYPE_ARRAY)
        return as_scalars(expr_address(e, pointer), type);
    Text text = {0};
    text_add(&text, wrapped(place(e, pointer, true), PREC_POSTFIX));
    for (const Type *t = pointer->type->to->to; t->kind == TYPE_ARRAY; t = t->to)
        text_add(&text, "[0]");
    return piece(text_string(&text), PREC_POSTFIX, type);
}

Piece expr_difference(Emitter *e, const Value *v)
{
    const Value *x = v->args[0], *y = v->args[1];
    const bool by_scalars = v->nargs > 2; /* clang says that a difference of rows may be one of nothing */
    const Piece left = by_scalars ? address_to_scalar(e, x) : expr(e, x),
                right = by_scalars ? address_to_scalar(e, y) : expr(e, y);
    const char *text = arena_printf("%s - %s", wrapped(left, PREC_ADD), behind_minus(right, PREC_MUL));
    if (by_scalars)
        return piece(arena_printf("(%s) / (ptrdiff_t)%s", text, wrapped(expr(e, v->args[2]), PREC_UNARY)), PREC_MUL,
                     v->type);
    return piece(text, PREC_ADD, v->type);
}
