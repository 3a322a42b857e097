/*
 * emit_expr.c: values as C expressions.
 *
 * The IR has every conversion as a VAL_CAST and every type exact. C converts by itself, so most casts need not be
 * printed: where the other operand or a prototype brings the value to the right type, and no compiler would warn. A
 * Piece therefore knows the type that C gives to its text, and a cast is dropped only where the result keeps its type
 * and value.
 */
#include "emit_expr.h"

#include <math.h>

/* ---- pieces ---- */

Piece piece(const char *text, Prec prec, Type *type)
{
    return (Piece){text, prec, type};
}

const char *wrapped(Piece p, Prec least)
{
    return p.prec < least ? arena_printf("(%s)", p.text) : p.text;
}

/* What stands behind a minus sign. */
const char *behind_minus(Piece p, Prec least)
{
    return p.prec < least || p.text[0] == '-' ? arena_printf("(%s)", p.text) : p.text;
}

Type *int_type(const Emitter *e)
{
    return e->module->types.int_;
}

/* ---- leaves ---- */

static Piece real_constant(Emitter *e, const Value *v)
{
    e->needs->math |= !isfinite(v->real);
    const char *text = real_text(v->type, v->real, v->text, emit_includes(e->module, "<float.h>"));
    return piece(text, text[0] == '-' ? PREC_UNARY : PREC_PRIMARY, v->type);
}

Piece int_constant(Emitter *e, const Value *v, bool plain)
{
    if (v->type->kind == TYPE_POINTER) {
        return piece("NULL", PREC_PRIMARY, v->type);
    }
    const char *text = int_text(v->type, v->i, plain);
    const Prec prec = text[0] == '-' ? PREC_UNARY : PREC_PRIMARY;
    return piece(text, prec, plain ? int_type(e) : v->type);
}

/* What a record result is stored to. */
static bool is_result_object(const Emitter *e, const Value *object)
{
    return object->i == RESULT_OBJECT || object->i >= e->fn->nparams;
}

const char *object_name(Emitter *e, const Value *object)
{
    switch (object->kind) {
    case VAL_GLOBAL:
        return object->global->name;
    case VAL_PARAM_OBJECT:
        return is_result_object(e, object) ? e->result_name : e->fn->params[object->i].name;
    default:
        return note_of(e->plan, object)->name;
    }
}

bool is_object(const Value *v)
{
    return v->kind == VAL_LOCAL || v->kind == VAL_GLOBAL || v->kind == VAL_PARAM_OBJECT;
}

static Piece leaf(Emitter *e, const Value *v)
{
    switch (v->kind) {
    case VAL_INT:
        return int_constant(e, v, v->type->rank == int_type(e)->rank && v->type->is_signed);
    case VAL_REAL:
        return real_constant(e, v);
    case VAL_STRING:
        return piece(v->text, PREC_PRIMARY, v->type);
    case VAL_FUNCTION:
        return piece(v->callee->name, PREC_PRIMARY, v->type);
    case VAL_LOCAL:
    case VAL_GLOBAL:
    case VAL_PARAM_OBJECT:
        return piece(arena_printf("&%s", object_name(e, v)), PREC_UNARY, v->type);
    case VAL_TAPE:
        return piece(arena_printf("&%s", note_of(e->plan, v)->name), PREC_UNARY, v->type);
    default:
        break;
    }
    const Web *web = web_of(e->plan, v);
    const char *name = web ? web->name : note_of(e->plan, v)->name;
    if (!name)
        diag_internal(v->loc, "value %u of kind %d has no name", v->id, (int)v->kind);
    return piece(name, PREC_PRIMARY, v->type);
}

/* ---- conversions ---- */

bool is_folded_cast(const Emitter *e, const Value *v)
{
    return v->kind == VAL_CAST && is_folded(e->plan, v);
}

/* An enum's integer type is what C takes its values for. */
static bool is_integer_of_enum(const Type *from, const Type *to)
{
    return from->is_enum && !to->is_enum && !to->is_bool && from->rank == to->rank && from->rank >= 3 &&
           from->is_signed == to->is_signed;
}

