/*
 * lower_call.c: calls, a kind each: functions with a rule, functions without effects, the compiler's builtins,
 * functions of <math.h> that also store a result, all others. Records are passed as addresses of copies that the callee
 * may change; a record result is stored to an address that is passed last.
 */
#include "lower.h"

#include <math.h>
#include <string.h>

#include "../transform/rules.h"

typedef Value *CallForm(Lower *lo, const Expr *call);

/* ---- arguments ---- */

static Value *argument(Lower *lo, const Expr *call, int k)
{
    return lower_value(lo, call->kids[k]);
}

/* A record that nothing else names: the callee may have it. */
static bool is_temporary(const Expr *e)
{
    if (e->kind == EXPR_LOAD)
        e = e->kids[0];
    return e->kind == EXPR_CALL || e->kind == EXPR_COMPOUND_LITERAL;
}

static Value *passed_value(Lower *lo, const Expr *e)
{
    Value *v = lower_value(lo, e);
    if (!type_is_record(e->type) || is_temporary(e))
        return v;
    Value *copy = lower_temporary(lo, e->type, NULL);
    lower_copy(lo, copy, v);
    return copy;
}

/* ---- ordinary functions ---- */

static Value *callee_address(Lower *lo, const Expr *e)
{
    while (e->kind == EXPR_DEREF || (e->kind == EXPR_DECAY && e->kids[0]->kind == EXPR_DEREF))
        e = e->kids[0];
    return lower_value(lo, e);
}

static Value *lower_ordinary(Lower *lo, const Expr *call)
{
    const bool direct = call->function != NULL;
    const bool gives_record = type_is_record(call->type);
    Value **args = ARENA_ARRAY(Value *, call->nkids + 1);
    int nargs = 0;
    for (int k = 0; k < call->nkids; k++)
        args[nargs++] = k == 0 && !direct ? callee_address(lo, call->kids[0]) : passed_value(lo, call->kids[k]);
    lo->b.loc = call->loc;
    Value *result = gives_record ? lower_temporary(lo, call->type, NULL) : NULL;
    if (gives_record)
        args[nargs++] = result;
    Value *v = ir_call(&lo->b, gives_record ? lo->types->void_ : call->type, call->function, nargs, args);
    return gives_record ? result : call->type->kind == TYPE_VOID ? NULL : v;
}

/* ---- mathematics ---- */

static Value *math(Lower *lo, const char *name, Type *type, Value *x, Value *y)
{
    int rank;
    Value *args[] = {x, y};
    return ir_math(&lo->b, rule_find(name, &rank), type, y ? 2 : 1, args);
}

static Value *lower_math(Lower *lo, const Expr *call)
{
    Value *args[RULE_MAX_ARGS];
    const Rule *rule = call->function->rule;
    if (call->nkids != rule->nargs)
        return lower_ordinary(lo, call);
    for (int k = 0; k < rule->nargs; k++) {
        args[k] = argument(lo, call, k);
        if (type_is_real(args[k]->type))
            args[k] = lower_convert(lo, call->type, args[k]);
    }
    lo->b.loc = call->loc;
    return ir_math(&lo->b, rule, call->type, rule->nargs, args);
}

static Value *pure(Lower *lo, const char *name, Type *type, Value *x)
{
    return ir_pure_call(&lo->b, type, NULL, name, 1, &x);
}

/* modf(x, p): *p = trunc(x); x - *p, but at infinity 0 with the sign of x */
static Value *lower_modf(Lower *lo, const Expr *call)
{
    Value *x = argument(lo, call, 0);
    Value *p = argument(lo, call, 1);
    lo->b.loc = call->loc;
    Value *whole = math(lo, "trunc", call->type, x, NULL);
    lower_store(lo, p, whole);
    Value *infinite = pure(lo, "isinf", lo->types->int_, x);
    Value *zero = math(lo, "copysign", call->type, ir_real(&lo->b, call->type, 0, NULL), x);
    return ir_select(&lo->b, infinite, zero, ir_binary(&lo->b, VAL_SUB, call->type, x, whole));
}

/* sincos(x, s, c) */
static Value *lower_sincos(Lower *lo, const Expr *call)
{
    Value *x = argument(lo, call, 0);
    Value *s = argument(lo, call, 1);
    Value *c = argument(lo, call, 2);
    lo->b.loc = call->loc;
    lower_store(lo, s, math(lo, "sin", x->type, x, NULL));
    lower_store(lo, c, math(lo, "cos", x->type, x, NULL));
    return NULL;
}

