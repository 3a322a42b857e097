/*
 * into.c: recursive functions that return structs. A call of such a function becomes one of its twin, which gives the
 * result by a pointer, as its last parameter; that split.c can take apart:
 *
 *     struct pair turn(double x, int n)          void turn_into(double x, int n, struct pair *result)
 *     {                                          {
 *         struct pair p = turn(x / 2, n - 1);  →     struct pair p;
 *         return ...;                                turn_into(x / 2, n - 1, &p);
 *     }                                              *result = ...;
 *                                                }
 */
#include "clone.h"
#include "passes.h"

typedef VEC(Function *) Functions;

static Block *lowered(Function *fn)
{
    if (fn->has_body && !fn->body)
        fn->module->lower_body(fn);
    return fn->body;
}

/* ---- which functions ---- */

static bool is_open(const Function *fn)
{
    return fn->has_body && !fn->rule && !fn->custom_vjp && !fn->variadic && !fn->passive;
}

static bool has_function(const Functions *list, const Function *fn)
{
    for (size_t k = 0; k < list->count; k++)
        if (list->at[k] == fn)
            return true;
    return false;
}

/* The user's function that is meant. */
static Function *callee_of(const Value *v)
{
    Function *callee = v->kind == VAL_CALL ? v->callee : NULL;
    return callee && callee->twin_of ? callee->twin_of : callee;
}

static bool calls(const Block *block, const Function *target, Functions *seen)
{
    for (const Value *v = block ? block->first : NULL; v; v = v->next) {
        Function *callee = callee_of(v);
        if (callee && callee == target)
            return true;
        if (callee && is_open(callee) && !has_function(seen, callee)) {
            vec_push(seen, callee);
            if (calls(lowered(callee), target, seen))
                return true;
        }
        if (calls(v->blocks[0], target, seen) || calls(v->blocks[1], target, seen))
            return true;
    }
    return false;
}

static bool is_meant(Function *fn)
{
    Functions seen = {0};
    return fn->result && fn->result->kind == TYPE_RECORD && type_has_real(fn->result) && is_open(fn) &&
           calls(lowered(fn), fn, &seen);
}

/* ---- the twin ---- */

static const char *free_name(const Module *module, const char *name)
{
    for (size_t k = 0; k < module->functions.count; k++)
        if (strcmp(module->functions.at[k]->name, name) == 0)
            return free_name(module, arena_printf("%s_", name));
    return name;
}

static Param result_param(const Function *fn, Builder *b)
{
    const char *record = fn->result_text ? fn->result_text : fn->result->name;
    Param result = {.name = "result",
                    .type = type_pointer(fn->result),
                    .declared = type_pointer(fn->result),
                    .before = arena_printf("%s *", record),
                    .before_mutable = arena_printf("%s *", record),
                    .after = "",
                    .loc = fn->loc};
    result.value = ir_new(b, VAL_PARAM, result.type, 0, NULL);
    result.value->i = fn->nparams;
    result.value->hint = result.name;
    return result;
}

static Function *make_twin(Function *fn)
{
    Function *twin = ir_new_function(fn->module, fn->name);
    const unsigned next_id = twin->next_id;
    *twin = *fn;
    twin->next_id = next_id;
    twin->twin_of = fn;
    twin->name = free_name(fn->module, arena_printf("%s_into", fn->name));
    twin->result = fn->module->types.void_;
    twin->result_text = "void";
    twin->result_object = NULL;
    twin->prototype = twin->text = NULL;
    twin->source = NULL;
    twin->is_static = true;
    twin->in_header = twin->results_given = false;
    twin->recursion = 0;
    twin->body = ir_new_block(twin, NULL, NULL);
    Builder b = {.function = twin, .block = twin->body, .loc = fn->loc};
    CloneMap map = {0};
    clone_map_init(&map, fn);
    twin->nparams = fn->nparams + 1;
    twin->params = ARENA_ARRAY(Param, twin->nparams);
    for (int k = 0; k < fn->nparams; k++) {
        twin->params[k] = fn->params[k];
        twin->params[k].value = clone_lookup(&map, &b, fn->params[k].value);
    }
    twin->params[fn->nparams] = result_param(fn, &b);
    clone_set(&map, fn->result_object, twin->params[fn->nparams].value);
    clone_block(&map, &b, fn->body);
    return twin;
}

static void give_results(Block *block)
{
    for (Value *v = block ? block->first : NULL; v; v = v->next) {
        Function *callee = callee_of(v);
        if (callee && callee == v->callee && (callee->twin || is_meant(callee))) {
            if (!callee->twin)
                callee->twin = make_twin(callee);
            v->callee = callee->twin;
            v->type = block->function->module->types.void_;
        }
        give_results(v->blocks[0]);
        give_results(v->blocks[1]);
    }
}

Block *into_body(Function *fn)
{
    if (lowered(fn) && !fn->results_given) {
        fn->results_given = true;
        give_results(fn->body);
    }
    return fn->body;
}
