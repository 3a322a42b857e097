/*
 * simplify.c: algebra on values as they are built; see simplify.h for what may be changed and what may not.
 */
#include "simplify.h"

#include <math.h>

#include "rules.h"

/* ---- integers ---- */

int64_t simplify_wrap(const Type *type, int64_t i)
{
    if (type->kind != TYPE_INT)
        return i;
    if (type->is_bool)
        return i != 0;
    if (type->size >= 8 || type->size == 0)
        return i;
    const int shift = 64 - 8 * (int)type->size;
    const uint64_t bits = (uint64_t)i << shift;
    return type->is_signed ? (int64_t)bits >> shift : (int64_t)(bits >> shift);
}

static bool is_int(const Value *v, int64_t i)
{
    return v->kind == VAL_INT && v->i == i;
}

/* Unsigned long values above INT64_MAX would need another comparison and division than int64_t's. */
static bool fits_signed(const Type *type, int64_t i)
{
    return type->is_signed || type->size < 8 || i >= 0;
}

static bool fold_ints(ValueKind kind, const Type *type, int64_t x, int64_t y, int64_t *out)
{
    switch (kind) {
    case VAL_ADD:
        return !__builtin_add_overflow(x, y, out);
    case VAL_SUB:
        return !__builtin_sub_overflow(x, y, out);
    case VAL_MUL:
        return !__builtin_mul_overflow(x, y, out);
    case VAL_DIV:
        *out = y ? x / y : 0;
        return y > 0 && fits_signed(type, x);
    case VAL_REM:
        *out = y ? x % y : 0;
        return y > 0 && fits_signed(type, x);
    case VAL_AND:
        *out = x & y;
        return true;
    case VAL_OR:
        *out = x | y;
        return true;
    case VAL_XOR:
        *out = x ^ y;
        return true;
    case VAL_LAND:
        *out = x && y;
        return true;
    case VAL_LOR:
        *out = x || y;
        return true;
    case VAL_EQ:
        *out = x == y;
        return true;
    case VAL_NE:
        *out = x != y;
        return true;
    case VAL_LT:
        *out = x < y;
        return fits_signed(type, x) && fits_signed(type, y);
    case VAL_LE:
        *out = x <= y;
        return fits_signed(type, x) && fits_signed(type, y);
    case VAL_GT:
        *out = x > y;
        return fits_signed(type, x) && fits_signed(type, y);
    case VAL_GE:
        *out = x >= y;
        return fits_signed(type, x) && fits_signed(type, y);
    default:
        return false;
    }
}

/* The operation on constants, where it neither overflows nor traps. */
static Value *fold_constants(Builder *b, ValueKind kind, Type *type, const Value *x, const Value *y)
{
    int64_t result;
    const Type *operand = x->type;
    const bool nulls = operand->kind == TYPE_POINTER && (kind == VAL_EQ || kind == VAL_NE);
    if ((operand->kind != TYPE_INT && !nulls) || !fold_ints(kind, operand, x->i, y->i, &result))
        return NULL;
    if (operand->is_signed && simplify_wrap(type, result) != result)
        return NULL;
    return ir_int(b, type, result);
}

static Value *simplify_ints(ValueKind kind, Value *x, Value *y)
{
    switch (kind) {
    case VAL_ADD:
        return is_int(y, 0) ? x : is_int(x, 0) ? y : NULL;
    case VAL_SUB:
        return is_int(y, 0) ? x : NULL;
    case VAL_MUL:
        if (is_int(x, 0) || is_int(y, 1))
            return x;
        return is_int(y, 0) || is_int(x, 1) ? y : NULL;
    case VAL_DIV:
    case VAL_SHL:
    case VAL_SHR:
        return is_int(y, kind == VAL_DIV) ? x : NULL;
    default:
        return NULL;
    }
}

