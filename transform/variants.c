/*
 * variants.c: recursive functions that are given functions, or untyped memory. They are not inlined, so what they are
 * given is known only where they are called; for each choice of it they get a variant that has it built in:
 *
 *     double adapt(double (*f)(double, void *), void *p, double a, double b) { ... f(a, p) ... adapt(f, p, a, m) ... }
 *     adapt(bump, &s, 0, 1)
 *
 * becomes
 *
 *     double adapt_bump(struct bump *p, double a, double b) { ... bump(a, p) ... adapt_bump(p, a, m) ... }
 *     adapt_bump(&s, 0, 1)
 *
 * A call with the same choice is one of the same variant, so that a variant calls itself where the function handed on
 * what it was given. There are as many variants as choices: a finite number, but not a small one for sure.
 */
#include "clone.h"
#include "members.h"

enum { MAX_VARIANTS = 64, MAX_ROUNDS = 8 };

/* ---- what a parameter is bound to ---- */

static bool is_open_parameter(const Param *p)
{
    return type_is_pointer(p->type) && (p->type->to->kind == TYPE_FUNCTION || p->type->to->kind == TYPE_VOID);
}

/* The pointer as an argument: to the first element of an array. */
static Type *element_of(const Type *pointer)
{
    Type *to = pointer->to;
    while (to->kind == TYPE_ARRAY)
        to = to->to;
    return to;
}

/* What is known of the argument, in terms of any caller; all NULL and false: nothing. */
static Binding binding_of(const Param *p, Value *arg)
{
    if (!is_open_parameter(p))
        return (Binding){0};
    const Value *x = ir_without_pointer_casts(arg);
    if (x->kind == VAL_FUNCTION)
        return (Binding){.function = x->callee};
    if (x->kind == VAL_INT && x->i == 0)
        return (Binding){.is_null = true};
    if (p->type->to->kind != TYPE_VOID || !type_is_pointer(x->type) || !members_is_plain(element_of(x->type)))
        return (Binding){0};
    Type *to = element_of(x->type);
    const bool is_const = type_is_const(to) || type_is_const(p->type->to);
    return (Binding){.type = type_pointer(is_const ? type_const(type_unqualified(to)) : type_unqualified(to))};
}

static bool is_bound(const Binding *b)
{
    return b->function || b->is_null || b->type;
}

static bool same_binding(const Binding *a, const Binding *b)
{
    return a->function == b->function && a->is_null == b->is_null && !a->type == !b->type &&
           (!a->type || (type_same(a->type, b->type) && type_is_const(a->type->to) == type_is_const(b->type->to)));
}

static const Variant *find_variant(const Function *fn, const Binding *bindings)
{
    for (size_t k = 0; k < fn->variants.count; k++) {
        bool same = true;
        for (int p = 0; p < fn->nparams && same; p++)
            same = same_binding(&fn->variants.at[k].bindings[p], &bindings[p]);
        if (same)
            return &fn->variants.at[k];
    }
    return NULL;
}

/* ---- a variant ---- */

static bool has_variant(const Function *fn, const char *name)
{
    for (size_t k = 0; k < fn->variants.count; k++)
        if (strcmp(fn->variants.at[k].function->name, name) == 0)
            return true;
    return false;
}

/* adapt_bump */
static const char *variant_name(const Function *fn, const Binding *bindings)
{
    const char *name = fn->name;
    for (int k = 0; k < fn->nparams; k++)
        if (bindings[k].function || (bindings[k].is_null && fn->params[k].type->to->kind == TYPE_FUNCTION))
            name = arena_printf("%s_%s", name, bindings[k].function ? bindings[k].function->name : "null");
    for (int k = 0; k < fn->nparams && name == fn->name; k++)
        if (bindings[k].type) {
            const char *of = type_scalar(bindings[k].type->to)->name;
            const char *space = of ? strrchr(of, ' ') : NULL;
            name = arena_printf("%s_%s", name, space ? space + 1 : of ? of : "of");
        }
    name = name == fn->name ? arena_printf("%s_of_null", name) : name;
    while (has_variant(fn, into_free_name(fn->module, name)))
        name = arena_printf("%s_", name);
    return into_free_name(fn->module, name);
}

