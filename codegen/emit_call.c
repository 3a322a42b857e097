/*
 * emit_call.c: calls as C expressions: of functions with a declaration or a body, of those that compilers know by name,
 * of mathematical functions, and assembly.
 */
#include "emit_expr.h"

static void need_support(Needs *needs, const char *name)
{
    for (size_t k = 0; k < needs->support.count; k++)
        if (strcmp(needs->support.at[k], name) == 0)
            return;
    vec_push(&needs->support, name);
}

/* Functions that the compiler knows by name: what the output calls them, and which header has them. */
static const struct {
    const char *name, *spelling;
    enum { IN_MATH, IN_STDLIB, IN_COMPLEX, IN_NONE } header;
    bool is_constant;
} builtins[] = {
    {"imaginary_unit", "_Complex_I", IN_COMPLEX, true},
    {"inf", "INFINITY", IN_MATH, true},
    {"inff", "INFINITY", IN_MATH, true},
    {"infl", "INFINITY", IN_MATH, true},
    {"huge_val", "HUGE_VAL", IN_MATH, true},
    {"huge_valf", "HUGE_VALF", IN_MATH, true},
    {"huge_vall", "HUGE_VALL", IN_MATH, true},
    {"nan", "NAN", IN_MATH, true},
    {"nanf", "NAN", IN_MATH, true},
    {"nanl", "NAN", IN_MATH, true},
    {"isnan", "isnan", IN_MATH, false},
    {"isinf", "isinf", IN_MATH, false},
    {"isinf_sign", "isinf", IN_MATH, false},
    {"isfinite", "isfinite", IN_MATH, false},
    {"isnormal", "isnormal", IN_MATH, false},
    {"signbit", "signbit", IN_MATH, false},
    {"isgreater", "isgreater", IN_MATH, false},
    {"isgreaterequal", "isgreaterequal", IN_MATH, false},
    {"isless", "isless", IN_MATH, false},
    {"islessequal", "islessequal", IN_MATH, false},
    {"islessgreater", "islessgreater", IN_MATH, false},
    {"isunordered", "isunordered", IN_MATH, false},
    {"abs", "abs", IN_STDLIB, false},
    {"labs", "labs", IN_STDLIB, false},
    {"llabs", "llabs", IN_STDLIB, false},
};

/* The spelling of a function without a declaration in reach. */
static const char *builtin_name(Emitter *e, const char *text, bool *is_constant)
{
    static const char prefix[] = "__builtin_";
    *is_constant = false;
    if (strncmp(text, "adgen_", 6) == 0)
        need_support(e->needs, text);
    const char *name = strncmp(text, prefix, sizeof prefix - 1) == 0 ? text + sizeof prefix - 1 : text;
    for (size_t k = 0; k < sizeof builtins / sizeof *builtins; k++) {
        if (strcmp(builtins[k].name, name) != 0)
            continue;
        *is_constant = builtins[k].is_constant && name != text;
        e->needs->math |= builtins[k].header == IN_MATH;
        e->needs->stdlib |= builtins[k].header == IN_STDLIB;
        e->needs->complex |= builtins[k].header == IN_COMPLEX;
        return builtins[k].is_constant && name == text ? text : builtins[k].spelling;
    }
    return text;
}

/* An argument without a parameter is converted by nobody: %p wants its pointer to void. */
static bool is_cast_to_void(const Value *v)
{
    return v->kind == VAL_CAST && type_is_pointer(v->type) && v->type->to->kind == TYPE_VOID &&
           type_is_pointer(v->args[0]->type);
}