/* (i + c1) + c2 is i + (c1 + c2), and so with -: signed arithmetic does not wrap, unsigned always does. */
static Value *add_constants(Builder *b, ValueKind kind, Type *type, Value *x, Value *y)
{
    if ((kind != VAL_ADD && kind != VAL_SUB) || y->kind != VAL_INT)
        return NULL;
    if ((x->kind != VAL_ADD && x->kind != VAL_SUB) || x->args[1]->kind != VAL_INT)
        return NULL;
    const int64_t inner = x->kind == VAL_ADD ? x->args[1]->i : -x->args[1]->i;
    const int64_t sum = inner + (kind == VAL_ADD ? y->i : -y->i);
    if (sum < -(1 << 20) || sum > 1 << 20)
        return NULL;
    if (sum < 0)
        return ir_binary(b, VAL_SUB, type, x->args[0], ir_int(b, type, -sum));
    return ir_binary(b, VAL_ADD, type, x->args[0], ir_int(b, type, sum));
}

/* ---- reals, in adjoints only ---- */

bool simplify_is_real_constant(const Value *v, long double x)
{
    return v->kind == VAL_REAL && v->real == x && !signbit(v->real) == !signbit(x);
}

static bool is_one(const Value *v)
{
    return simplify_is_real_constant(v, 1.0L);
}

static bool is_minus_one(const Value *v)
{
    return simplify_is_real_constant(v, -1.0L);
}

static bool is_neg(const Value *v)
{
    return v->kind == VAL_NEG;
}

static long double round_to(const Type *type, long double x)
{
    return type->rank == 1 ? (long double)(float)x : type->rank == 2 ? (long double)(double)x : x;
}

static Value *negate(Builder *b, Type *type, Value *x)
{
    return ir_unary(b, VAL_NEG, type, x);
}

/* The adjoint of log(a / b), or of pow and the like, comes as g / (a / b): what follows need not divide by b again. */
static bool is_over_quotient(const Value *v)
{
    return v->kind == VAL_DIV && v->args[1]->kind == VAL_DIV && type_same(v->type, v->args[1]->type) &&
           type_same(v->type, v->args[1]->args[0]->type);
}

static bool is_power_of_two(const Value *v)
{
    int exponent;
    return fabsl(frexpl(v->real, &exponent)) == 0.5L;
}

/* c1 * (c2 * x) is (c1 * c2) * x where one of the constants only moves the exponent. */
static Value *scale(Builder *b, Type *type, const Value *c1, const Value *product)
{
    if (product->kind != VAL_MUL || product->args[0]->kind != VAL_REAL || !type_same(type, product->type) ||
        (!is_power_of_two(c1) && !is_power_of_two(product->args[0])))
        return NULL;
    Value *c = ir_real(b, type, round_to(type, c1->real * product->args[0]->real), NULL);
    return ir_binary(b, VAL_MUL, type, c, product->args[1]);
}

/* 2.0 * (g * (0.5 * x)) is g * x: the adjoint of a square whose root follows. */
static Value *cancel(Builder *b, Type *type, const Value *c, const Value *product)
{
    if (product->kind != VAL_MUL || !product->adjoint || !type_same(type, product->type) || !is_power_of_two(c))
        return NULL;
    for (int k = 0; k < 2; k++) {
        const Value *scaled = product->args[k];
        if (scaled->kind != VAL_MUL || scaled->args[0]->kind != VAL_REAL || !type_same(type, scaled->type) ||
            c->real * scaled->args[0]->real != 1)
            continue;
        Value *x = k == 0 ? scaled->args[1] : product->args[0], *y = k == 0 ? product->args[1] : scaled->args[1];
        return ir_binary(b, VAL_MUL, type, x, y);
    }
    return NULL;
}

/* c * product */
static Value *multiply_constants(Builder *b, Type *type, const Value *c, const Value *product)
{
    Value *scaled = scale(b, type, c, product);
    return scaled ? scaled : cancel(b, type, c, product);
}