/* A cast that C does by itself before any arithmetic: char to int. */
static bool is_promotion(const Emitter *e, const Value *v)
{
    if (!is_folded_cast(e, v) || v->args[0]->type->kind != TYPE_INT || v->type->kind != TYPE_INT)
        return false;
    return is_integer_of_enum(v->args[0]->type, v->type) ||
           (!v->type->is_bool && type_same(promoted(e->module, v->args[0]->type), v->type));
}

static bool is_from_void(const Value *cast)
{
    const Type *from = cast->args[0]->type;
    return from->kind == TYPE_POINTER && from->to->kind == TYPE_VOID && cast->type->kind == TYPE_POINTER &&
           cast->type->to->kind != TYPE_VOID;
}

/* A cast that C does by itself where the other operand has the type already. Beside a pointer to void the other one
 * becomes a pointer to void, too. */
bool is_silent_cast(const Emitter *e, const Value *v)
{
    return is_folded_cast(e, v) && converts_silently(v->args[0]->type, v->type) && !is_from_void(v);
}

static Piece truth(Emitter *e, const Value *v)
{
    const Piece p = expr(e, v);
    if (is_boolean(e->plan, v))
        return p;
    const char *zero = v->type->kind == TYPE_REAL      ? real_text(v->type, 0, NULL, false)
                       : v->type->kind == TYPE_POINTER ? "NULL"
                                                       : "0";
    return piece(arena_printf("%s != %s", wrapped(p, PREC_SHIFT), zero), PREC_EQUALITY, int_type(e));
}

const char *type_text(const Type *type)
{
    return declare(type, "", NULL);
}

/* The name of a function is a pointer of its type. */
static bool is_function_of(const Value *x, const Type *pointer)
{
    return x->kind == VAL_FUNCTION && x->callee->type && type_is_pointer(pointer) &&
           type_same(pointer->to, x->callee->type);
}

static Piece cast(Emitter *e, const Value *v)
{
    const Value *x = v->args[0];
    Type *to = variable_type(v->type);
    if (is_function_of(x, to))
        return piece(x->callee->name, PREC_PRIMARY, v->type);
    if (to->kind == TYPE_POINTER && note_of(e->plan, v)->written)
        to = type_pointer(type_mutable(to->to));
    if (v->type->is_bool)
        return truth(e, x);
    const bool pointers = to->kind == TYPE_POINTER && x->type->kind == TYPE_POINTER;
    if (is_promotion(e, v) || (pointers && converts_silently(variable_type(x->type), to) &&
                               x->type->to->kind != TYPE_VOID && !address_leads_to_rows(e, x)))
        return expr(e, x);
    return piece(arena_printf("(%s)%s", type_text(to), behind_minus(expr(e, x), PREC_UNARY)), PREC_UNARY, v->type);
}

Piece expr_operand(Emitter *e, const Value *v)
{
    Piece p = is_promotion(e, v) ? expr_operand(e, v->args[0]) : expr(e, v);
    if (p.type && p.type->is_enum && is_promotion(e, v))
        p.type = v->type;
    return p;
}

void expr_balance(Emitter *e, const Value *x, const Value *y, Piece *left, Piece *right)
{
    Type *type = x->type;
    if (address_are_unlike(e, x, y)) {
        *left = address_to_scalar(e, x);
        *right = address_to_scalar(e, y);
        return;
    }
    *left = expr_operand(e, x);
    *right = expr_operand(e, y);
    const bool left_has_type = type_same(promoted(e->module, left->type), type);
    const bool right_has_type = type_same(promoted(e->module, right->type), type);
    if (y->kind == VAL_INT && left_has_type && x->kind != VAL_INT && y->type->kind == TYPE_INT)
        *right = int_constant(e, y, true);
    else if (x->kind == VAL_INT && right_has_type && y->kind != VAL_INT && x->type->kind == TYPE_INT)
        *left = int_constant(e, x, true);
    else if (is_silent_cast(e, y) && left_has_type)
        *right = expr_operand(e, y->args[0]);
    else if (is_silent_cast(e, x) && right_has_type)
        *left = expr_operand(e, x->args[0]);
}

/* ---- arithmetic ---- */

typedef struct {
    const char *spelling;
    Prec prec, left, right; /* of the operator, and the least that its operands need without parentheses */
} Operator;