static const char *spelled(const char *name, const Type *type)
{
    static const char *const suffix[] = {"", "f", "", "l"};
    return arena_printf("%s%s", name, suffix[type->rank]);
}

/* frexp(x, p): *p = the exponent e, 0 for what has none; x 2^-e, whose derivative is 2^-e */
static Value *lower_frexp(Lower *lo, const Expr *call)
{
    Type *int_ = lo->types->int_;
    Value *x = argument(lo, call, 0);
    Value *p = argument(lo, call, 1);
    lo->b.loc = call->loc;
    Value *nonzero = ir_binary(&lo->b, VAL_NE, int_, x, ir_real(&lo->b, x->type, 0, NULL));
    Value *has_exponent = ir_binary(&lo->b, VAL_LAND, int_, nonzero, pure(lo, "isfinite", int_, x));
    Value *region = ir_if(&lo->b, has_exponent);
    Block *const outer = lo->b.block;
    lo->b.block = region->blocks[0];
    Value *one = ir_int(&lo->b, int_, 1);
    Value *found = ir_binary(&lo->b, VAL_ADD, int_, pure(lo, spelled("ilogb", x->type), int_, x), one);
    lo->b.block = outer;
    Value *exponent = ir_if_result(region, found, ir_int(&lo->b, int_, 0));
    lower_store(lo, p, exponent);
    return math(lo, "ldexp", call->type, x, ir_unary(&lo->b, VAL_NEG, int_, exponent));
}

/* remquo(x, y, p): r = remainder(x, y); *p = the last three bits of (x - r) / y, with its sign; r */
static Value *lower_remquo(Lower *lo, const Expr *call)
{
    Value *x = argument(lo, call, 0);
    Value *y = argument(lo, call, 1);
    Value *p = argument(lo, call, 2);
    lo->b.loc = call->loc;
    Type *t = call->type;
    Value *r = math(lo, "remainder", t, x, y);
    Value *quotient = ir_binary(&lo->b, VAL_DIV, t, ir_binary(&lo->b, VAL_SUB, t, x, r), y);
    Value *bits = math(lo, "fmod", t, math(lo, "rint", t, quotient, NULL), ir_real(&lo->b, t, 8, NULL));
    lower_store(lo, p, bits);
    return r;
}

/* lgamma_r(x, p): *p = the sign of gamma(x), -1 between -1 and 0, -3 and -2, ... */
static Value *lower_lgamma_r(Lower *lo, const Expr *call)
{
    Type *int_ = lo->types->int_;
    Value *x = argument(lo, call, 0);
    Value *p = argument(lo, call, 1);
    lo->b.loc = call->loc;
    Type *t = call->type;
    Value *zero = ir_real(&lo->b, t, 0, NULL);
    Value *odd = math(lo, "fmod", t, math(lo, "floor", t, x, NULL), ir_real(&lo->b, t, 2, NULL));
    Value *negative = ir_binary(&lo->b, VAL_LAND, int_, ir_binary(&lo->b, VAL_LT, int_, x, zero),
                                ir_binary(&lo->b, VAL_NE, int_, odd, zero));
    lower_store(lo, p, ir_select(&lo->b, negative, ir_int(&lo->b, int_, -1), ir_int(&lo->b, int_, 1)));
    return math(lo, "lgamma", t, x, NULL);
}

/* ---- builtins ---- */

static Value *lower_first_argument(Lower *lo, const Expr *call)
{
    Value *x = argument(lo, call, 0);
    lo->b.loc = call->loc;
    return lower_convert(lo, call->type, x);
}

static Value *lower_nothing(Lower *lo, const Expr *call)
{
    return call->type->kind == TYPE_VOID ? NULL : fence_anything(lo, call->type);
}

static Value *lower_infinity(Lower *lo, const Expr *call)
{
    return ir_real(&lo->b, call->type, (long double)INFINITY, "INFINITY");
}

static Value *lower_nan(Lower *lo, const Expr *call)
{
    return ir_real(&lo->b, call->type, (long double)NAN, "NAN");
}

/* The classification macro's last argument is the number. */
static Value *lower_fpclassify(Lower *lo, const Expr *call)
{
    Value *x = argument(lo, call, call->nkids - 1);
    lo->b.loc = call->loc;
    return pure(lo, "fpclassify", call->type, x);
}