static Value *simplify_product(Builder *b, Type *type, Value *x, Value *y)
{
    if (is_over_quotient(x) && x->args[1] == y) /* (g / q) * q */
        return x->args[0];
    if (is_one(y))
        return x;
    if (is_one(x))
        return y;
    if (is_minus_one(y))
        return negate(b, type, x);
    if (is_minus_one(x))
        return negate(b, type, y);
    if (x->kind == VAL_REAL && y->kind == VAL_REAL)
        return ir_real(b, type, round_to(type, x->real * y->real), NULL);
    if (is_neg(x) && is_neg(y))
        return ir_binary(b, VAL_MUL, type, x->args[0], y->args[0]);
    if (is_neg(x))
        return negate(b, type, ir_binary(b, VAL_MUL, type, x->args[0], y));
    if (is_neg(y))
        return negate(b, type, ir_binary(b, VAL_MUL, type, x, y->args[0]));
    Value *scaled = x->kind == VAL_REAL   ? multiply_constants(b, type, x, y)
                    : y->kind == VAL_REAL ? multiply_constants(b, type, y, x)
                                          : NULL;
    if (scaled)
        return scaled;
    if (y->kind == VAL_REAL) /* constants in front: 2.0 * x */
        return ir_new(b, VAL_MUL, type, 2, (Value *[]){y, x});
    return NULL;
}

static Value *simplify_quotient(Builder *b, Type *type, Value *x, Value *y)
{
    if (is_one(y))
        return x;
    if (is_minus_one(y))
        return negate(b, type, x);
    if (is_neg(x) && is_neg(y))
        return ir_binary(b, VAL_DIV, type, x->args[0], y->args[0]);
    if (is_neg(x))
        return negate(b, type, ir_binary(b, VAL_DIV, type, x->args[0], y));
    if (is_neg(y))
        return negate(b, type, ir_binary(b, VAL_DIV, type, x, y->args[0]));
    if (is_over_quotient(x) && x->args[1]->args[1] == y) /* (g / (a / b)) / b */
        return ir_binary(b, VAL_DIV, type, x->args[0], x->args[1]->args[0]);
    return NULL;
}

static Value *simplify_reals(Builder *b, ValueKind kind, Type *type, Value *x, Value *y)
{
    if ((kind == VAL_ADD || kind == VAL_SUB) && x->kind == VAL_REAL && y->kind == VAL_REAL)
        return ir_real(b, type, round_to(type, kind == VAL_ADD ? x->real + y->real : x->real - y->real), NULL);
    switch (kind) {
    case VAL_ADD:
        if (simplify_is_real_constant(x, 0) || simplify_is_real_constant(y, 0)) /* -0.0 becomes 0.0, or does not */
            return simplify_is_real_constant(x, 0) ? y : x;
        if (is_neg(y))
            return ir_binary(b, VAL_SUB, type, x, y->args[0]);
        if (is_neg(x))
            return ir_binary(b, VAL_SUB, type, y, x->args[0]);
        return NULL;
    case VAL_SUB:
        return is_neg(y) ? ir_binary(b, VAL_ADD, type, x, y->args[0]) : NULL;
    case VAL_MUL:
        return simplify_product(b, type, x, y);
    case VAL_DIV:
        return simplify_quotient(b, type, x, y);
    default:
        return NULL;
    }
}

/* ---- reals of the user's ---- */

/* Its sign bit is clear, whatever its operands are, or it is a NaN. */
static bool is_never_negative(const Value *v)
{
    static const char *const functions[] = {"exp", "exp2", "fabs", "cosh", "erfc"};
    switch (v->kind) {
    case VAL_REAL:
        return !signbit(v->real);
    case VAL_ADD:
    case VAL_DIV:
        return is_never_negative(v->args[0]) && is_never_negative(v->args[1]);
    case VAL_MUL:
        return v->args[0] == v->args[1] || (is_never_negative(v->args[0]) && is_never_negative(v->args[1]));
    case VAL_MATH:
        for (size_t k = 0; k < sizeof functions / sizeof functions[0]; k++)
            if (strcmp(v->rule->name, functions[k]) == 0)
                return true;
        return false;
    default:
        return false;
    }
}

/* What is the same to the last bit: 1.0 * x and x - 0.0 are x; 0.0 + x is x, but for -0.0. */
static Value *simplify_primal(ValueKind kind, Value *x, Value *y)
{
    if (kind == VAL_MUL)
        return is_one(x) ? y : is_one(y) ? x : NULL;
    if (kind == VAL_SUB)
        return simplify_is_real_constant(y, 0) ? x : NULL;
    if (kind != VAL_ADD)
        return NULL;
    if (simplify_is_real_constant(x, 0) && is_never_negative(y))
        return y;
    return simplify_is_real_constant(y, 0) && is_never_negative(x) ? x : NULL;
}