static const Operator operators[VAL_KIND_COUNT] = {
    [VAL_ADD] = {"+", PREC_ADD, PREC_ADD, PREC_MUL},        [VAL_SUB] = {"-", PREC_ADD, PREC_ADD, PREC_MUL},
    [VAL_MUL] = {"*", PREC_MUL, PREC_MUL, PREC_UNARY},      [VAL_DIV] = {"/", PREC_MUL, PREC_MUL, PREC_UNARY},
    [VAL_REM] = {"%", PREC_MUL, PREC_MUL, PREC_UNARY},      [VAL_AND] = {"&", PREC_BITAND, PREC_UNARY, PREC_UNARY},
    [VAL_OR] = {"|", PREC_BITOR, PREC_UNARY, PREC_UNARY},   [VAL_XOR] = {"^", PREC_BITXOR, PREC_UNARY, PREC_UNARY},
    [VAL_SHL] = {"<<", PREC_SHIFT, PREC_UNARY, PREC_UNARY}, [VAL_SHR] = {">>", PREC_SHIFT, PREC_UNARY, PREC_UNARY},
    [VAL_EQ] = {"==", PREC_EQUALITY, PREC_ADD, PREC_ADD},   [VAL_NE] = {"!=", PREC_EQUALITY, PREC_ADD, PREC_ADD},
    [VAL_LT] = {"<", PREC_RELATION, PREC_ADD, PREC_ADD},    [VAL_LE] = {"<=", PREC_RELATION, PREC_ADD, PREC_ADD},
    [VAL_GT] = {">", PREC_RELATION, PREC_ADD, PREC_ADD},    [VAL_GE] = {">=", PREC_RELATION, PREC_ADD, PREC_ADD},
    [VAL_LAND] = {"&&", PREC_AND, PREC_AND, PREC_BITOR},    [VAL_LOR] = {"||", PREC_OR, PREC_EQUALITY, PREC_EQUALITY},
};

static Piece infix(ValueKind kind, Piece left, Piece right, Type *type)
{
    const Operator *op = &operators[kind];
    const bool is_chain = kind == VAL_LAND || kind == VAL_LOR;
    const char *l = is_chain && left.prec == op->prec ? left.text : wrapped(left, op->left);
    const char *r = is_chain && right.prec == op->prec ? right.text : wrapped(right, op->right);
    if (ir_is_comparison(kind) && l[0] == '!')
        l = arena_printf("(%s)", l);
    if ((kind == VAL_ADD || kind == VAL_SUB) && r[0] == '-')
        r = arena_printf("(%s)", r);
    return piece(arena_printf("%s %s %s", l, op->spelling, r), op->prec, type);
}

bool is_negative_constant(const Value *v)
{
    if (v->kind == VAL_REAL)
        return signbit(v->real) && !isnan(v->real);
    return v->kind == VAL_INT && v->type->is_signed && v->i < 0 && v->i > -INT64_C(1000000000);
}

static Piece negated_constant(Emitter *e, const Value *v)
{
    Value opposite = *v;
    opposite.i = v->kind == VAL_INT ? -v->i : 0;
    opposite.real = -v->real;
    opposite.text = NULL;
    return v->kind == VAL_INT ? int_constant(e, &opposite, true) : real_constant(e, &opposite);
}

/* Is v written as terms of its own type, each of which could as well be added by itself? */
static bool is_sum_of_terms(const Emitter *e, const Value *v)
{
    while (is_folded(e->plan, v) && (v->kind == VAL_ADD || v->kind == VAL_SUB))
        v = v->args[0];
    return !is_folded_cast(e, v);
}

/* a + (b + c) is b + c + a, and where sums wrap around, a + b + c. */
Piece expr_int_sum(Emitter *e, const Value *y, Piece left, Piece right, Type *type)
{
    if (is_negative_constant(y))
        return infix(VAL_SUB, left, negated_constant(e, y), type);
    const bool wraps = !type->is_signed && type->size >= int_type(e)->size && type_same(right.type, type);
    if (right.prec == PREC_ADD && wraps && is_sum_of_terms(e, y))
        right.prec = PREC_MUL;
    else if (right.prec == PREC_ADD && left.prec > PREC_ADD)
        return infix(VAL_ADD, right, left, type);
    return infix(VAL_ADD, left, right, type);
}

