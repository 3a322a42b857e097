/*
 * lower_function.c: a function's body to IR. Parameters become objects that begin with what was passed; the result is
 * an object too, loaded once at the end, where all returns meet.
 */
#include "frontend.h"
#include "lower.h"

static Value *parameter_value(Lower *lo, Param *param, int index)
{
    if (param->value)
        return param->value;
    const bool is_object = type_is_record(param->type);
    lo->b.hint = param->name;
    param->value = ir_new(&lo->b, is_object ? VAL_PARAM_OBJECT : VAL_PARAM,
                          is_object ? type_pointer(type_unqualified(param->type)) : param->type, 0, NULL);
    param->value->i = index;
    lo->b.hint = NULL;
    return param->value;
}

static void lower_parameter(Lower *lo, Decl *d, int index)
{
    Param *param = &lo->function->params[index];
    Variable *variable = ARENA_NEW(Variable);
    lo->b.loc = d->loc;
    Value *passed = parameter_value(lo, param, index);
    d->lowered = variable;
    variable->address = passed;
    if (type_is_record(d->type) || !fence_type(d->type, d->loc))
        return;
    variable->address = ir_local(&lo->b, type_unqualified(d->type), 0, NULL, d->name);
    variable->address->passive = param->passive || d->passive;
    ir_store(&lo->b, variable->address, passed);
}

/* Extents name parameters, also later ones: they are evaluated when all of these are there. */
static void lower_parameters(Lower *lo, const FunctionTree *tree)
{
    for (size_t k = 0; k < tree->nparams; k++)
        lower_parameter(lo, tree->params[k], (int)k);
    for (size_t k = 0; k < tree->nparams; k++)
        lower_extents(lo, tree->params[k], tree->params[k]->lowered);
}

static bool is_requested(const Function *fn)
{
    for (const Request *r = fn->module->requests; r; r = r->next)
        if (r->function == fn)
            return true;
    return false;
}

static void lower_result(Lower *lo)
{
    Function *fn = lo->function;
    if (fn->result->kind == TYPE_VOID)
        return;
    if (fn->result->kind == TYPE_COMPLEX && is_requested(fn)) {
        fence_refuse(fn->loc, "a complex result", "return real and imaginary part by pointers");
        return;
    }
    if (!type_is_record(fn->result)) {
        if (fence_type(fn->result, fn->loc))
            lo->result = ir_local(&lo->b, type_unqualified(fn->result), 0, NULL, "result");
        return;
    }
    if (!fn->result_object) {
        fn->result_object = ir_new(&lo->b, VAL_PARAM_OBJECT, type_pointer(type_unqualified(fn->result)), 0, NULL);
        fn->result_object->i = fn->nparams;
    }
    lo->result = fn->result_object;
}

void lower_function(Function *fn)
{
    FunctionTree *tree = tree_function_body(fn);
    if (!tree || !tree->body)
        return;
    lower_find_allocas(tree->body);
    lower_find_rows(tree->body);
    if (!is_requested(fn) && fence_stops(tree->body, &fn->obstacle, &fn->obstacle_loc)) {
        fn->has_body = false; /* it can be called, where it stays passive */
        if (fn->is_static && !fn->in_header)
            repeat_function(fn);
        return;
    }
    if (fn->variadic)
        fence_refuse(fn->definition_loc, "a function with variable arguments",
                     "pass the values in an array, or as named parameters");
    fn->body = ir_new_block(fn, NULL, NULL);
    Lower lo = {.b = {.function = fn, .block = fn->body, .loc = fn->definition_loc},
                .types = &fn->module->types,
                .function = fn,
                .scope = fn->body};
    Frame arrival = {.absorbs = JUMP_RETURN};
    frame_push(&lo, &arrival);
    lower_nested_labels(&lo, tree->body);
    lower_gotos(&lo, tree->body);
    lower_parameters(&lo, tree);
    lower_result(&lo);
    lower_list(&lo, &tree->body, 1);
    lower_free_allocas(&lo);
    if (lo.result && lo.result->kind == VAL_LOCAL)
        ir_set_yield(fn->body, 0, ir_load(&lo.b, lo.result));
}