/* ---- entry points ---- */

Value *simplify_unary(Builder *b, ValueKind kind, Type *type, Value *x)
{
    if (kind == VAL_NEG) {
        if (x->kind == VAL_INT && x->i != INT64_MIN && type->is_signed)
            return ir_int(b, type, -x->i);
        if (x->kind == VAL_REAL && b->adjoint)
            return ir_real(b, type, -x->real, NULL);
        if (x->kind == VAL_NEG && (type->kind == TYPE_INT || type->kind == TYPE_REAL || b->adjoint))
            return x->args[0];
    }
    if (kind == VAL_NOT && x->kind == VAL_INT)
        return ir_int(b, type, ~x->i);
    if (kind == VAL_LNOT) {
        if (x->kind == VAL_INT)
            return ir_int(b, type, !x->i);
        if (ir_is_comparison(x->kind) && ir_has_opposite(x))
            return ir_binary(b, ir_opposite(x->kind), type, x->args[0], x->args[1]);
        if (x->kind == VAL_LNOT && x->args[0]->kind >= VAL_EQ && x->args[0]->kind <= VAL_LOR)
            return x->args[0];
    }
    return NULL;
}

/* flag != 0 is the flag itself where it is 0 or 1 already */
static bool is_truth_value(const Value *v)
{
    return v->type->is_bool || (v->kind >= VAL_EQ && v->kind <= VAL_LOR);
}

/* The truth value that an integer is, whatever it is converted to; NULL where it is none. */
static Value *truth_in(Value *v)
{
    while (!is_truth_value(v) && v->kind == VAL_CAST && v->type->kind == TYPE_INT && type_is_int(v->args[0]->type))
        v = v->args[0];
    return is_truth_value(v) ? v : NULL;
}

/* A truth value compared with a constant: always so, never so, the value itself or its opposite. */
static Value *compare_truth(Builder *b, ValueKind kind, const Value *x, Value *truth, const Value *y)
{
    Type *type = b->function->module->types.int_;
    int64_t of_zero, of_one;
    if (!fold_ints(kind, x->type, 0, y->i, &of_zero) || !fold_ints(kind, x->type, 1, y->i, &of_one))
        return NULL;
    if (of_zero == of_one)
        return ir_int(b, type, of_one);
    return of_one ? truth : ir_unary(b, VAL_LNOT, type, truth);
}

/* && and || of the same twice: that; with a constant on one side: the other side, or the constant. */
static Value *simplify_logic(ValueKind kind, Value *x, Value *y)
{
    if (x == y && is_truth_value(x))
        return x;
    Value *constant = x->kind == VAL_INT ? x : y, *other = constant == x ? y : x;
    if (constant->kind != VAL_INT)
        return NULL;
    if (is_int(constant, 0) == (kind == VAL_LOR))
        return is_truth_value(other) ? other : NULL;
    return is_int(constant, 0) || is_int(constant, 1) ? constant : NULL;
}

/* A comparison of an integer with a constant, which may stand on either side; NULL: v is none. */
static const Value *compared_with_constant(const Value *v)
{
    if (v->kind < VAL_EQ || v->kind > VAL_GE || !type_is_int(v->args[0]->type) || !v->args[0]->type->is_signed)
        return NULL;
    return v->args[1]->kind == VAL_INT ? v->args[0] : v->args[0]->kind == VAL_INT ? v->args[1] : NULL;
}

/* The integers for which such a comparison holds (or doesn't): from `low` to `high`; false where they are no interval
   of int64_t. */