/* x + (-y) reads better as x - y, and is the same. */
static Piece sum(Emitter *e, const Value *v)
{
    const Value *x = v->args[0], *y = v->args[1], *lanes = lanes_summed(e->plan, v);
    if (lanes)
        return piece(lanes_call(e->needs, v->type, object_name(e, lanes)), PREC_POSTFIX, v->type);
    const ValueKind opposite = v->kind == VAL_ADD ? VAL_SUB : VAL_ADD;
    const bool folded_neg = y->kind == VAL_NEG && is_folded(e->plan, y) && y->type->kind == TYPE_REAL;
    Piece left, right;
    expr_balance(e, x, folded_neg ? y->args[0] : y, &left, &right);
    if (folded_neg)
        return infix(opposite, left, right, v->type);
    if (is_negative_constant(y))
        return infix(opposite, left, negated_constant(e, y), v->type);
    if (v->kind == VAL_ADD && v->type->kind == TYPE_INT)
        return expr_int_sum(e, y, left, right, v->type);
    return infix(v->kind, left, right, v->type);
}

/* The name of a parameter hides an enumerator's; those of other variables keep clear of it (emit_name.c). */
static const char *enumerator_name(const Emitter *e, const Type *type, int64_t value)
{
    const char *name = NULL;
    for (size_t k = 0; !name && k < type->enumerators.count; k++)
        if (type->enumerators.at[k].value == value)
            name = type->enumerators.at[k].name;
    for (int k = 0; name && k < e->fn->nparams; k++)
        if (strcmp(e->fn->params[k].name, name) == 0)
            return NULL;
    return name;
}

/* An enum is compared with its enumerators. */
static void balance_comparison(Emitter *e, const Value *x, const Value *y, Piece *left, Piece *right)
{
    expr_balance(e, x, y, left, right);
    const bool is_enum = y->kind == VAL_INT && is_folded_cast(e, x) && is_promotion(e, x);
    const char *name = is_enum ? enumerator_name(e, x->args[0]->type, y->i) : NULL;
    if (name)
        *right = piece(name, PREC_PRIMARY, right->type);
}

/* 0 < n as n > 0. */
static Piece turned_comparison(Emitter *e, const Value *v)
{
    static const ValueKind turned[] = {VAL_EQ, VAL_NE, VAL_GT, VAL_GE, VAL_LT, VAL_LE};
    Piece left, right;
    balance_comparison(e, v->args[1], v->args[0], &right, &left);
    return infix(turned[v->kind - VAL_EQ], right, left, v->type);
}

static bool is_constant(const Value *v)
{
    return v->kind == VAL_INT || v->kind == VAL_REAL;
}

/* x != x, as the rules of fmax and fmin ask for NaN */
static Piece is_nan(Emitter *e, const Value *x)
{
    e->needs->math = true;
    return piece(arena_printf("isnan(%s)", expr(e, x).text), PREC_POSTFIX, e->fn->module->types.int_);
}

static Piece unary(Emitter *e, const Value *v, const char *op)
{
    return piece(arena_printf("%s%s", op, behind_minus(expr_operand(e, v->args[0]), PREC_UNARY)), PREC_UNARY, v->type);
}

/* i * -1, as pointers that walk backwards are made of */
static bool is_minus_once(const Value *v)
{
    const Value *y = v->args[1];
    return v->kind == VAL_MUL && y->kind == VAL_INT && y->i == -1 && y->type->is_signed;
}

static Piece binary(Emitter *e, const Value *v)
{
    Piece left, right;
    if (v->kind == VAL_NE && v->adjoint && v->args[0] == v->args[1])
        return is_nan(e, v->args[0]);
    if (ir_is_comparison(v->kind) && is_constant(v->args[0]) && !is_constant(v->args[1]))
        return turned_comparison(e, v);
    if (is_minus_once(v))
        return unary(e, v, "-");
    if (v->kind == VAL_SHL || v->kind == VAL_SHR) {
        left = expr_operand(e, v->args[0]);
        right = expr_operand(e, v->args[1]);
    } else if (ir_is_comparison(v->kind)) {
        balance_comparison(e, v->args[0], v->args[1], &left, &right);
    } else {
        expr_balance(e, v->args[0], v->args[1], &left, &right);
    }
    return infix(v->kind, left, right, v->type);
}

