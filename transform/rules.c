/*
 * rules.c: rules.def as functions that build partial derivatives, and their table.
 */
#include "rules.h"

#include <math.h>
#include <string.h>

#include "simplify.h"

/* ---- the vocabulary of rules.def ---- */

#define X (a[0])
#define Y (a[1])
#define Z (a[2])
#define R (r)
#define NONE NULL
#define C(c) ir_real(b, t, c, NULL)
#define INT(n) ir_int(b, b->function->module->types.int_, n)
#define LN2 ir_real(b, t, 0.693147180559945309417232121458176568L, NULL)
#define LN10 ir_real(b, t, 2.302585092994045684017991454684364208L, NULL)
#define TWO_OVER_SQRT_PI ir_real(b, t, 1.128379167095512573896158903121545172L, NULL)
#define ADD(x, y) ir_binary(b, VAL_ADD, t, x, y)
#define SUB(x, y) ir_binary(b, VAL_SUB, t, x, y)
#define MUL(x, y) ir_binary(b, VAL_MUL, t, x, y)
#define DIV(x, y) ir_binary(b, VAL_DIV, t, x, y)
#define NEG(x) ir_unary(b, VAL_NEG, t, x)
#define CMP(rel, x, y) ir_binary(b, rel, b->function->module->types.int_, x, y)
#define IF(c, x, y) ir_select(b, c, x, y)
#define UNLESS_ZERO(x, y) IF(CMP(VAL_EQ, x, C(0)), C(0), y)
#define SIGN(x) IF(CMP(VAL_GT, x, C(0)), C(1), IF(CMP(VAL_LT, x, C(0)), C(-1), C(0)))
#define CALL1(f, x) call(b, t, #f, 1, (Value *[]){x})
#define CALL2(f, x, y) call(b, t, #f, 2, (Value *[]){x, y})
#define SIN(x) CALL1(sin, x)
#define COS(x) CALL1(cos, x)
#define SINH(x) CALL1(sinh, x)
#define COSH(x) CALL1(cosh, x)
#define SQRT(x) CALL1(sqrt, x)
#define EXP(x) CALL1(exp, x)
#define PREVIOUS(n) ir_binary(b, VAL_SUB, (n)->type, n, ir_int(b, (n)->type, 1))
#define FOLLOWING(n) ir_binary(b, VAL_ADD, (n)->type, n, ir_int(b, (n)->type, 1))
#define SUPPORT(f, x) support_call(b, t, "adgen_" #f, x)

static Value *call(Builder *b, Type *t, const char *name, int nargs, Value **args)
{
    int rank;
    return ir_math(b, rule_find(name, &rank), t, nargs, args);
}

/* A function that the output carries itself, in the precision of t. */
static Value *support_call(Builder *b, Type *t, const char *name, Value *x)
{
    static const char *const suffix[] = {"", "f", "", "l"};
    return ir_pure_call(b, t, NULL, arena_printf("%s%s", name, suffix[t->rank]), 1, &x);
}

/* d x^y / dx = y x^(y-1); zero for y = 0 even where x^(-1) is infinite. */
static Value *pow_by_base(Builder *b, Type *t, Value *x, Value *y)
{
    if (y->kind == VAL_REAL && y->real == 2)
        return MUL(C(2), x);
    if (y->kind == VAL_REAL && y->real != 0)
        return MUL(y, CALL2(pow, x, C(y->real - 1)));
    return UNLESS_ZERO(y, MUL(y, CALL2(pow, x, SUB(y, C(1)))));
}

/* d x^y / dy = x^y log x; zero for x = 0, y > 0, its limit. */
static Value *pow_by_exponent(Builder *b, Type *t, Value *x, Value *y, Value *r)
{
    (void)y;
    Value *slope = MUL(r, CALL1(log, x));
    if (x->kind == VAL_REAL && x->real != 0)
        return slope;
    return UNLESS_ZERO(r, slope);
}