static const char *argument(Emitter *e, const Value *call, const Value *arg, int k)
{
    const Function *callee = call->callee;
    const bool has_param = callee && k < callee->nparams;
    if (has_param && callee->params[k].type->kind == TYPE_RECORD)
        return expr_lvalue(e, arg).text;
    if (has_param)
        return expr_given(e, arg, callee->params[k].type);
    if (callee && is_cast_to_void(arg))
        return arena_printf("(%svoid *)%s", arg->args[0]->type->to->is_const ? "const " : "",
                            wrapped(expr(e, arg->args[0]), PREC_UNARY));
    if (is_silent_cast(e, arg) && arg->type->kind == TYPE_REAL && arg->args[0]->type->kind == TYPE_REAL && callee)
        return type_same(arg->type, e->module->types.double_) ? expr(e, arg->args[0]).text : expr(e, arg).text;
    if (call->kind == VAL_PURE_CALL && call->text && strncmp(call->text, "adgen_", 6) == 0)
        return expr_assigned(e, arg, arg->type);
    return expr(e, arg).text;
}

static Piece call(Emitter *e, const char *name, const Value *v, int first, int last)
{
    Text text = {0};
    text_printf(&text, "%s(", name);
    for (int k = first; k < last; k++)
        text_printf(&text, "%s%s", k > first ? ", " : "", argument(e, v, v->args[k], k - first));
    text_add(&text, ")");
    return piece(text_string(&text), PREC_POSTFIX, v->type);
}

Piece expr_pure_call(Emitter *e, const Value *v)
{
    if (v->callee)
        return call(e, v->callee->name, v, 0, v->nargs);
    bool is_constant;
    const char *name = builtin_name(e, v->text, &is_constant);
    return is_constant ? piece(name, PREC_PRIMARY, v->type) : call(e, name, v, 0, v->nargs);
}

Piece expr_math(Emitter *e, const Value *v)
{
    Text text = {0};
    e->needs->math = true;
    const char *name = rule_spelling(v->rule, v->type);
    const bool is_fabs = strncmp(name, "fabs", 4) == 0; /* compilers warn where its argument is an integer */
    text_printf(&text, "%s(", name);
    for (int k = 0; k < v->nargs; k++)
        text_printf(&text, "%s%s", k ? ", " : "",
                    is_fabs ? expr(e, v->args[k]).text : expr_assigned(e, v->args[k], v->args[k]->type));
    text_add(&text, ")");
    return piece(text_string(&text), PREC_POSTFIX, v->type);
}

/* What stands in the text for an operand becomes the operand; of a value, the type tells how wide a register is. */
static const char *assembly(Emitter *e, const Value *v)
{
    Text text = {0};
    int operand = 0;
    for (const char *s = v->callee->assembly; *s; s++) {
        if (*s != ASSEMBLY_PLACE && *s != ASSEMBLY_VALUE) {
            text_printf(&text, "%c", *s);
            continue;
        }
        const Value *arg = v->args[operand++];
        const Piece p = *s == ASSEMBLY_PLACE ? expr_lvalue(e, arg) : expr(e, arg);
        if (*s == ASSEMBLY_VALUE && p.type && !type_same(p.type, arg->type))
            text_printf(&text, "(%s)%s", type_text(arg->type), wrapped(p, PREC_UNARY));
        else
            text_add(&text, p.text);
    }
    return text_string(&text);
}

/* `f(x, y)`; a record result is stored by the caller. And what else is a call to the IR. */
const char *expr_call(Emitter *e, const Value *v)
{
    const Function *callee = v->callee;
    const bool returns_record = callee && callee->result && callee->result->kind == TYPE_RECORD;
    const int last = returns_record && v->nargs > callee->nparams ? v->nargs - 1 : v->nargs;
    if (callee && callee->assembly)
        return assembly(e, v);
    if (callee) {
        e->needs->tape |= strncmp(callee->name, "adgen_", strlen("adgen_")) == 0;
        return call(e, callee->name, v, 0, last).text;
    }
    if (ir_is_volatile(v)) {
        const char *place = expr_lvalue(e, v->args[0]).text;
        return last == 1 ? place : arena_printf("%s = %s", place, expr_assigned(e, v->args[1], v->args[0]->type->to));
    }
    bool is_constant;
    if (v->text)
        return call(e, builtin_name(e, v->text, &is_constant), v, 0, last).text;
    return call(e, wrapped(expr(e, v->args[0]), PREC_POSTFIX), v, 1, last).text;
}