static Piece logical(Emitter *e, const Value *v)
{
    return infix(v->kind, expr(e, v->args[0]), expr(e, v->args[1]), v->type);
}

/* A choice between pointers to void, whose casts C does by itself elsewhere, is one only if its sides are: here they
 * have what they were cast from beside a NULL. */
static Piece as_void_pointer(const Value *v, Piece p)
{
    if (v->kind == VAL_INT || v->type->kind != TYPE_POINTER || v->type->to->kind != TYPE_VOID ||
        p.type->kind != TYPE_POINTER || p.type->to->kind == TYPE_VOID)
        return p;
    return piece(arena_printf("(%s)%s", type_text(v->type), wrapped(p, PREC_UNARY)), PREC_UNARY, v->type);
}

static Piece choice(Emitter *e, const Value *condition, const Value *x, const Value *y, Type *type)
{
    Piece left, right;
    expr_balance(e, x, y, &left, &right);
    left = as_void_pointer(x, left);
    right = as_void_pointer(y, right);
    const char *c = wrapped(expr(e, condition), PREC_OR);
    const char *text = arena_printf("%s ? %s : %s", c, wrapped(left, PREC_OR), wrapped(right, PREC_TERNARY));
    return piece(text, PREC_TERNARY, type);
}

/* ---- branches as operators ---- */

static bool is_int(const Value *v, int64_t i)
{
    return v->kind == VAL_INT && v->type->kind == TYPE_INT && v->i == i;
}

static Piece negation(Emitter *e, const Value *v);

/* `a && b` is a branch that gives b != 0 or 0. */
static Piece operator_result(Emitter *e, const Value *region)
{
    const Value *c = region->args[0], *x = region->blocks[0]->yields[0], *y = region->blocks[1]->yields[0];
    if (x->type->kind == TYPE_INT && is_boolean(e->plan, x) && is_boolean(e->plan, y)) {
        if (is_int(y, 0))
            return infix(VAL_LAND, expr(e, c), expr(e, x), int_type(e));
        if (is_int(x, 1))
            return infix(VAL_LOR, expr(e, c), expr(e, y), int_type(e));
        if (is_int(x, 0))
            return infix(VAL_LAND, negation(e, c), expr(e, y), int_type(e));
        if (is_int(y, 1))
            return infix(VAL_LOR, negation(e, c), expr(e, x), int_type(e));
    }
    return choice(e, c, x, y, region->results[0]->type);
}

static Piece negation(Emitter *e, const Value *v)
{
    if (is_folded(e->plan, v) && v->kind == VAL_LNOT)
        return truth(e, v->args[0]);
    if (is_folded(e->plan, v) && ir_is_comparison(v->kind) && ir_has_opposite(v)) {
        Piece left, right;
        balance_comparison(e, v->args[0], v->args[1], &left, &right);
        return infix(ir_opposite(v->kind), left, right, v->type);
    }
    return piece(arena_printf("!%s", wrapped(expr(e, v), PREC_UNARY)), PREC_UNARY, int_type(e));
}

const char *expr_condition(Emitter *e, const Value *v, bool negated)
{
    return negated ? negation(e, v).text : expr(e, v).text;
}

/* ---- all of them ---- */

Piece expr_definition(Emitter *e, const Value *v)
{
    switch (v->kind) {
    case VAL_ADD:
    case VAL_SUB:
        return sum(e, v);
    case VAL_LAND:
    case VAL_LOR:
        return logical(e, v);
    case VAL_NEG:
        return unary(e, v, "-");
    case VAL_NOT:
        return unary(e, v, "~");
    case VAL_LNOT:
        return unary(e, v, "!");
    case VAL_SELECT:
        return choice(e, v->args[0], v->args[1], v->args[2], v->type);
    case VAL_CAST:
        return cast(e, v);
    case VAL_MATH:
        return expr_math(e, v);
    case VAL_PURE_CALL:
        return expr_pure_call(e, v);
    case VAL_PTRADD:
    case VAL_FIELD:
    case VAL_DECAY:
        return expr_address(e, v);
    case VAL_PTRDIFF:
        return expr_difference(e, v);
    case VAL_PASSIVE:
        return expr(e, v->args[0]);
    case VAL_SIZEOF:
        return piece(arena_printf("sizeof(%s)", type_text(v->aux_type)), PREC_UNARY, v->type);
    case VAL_LOAD:
        return expr_lvalue(e, v->args[0]);
    case VAL_CALL:
        return ir_is_volatile(v) ? expr_lvalue(e, v->args[0]) : piece(expr_call(e, v), PREC_POSTFIX, v->type);
    case VAL_RESULT:
        return operator_result(e, v->region);
    default:
        if (operators[v->kind].spelling)
            return binary(e, v);
        diag_internal(v->loc, "value %u of kind %d is no expression", v->id, (int)v->kind);
    }
}