/* Builtins that C11 has another name for. */
static const struct {
    const char *builtin, *name;
} plain_names[] = {
    {"isinf_sign", "isinf"}, {"isnan", NULL},       {"isinf", NULL},         {"isfinite", NULL},
    {"isnormal", NULL},      {"signbit", NULL},     {"isgreater", NULL},     {"isgreaterequal", NULL},
    {"isless", NULL},        {"islessequal", NULL}, {"islessgreater", NULL}, {"isunordered", NULL},
    {"abs", NULL},           {"labs", NULL},        {"llabs", NULL},
};

static const char builtin_prefix[] = "__builtin_";

static bool is_builtin(const Function *f)
{
    return strncmp(f->name, builtin_prefix, sizeof builtin_prefix - 1) == 0;
}

static const char *plain_name(const Function *f)
{
    const char *name = f->name + sizeof builtin_prefix - 1;
    for (size_t k = 0; k < sizeof plain_names / sizeof plain_names[0]; k++)
        if (strcmp(name, plain_names[k].builtin) == 0)
            return plain_names[k].name ? plain_names[k].name : plain_names[k].builtin;
    return f->name;
}

static Value *lower_pure(Lower *lo, const Expr *call)
{
    Value **args = ARENA_ARRAY(Value *, call->nkids);
    for (int k = 0; k < call->nkids; k++)
        args[k] = argument(lo, call, k);
    lo->b.loc = call->loc;
    if (is_builtin(call->function))
        return ir_pure_call(&lo->b, call->type, NULL, plain_name(call->function), call->nkids, args);
    return ir_pure_call(&lo->b, call->type, call->function, NULL, call->nkids, args);
}

/* ---- which kind ---- */

static const struct {
    const char *name;
    int nargs;
    bool has_precisions; /* also with suffix f and l */
    CallForm *form;
} forms[] = {
    {"modf", 2, true, lower_modf},
    {"frexp", 2, true, lower_frexp},
    {"remquo", 3, true, lower_remquo},
    {"lgamma_r", 2, false, lower_lgamma_r},
    {"lgammaf_r", 2, false, lower_lgamma_r},
    {"lgammal_r", 2, false, lower_lgamma_r},
    {"sincos", 3, true, lower_sincos},
    {"nan", 1, true, lower_nan},
    {"__builtin_modf", 2, true, lower_modf},
    {"__builtin_frexp", 2, true, lower_frexp},
    {"__builtin_nan", 1, true, lower_nan},
    {"__builtin_inf", 0, true, lower_infinity},
    {"__builtin_huge_val", 0, true, lower_infinity},
    {"__builtin_expect", 2, false, lower_first_argument},
    {"__builtin_expect_with_probability", 3, false, lower_first_argument},
    {"__builtin_assume_aligned", 2, false, lower_first_argument},
    {"__builtin_constant_p", 1, false, lower_nothing},
    {"__builtin_unreachable", 0, false, lower_nothing},
    {"__builtin_assume", 1, false, lower_nothing},
    {"__builtin_prefetch", 1, false, lower_nothing},
    {"__builtin_fpclassify", 6, false, lower_fpclassify},
};

static bool is_named(const Function *f, const char *name, bool has_precisions)
{
    const size_t length = strlen(name);
    if (strncmp(f->name, name, length) != 0)
        return false;
    const char *suffix = f->name + length;
    return suffix[0] == '\0' || (has_precisions && (suffix[0] == 'f' || suffix[0] == 'l') && suffix[1] == '\0');
}

static CallForm *form_of(const Expr *call)
{
    const Function *f = call->function;
    if (!f || f->has_body)
        return lower_ordinary;
    for (size_t k = 0; k < sizeof forms / sizeof forms[0]; k++)
        if (forms[k].nargs == call->nkids && is_named(f, forms[k].name, forms[k].has_precisions))
            return forms[k].form;
    if (f->rule)
        return lower_math;
    return scan_is_pure_call(call) ? lower_pure : lower_ordinary;
}

Value *lower_call(Lower *lo, const Expr *call)
{
    if (call->function && !fence_call(call->function, call->loc))
        return fence_anything(lo, call->type);
    if (call->function && call->function->variadic && call->function->is_static && !call->function->in_header)
        repeat_function(call->function);
    return form_of(call)(lo, call);
}
