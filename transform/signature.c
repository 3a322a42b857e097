/*
 * signature.c: the parameters of a derivative: those of the primal, then an adjoint for each differentiated one, then
 * the seed of the result.
 */
#include "passes.h"
#include "words.h"

bool signature_has(const Function *fn, const char *name)
{
    for (int k = 0; k < fn->nparams; k++)
        if (strcmp(fn->params[k].name, name) == 0)
            return true;
    return false;
}

static void make_room(Function *fn, int nparams)
{
    const size_t size = sizeof(Param) * (size_t)fn->nparams;
    fn->params = arena_grow(fn->params, size, size + sizeof(Param) * (size_t)nparams);
}

/* There is room for it. */
static Value *put_param(Function *fn, Param param)
{
    Builder b = {.function = fn, .block = fn->body, .loc = param.loc};
    const bool record = param.type->kind == TYPE_RECORD;
    param.value = record ? ir_new(&b, VAL_PARAM_OBJECT, type_pointer(param.type), 0, NULL)
                         : ir_new(&b, VAL_PARAM, param.type, 0, NULL);
    param.value->i = fn->nparams;
    param.value->hint = param.name;
    fn->params[fn->nparams++] = param;
    return param.value;
}

Value *signature_add_param(Function *fn, Param param)
{
    make_room(fn, 1);
    return put_param(fn, param);
}

/* "[n][m]" is "[restrict n][m]": derivative storage overlaps nothing else. */
static const char *restricted_extents(const char *after)
{
    if (has_word(after, "restrict"))
        return after;
    return arena_printf("[restrict%s%s", after[1] == ']' ? "" : " ", after + 1);
}

static Param bar_param(const Function *fn, const Param *p)
{
    Param bar = *p;
    bar.name = arena_printf("%s_bar", p->name);
    if (signature_has(fn, bar.name)) {
        diag_error(p->loc, "the adjoint of '%s' needs the name '%s', which is a parameter's already", p->name,
                   bar.name);
        diag_note((Loc){0}, "rename the parameter");
    }
    bar.before = p->before_mutable ? p->before_mutable : p->before;
    if (!type_is_pointer(p->type)) {
        bar.before = arena_printf("%s*", bar.before);
        bar.type = type_pointer(type_unqualified(p->type));
        bar.declared = bar.type;
    } else {
        bar.type = type_pointer(type_mutable(type_unqualified(p->type->to)));
    }
    return bar;
}

/* typedef double vec3[3]: a restrict before the name would be the elements'. "vec3 v" is "double v[3]". */
static bool spell_extents(Param *p)
{
    const Type *t = p->declared;
    const char *extents = "";
    for (; t->kind == TYPE_ARRAY && t->count >= 0; t = t->to)
        extents = arena_printf("%s[%lld]", extents, (long long)t->count);
    if (!t->name || t->is_volatile || (p->before_mutable && strcmp(p->before, p->before_mutable) != 0))
        return false;
    p->before = p->before_mutable = arena_printf("%s ", t->name);
    p->after = extents;
    return true;
}

/* It overlaps nothing else. */
void signature_restrict(Param *p)
{
    if (p->declared && p->declared->kind == TYPE_ARRAY && p->after[0] != '[' && !spell_extents(p))
        return;
    if (p->after[0] == '[')
        p->after = restricted_extents(p->after);
    else if (!has_word(p->before, "restrict")) {
        const bool is_const = p->before_mutable && strcmp(p->before, p->before_mutable) != 0;
        p->before = arena_printf("%srestrict ", p->before);
        p->before_mutable = is_const ? p->before_mutable : p->before;
    }
}

Value *signature_add_bars(Function *fn, const Activity *activity, Mode mode)
{
    const int n = fn->nparams;
    make_room(fn, n);
    for (int k = 0; k < n; k++) {
        if (!activity_has_bar(activity, k))
            continue;
        Param bar = bar_param(fn, &fn->params[k]);
        if (!memory_params_may_alias()) /* with --may-alias, adjoints overlap as what they belong to does */
            signature_restrict(&bar);
        Value *value = put_param(fn, bar);
        value->adjoint = true;
        fn->params[k].bar = value;
    }
    const bool record = fn->result_object && type_has_real(fn->result);
    if (!record && !type_is_real(fn->result))
        return NULL;
    Builder b = {.function = fn, .block = fn->body, .adjoint = true};
    if (mode == MODE_GRAD)
        return ir_real(&b, fn->result, 1, NULL);
    const char *result = fn->result_text ? fn->result_text : fn->result->name;
    Value *seed = signature_add_param(fn, (Param){.name = "ret_bar",
                                                  .type = fn->result,
                                                  .declared = fn->result,
                                                  .before = arena_printf("%s ", result),
                                                  .before_mutable = arena_printf("%s ", result),
                                                  .after = "",
                                                  .loc = fn->loc});
    fn->result_bar = record ? seed : NULL;
    return record ? NULL : seed;
}