/* What is stored through may come from a pointer that C calls one to const: a shadow record's member. */
static bool loses_const(const Emitter *e, const Value *v, bool defining)
{
    if (v->type->kind != TYPE_POINTER || !note_of(e->plan, v)->written)
        return false;
    const bool is_read = v->kind == VAL_LOAD && (defining || is_folded(e->plan, v));
    return (is_read || v->kind == VAL_PARAM) && type_is_const(v->type->to);
}

static Piece without_const(const Value *v, Piece p)
{
    Type *type = type_pointer(type_mutable(variable_type(v->type)->to));
    return piece(arena_printf("(%s)%s", type_text(type), wrapped(p, PREC_UNARY)), PREC_UNARY, type);
}

Piece expr(Emitter *e, const Value *v)
{
    const Piece p = is_folded(e->plan, v) ? expr_definition(e, v) : leaf(e, v);
    return loses_const(e, v, false) ? without_const(v, p) : p;
}

/* Is v, a pointer to void that is printed as what it was cast from, (void *)m as m, something that C does not convert?
 */
static bool is_other_by_cast(Emitter *e, const Value *v, const Type *to)
{
    if (v->type->kind != TYPE_POINTER || v->type->to->kind != TYPE_VOID || !is_folded_cast(e, v))
        return false;
    return !converts_silently(expr(e, v).type, to);
}

static Piece assigned(Emitter *e, const Value *v, const Type *to, bool folded)
{
    if (v->kind == VAL_INT && to->kind == TYPE_INT && v->type->kind == TYPE_INT)
        return piece(int_text(v->type, v->i, true), PREC_UNARY, v->type);
    if (folded && v->kind == VAL_CAST && type_same(v->type, to) && converts_silently(v->args[0]->type, to) &&
        !to->is_bool && !is_other_by_cast(e, v->args[0], to))
        return assigned(e, v->args[0], to, is_folded(e->plan, v->args[0]));
    if (folded && ir_continues_address(v) && has_run_time_extent(v)) {
        const Value *base;
        if (!address_is_flat(e, v, true, &base) && to->kind == TYPE_POINTER && to->to->kind != TYPE_ARRAY)
            return address_first_scalar(e, v);
    }
    if (v->kind == VAL_PARAM && has_run_time_extent(v) && to->kind == TYPE_POINTER && to->to->kind != TYPE_ARRAY &&
        to->to->kind != TYPE_VOID)
        return address_to_scalar(e, v);
    const Piece p = folded ? expr_definition(e, v) : leaf(e, v);
    return loses_const(e, v, folded) ? without_const(v, p) : p;
}

const char *expr_assigned(Emitter *e, const Value *v, const Type *to)
{
    return assigned(e, v, to, is_folded(e->plan, v)).text;
}

const char *expr_definition_assigned(Emitter *e, const Value *v, const Type *to)
{
    return assigned(e, v, to, true).text;
}

/* An address in a constant table, also where the memory there counts as written. */
static bool is_in_constant(const Value *address)
{
    while (ir_continues_address(address))
        address = address->args[0];
    return address->kind == VAL_GLOBAL && type_is_const(address->type->to);
}

const char *expr_given(Emitter *e, const Value *v, Type *to)
{
    const Piece p = assigned(e, v, to, is_folded(e->plan, v));
    const bool takes_const = to->kind != TYPE_POINTER || to->to->kind == TYPE_ARRAY || type_is_const(to->to) ||
                             v->type->kind != TYPE_POINTER || !type_same(to->to, v->type->to);
    return !takes_const && (points_to_const(e->plan, v) || is_in_constant(v)) ? without_const(v, p).text : p.text;
}