static bool find_range(const Value *comparison, bool holds, int64_t *low, int64_t *high)
{
    const bool on_the_left = comparison->args[1]->kind != VAL_INT;
    const int64_t c = comparison->args[!on_the_left]->i;
    ValueKind kind = on_the_left ? ir_mirrored(comparison->kind) : comparison->kind;
    kind = holds ? kind : ir_opposite(kind);
    if (kind == VAL_NE || (kind == VAL_LT && c == INT64_MIN) || (kind == VAL_GT && c == INT64_MAX))
        return false;
    *low = kind == VAL_EQ || kind == VAL_GE ? c : kind == VAL_GT ? c + 1 : INT64_MIN;
    *high = kind == VAL_EQ || kind == VAL_LE ? c : kind == VAL_LT ? c - 1 : INT64_MAX;
    return true;
}

/* Of the integers from `low` to `high`: is the comparison the same for all of them, and which? */
static bool same_inside(const Value *comparison, int64_t low, int64_t high, bool *answer)
{
    int64_t first, last;
    for (int k = 0; k < 2; k++) {
        if (!find_range(comparison, k, &first, &last))
            continue;
        *answer = first <= low && high <= last ? k : !k;
        if (*answer == k || last < low || high < first)
            return true;
    }
    return false;
}

/* ... and of all others? */
static bool same_outside(const Value *comparison, int64_t low, int64_t high, bool *answer)
{
    int64_t first, last;
    for (int k = 0; k < 2; k++)
        if (find_range(comparison, k, &first, &last) && low <= first && last <= high) {
            *answer = !k;
            return true;
        }
    return false;
}

bool simplify_implied(const Value *known, bool holds, const Value *comparison, bool *answer)
{
    int64_t low, high;
    const Value *compared = compared_with_constant(comparison);
    if (!compared || compared_with_constant(known) != compared)
        return false;
    return (find_range(known, holds, &low, &high) && same_inside(comparison, low, high, answer)) ||
           (find_range(known, !holds, &low, &high) && same_outside(comparison, low, high, answer));
}

/* k < 0 && k > 2 never holds, k > 0 || k < 2 and k == 2 || k != 2 always do; compilers warn of such. */
static Value *simplify_ranges(Builder *b, ValueKind kind, const Value *x, const Value *y)
{
    bool holds;
    const bool both = kind == VAL_LAND;
    return simplify_implied(x, both, y, &holds) && holds != both ? ir_int(b, b->function->module->types.int_, !both)
                                                                 : NULL;
}

static Value *simplify_truth(Builder *b, ValueKind kind, Value *x, Value *y)
{
    Value *truth = ir_is_comparison(kind) && y->kind == VAL_INT ? truth_in(x) : NULL;
    if (truth)
        return compare_truth(b, kind, x, truth, y);
    if (kind != VAL_LAND && kind != VAL_LOR)
        return NULL;
    Value *range = simplify_ranges(b, kind, x, y);
    return range ? range : simplify_logic(kind, x, y);
}

/* The address of an object is never null, nor is that of a member or an element: a null pointer has none. */
static bool is_object_address(const Value *v)
{
    while (v->kind == VAL_DECAY)
        v = v->args[0];
    return v->kind == VAL_FIELD || v->kind == VAL_PTRADD || v->kind == VAL_LOCAL || v->kind == VAL_GLOBAL ||
           v->kind == VAL_PARAM_OBJECT;
}

static bool is_variable(const Value *v)
{
    return v->kind == VAL_LOCAL || v->kind == VAL_GLOBAL || v->kind == VAL_PARAM_OBJECT;
}

static const Value *variable_of(const Value *address)
{
    while (address->kind == VAL_DECAY || address->kind == VAL_FIELD)
        address = address->args[0];
    return address;
}

/* Two variables share no place. */
static bool are_in_two_variables(const Value *x, const Value *y)
{
    x = variable_of(x), y = variable_of(y);
    return x != y && is_variable(x) && is_variable(y) && !(x->global && x->global == y->global);
}

/* Which of them is ahead is nobody's business, but one is. */
static bool is_true_of_two(ValueKind kind, const Value *x, const Value *y)
{
    if (kind == VAL_EQ || kind == VAL_NE)
        return kind == VAL_NE;
    return (kind == VAL_LT || kind == VAL_LE) == (variable_of(x)->id < variable_of(y)->id);
}