/* The parameter in the variant's body: what it is bound to, or a parameter of the variant. */
static Value *bound_param(Function *variant, Builder *b, const Param *p, const Binding *binding)
{
    if (binding->function)
        return ir_cast(b, p->type, ir_function_address(b, binding->function));
    if (binding->is_null)
        return ir_int(b, p->type, 0);
    Param own = *p;
    if (!binding->type)
        return signature_add_param(variant, own);
    own.type = own.declared = binding->type;
    own.before = members_text_before(binding->type, false);
    own.before_mutable = members_text_before(binding->type, true);
    own.after = "";
    return ir_cast(b, p->type, signature_add_param(variant, own));
}

/* What it calls is known now; it comes with calls of further variants, or of itself. */
static void settle(Function *variant)
{
    into_body(variant);
    bool changed = true;
    for (int k = 0; k < MAX_ROUNDS && changed; k++) {
        promote_locals(variant);
        values_number(variant);
        changed = targets_resolve(variant);
        changed |= variants_call(variant);
    }
}

static Function *make_variant(Function *fn, Binding *bindings)
{
    Function *variant = into_new_function(fn, variant_name(fn, bindings));
    vec_push(&fn->variants, ((Variant){variant, bindings}));
    Builder b = {.function = variant, .block = variant->body, .loc = fn->loc};
    CloneMap map = {0};
    clone_map_init(&map, fn);
    for (int k = 0; k < fn->nparams; k++)
        clone_set(&map, fn->params[k].value, bound_param(variant, &b, &fn->params[k], &bindings[k]));
    if (fn->result_object) {
        variant->result_object = clone_lookup(&map, &b, fn->result_object);
        variant->result_object->i = RESULT_OBJECT;
    }
    clone_block(&map, &b, into_body(fn));
    if (fn->body->nyields)
        ir_set_yield(variant->body, 0, clone_lookup(&map, &b, fn->body->yields[0]));
    settle(variant);
    if (!split_is_recursive(variant))
        variant->recursion = 2; /* what fn calls itself with may be known later */
    return variant;
}

/* ---- calls ---- */

static bool gives_open(const Value *call)
{
    Function *callee = call->kind == VAL_CALL ? call->callee : NULL;
    if (!callee || callee->is_part || callee->passive || !split_is_recursive(callee))
        return false;
    for (int k = 0; k < callee->nparams; k++)
        if (is_open_parameter(&callee->params[k]))
            return true;
    return false;
}

static bool call_variant(Value *call)
{
    Function *fn = call->callee;
    Binding *bindings = ARENA_ARRAY(Binding, fn->nparams + 1);
    bool any = false;
    for (int k = 0; k < fn->nparams; k++) {
        bindings[k] = binding_of(&fn->params[k], call->args[k]);
        any |= is_bound(&bindings[k]);
        if (bindings[k].function && members_are_noticed(fn, bindings[k].function))
            return false;
    }
    const Variant *made = find_variant(fn, bindings);
    if (!any || (!made && fn->variants.count == MAX_VARIANTS))
        return false;
    call->callee = made ? made->function : make_variant(fn, bindings);
    Builder b = {.function = call->block->function, .block = call->block, .before = call, .loc = call->loc};
    Value **args = ARENA_ARRAY(Value *, call->nargs);
    int nargs = 0;
    for (int k = 0; k < call->nargs; k++) {
        Value *x = call->args[k];
        if (k < fn->nparams && bindings[k].type) {
            x = ir_without_pointer_casts(x);
            while (x->type->to->kind == TYPE_ARRAY)
                x = ir_decay(&b, x);
        }
        if (k >= fn->nparams || (!bindings[k].function && !bindings[k].is_null))
            args[nargs++] = x;
    }
    call->args = args;
    call->nargs = nargs;
    return true;
}

bool variants_call(Function *fn)
{
    bool changed = false;
    for (Value *v = ir_first(fn->body); v; v = ir_next(v, fn->body))
        if (gives_open(v))
            changed |= call_variant(v);
    return changed;
}

bool variants_remain(const Function *fn)
{
    for (const Value *v = ir_first(fn->body); v; v = ir_next(v, fn->body))
        if (gives_open(v))
            return true;
    return false;
}