static Value *is_nan(Builder *b, Value *x)
{
    const Value *number = x->kind == VAL_NEG ? x->args[0] : x;
    if (number->kind == VAL_REAL)
        return INT(isnan(number->real));
    return CMP(VAL_NE, x, x);
}

/*
 * Is fmax(x, y), with > for `rel`, x rather than y? Where x > y, or where y is NaN. At a tie a passive y wins; of two
 * active arguments the first.
 */
static Value *is_extremum(Builder *b, ValueKind rel, Value *x, Value *y, bool wins_tie)
{
    static const ValueKind with_tie[] = {[VAL_LT] = VAL_LE, [VAL_GT] = VAL_GE};
    Value *beyond = CMP(wins_tie ? with_tie[rel] : rel, x, y);
    return ir_binary(b, VAL_LOR, beyond->type, beyond, is_nan(b, y));
}

static Value *extremum_by_first(Builder *b, Type *t, ValueKind rel, Value **a, bool both)
{
    return IF(is_extremum(b, rel, X, Y, both), C(1), C(0));
}

static Value *extremum_by_second(Builder *b, Type *t, ValueKind rel, Value **a, bool both)
{
    return both ? IF(is_extremum(b, rel, X, Y, true), C(0), C(1)) : IF(is_extremum(b, rel, Y, X, false), C(1), C(0));
}

/* ---- rules.def as functions ---- */

#define PARTIAL(f, k, expression)                                                                                      \
    static Value *f##_by_##k(Builder *b, Type *t, Value **a, Value *r, unsigned active)                                \
    {                                                                                                                  \
        (void)b, (void)t, (void)a, (void)r, (void)active;                                                              \
        return expression;                                                                                             \
    }
#define RULE1(f, cost, dx) PARTIAL(f, 0, dx)
#define RULE2(f, cost, dx, dy) PARTIAL(f, 0, dx) PARTIAL(f, 1, dy)
#define RULE3(f, cost, dx, dy, dz) PARTIAL(f, 0, dx) PARTIAL(f, 1, dy) PARTIAL(f, 2, dz)
#include "rules.def"
#undef RULE1
#undef RULE2
#undef RULE3

#define RULE1(f, cost, dx) {#f, 1, {f##_by_0}, cost},
#define RULE2(f, cost, dx, dy) {#f, 2, {f##_by_0, f##_by_1}, cost},
#define RULE3(f, cost, dx, dy, dz) {#f, 3, {f##_by_0, f##_by_1, f##_by_2}, cost},
static const Rule rules[] = {
#include "rules.def"
};

const Rule *rule_find(const char *function_name, int *rank)
{
    static const char builtin[] = "__builtin_";
    if (strncmp(function_name, builtin, sizeof builtin - 1) == 0)
        function_name += sizeof builtin - 1;
    for (size_t k = 0; k < sizeof rules / sizeof rules[0]; k++) {
        const size_t length = strlen(rules[k].name);
        if (strncmp(function_name, rules[k].name, length) != 0)
            continue;
        const char *suffix = function_name + length;
        *rank = suffix[0] == 'f' ? 1 : suffix[0] == 'l' ? 3 : 2;
        if (suffix[0] == '\0' || (*rank != 2 && suffix[1] == '\0'))
            return &rules[k];
    }
    return NULL;
}

ValueKind rule_relation_of_extremum(const Rule *rule)
{
    return strcmp(rule->name, "fmax") == 0 ? VAL_GT : strcmp(rule->name, "fmin") == 0 ? VAL_LT : VAL_EQ;
}

bool rule_is_extremum(const Rule *rule)
{
    return rule_relation_of_extremum(rule) != VAL_EQ;
}

Value *rule_takes_first(Builder *b, const Value *call)
{
    return is_extremum(b, rule_relation_of_extremum(call->rule), call->args[0], call->args[1], true);
}

const char *rule_spelling(const Rule *rule, const Type *type)
{
    static const char *const suffix[] = {"", "f", "", "l"};
    return arena_printf("%s%s", rule->name, suffix[type->rank]);
}