static Value *simplify_comparison(Builder *b, ValueKind kind, Type *type, Value *x, Value *y)
{
    const bool is_unsigned = type_is_int(x->type) && !x->type->is_signed; /* nothing unsigned is less than 0 */
    if (is_unsigned && (kind == VAL_LT || kind == VAL_GE) && is_int(y, 0))
        return ir_int(b, type, kind == VAL_GE);
    if (is_unsigned && (kind == VAL_GT || kind == VAL_LE) && is_int(x, 0))
        return ir_int(b, type, kind == VAL_LE);
    if ((kind == VAL_EQ || kind == VAL_NE) && is_int(y, 0) && is_object_address(x))
        return ir_int(b, type, kind == VAL_NE);
    if (are_in_two_variables(x, y))
        return ir_int(b, type, is_true_of_two(kind, x, y));
    if (x == y && (type_is_pointer(x->type) || type_is_int(x->type)))
        return ir_int(b, type, kind == VAL_EQ || kind == VAL_LE || kind == VAL_GE);
    return steps_compare(b, kind, type, x, y);
}

Value *simplify_binary(Builder *b, ValueKind kind, Type *type, Value *x, Value *y)
{
    if (x->kind == VAL_INT && y->kind == VAL_INT)
        return fold_constants(b, kind, type, x, y);
    Value *known = ir_is_comparison(kind) ? simplify_comparison(b, kind, type, x, y) : NULL;
    if (known)
        return known;
    Value *truth = simplify_truth(b, kind, x, y);
    if (truth)
        return truth;
    if (type->kind == TYPE_INT && x->type->kind == TYPE_INT) {
        Value *simple = simplify_ints(kind, x, y);
        return simple ? simple : add_constants(b, kind, type, x, y);
    }
    if (type->kind == TYPE_REAL && b->adjoint)
        return simplify_reals(b, kind, type, x, y);
    return type->kind == TYPE_REAL ? simplify_primal(kind, x, y) : NULL;
}

Value *simplify_select(Builder *b, Value *condition, Value *x, Value *y)
{
    if (condition->kind == VAL_INT)
        return condition->i ? x : y;
    if (ir_is_same(x, y))
        return x;
    if (x->kind == VAL_INT && y->kind == VAL_INT && x->type->kind == TYPE_INT && is_truth_value(condition)) {
        if (is_int(x, 1) && is_int(y, 0))
            return ir_cast(b, x->type, condition);
        if (is_int(x, 0) && is_int(y, 1))
            return ir_cast(b, x->type, ir_unary(b, VAL_LNOT, b->function->module->types.int_, condition));
    }
    return NULL;
}

/* The root of a whole number's square is that number, exactly. */
Value *simplify_root(Builder *b, Type *type, const Value *x)
{
    enum { LARGEST = 1024 };
    if (x->kind != VAL_REAL || !(x->real > 0) || x->real > (long double)LARGEST * LARGEST)
        return NULL;
    const long double root = roundl(sqrtl(x->real));
    return root * root == x->real ? ir_real(b, type, root, NULL) : NULL;
}

Value *simplify_cast(Builder *b, Type *type, Value *x)
{
    if (type_same(type, x->type))
        return x;
    if (x->kind == VAL_INT && type->kind == TYPE_INT)
        return ir_int(b, type, x->i);
    if (x->kind == VAL_INT && type->kind == TYPE_POINTER && x->i == 0)
        return ir_int(b, type, 0);
    if (x->kind == VAL_INT && type->kind == TYPE_REAL && x->type->kind == TYPE_INT && x->i > -(1 << 24) &&
        x->i < 1 << 24)
        return ir_real(b, type, (long double)x->i, NULL);
    if (x->kind == VAL_REAL && type->kind == TYPE_REAL && !isnan(x->real)) {
        const bool same = round_to(type, x->real) == x->real;
        return ir_real(b, type, round_to(type, x->real), same ? x->text : NULL);
    }
    if (type->is_bool && is_truth_value(x))
        return NULL;
    /* an integer that was widened and comes back */
    if (x->kind == VAL_CAST && type->kind == TYPE_INT && x->type->kind == TYPE_INT &&
        type_same(type, x->args[0]->type) && x->type->size >= type->size && !x->type->is_bool)
        return x->args[0];
    return NULL;
}
