/*
 * into.c: recursive functions that return structs, or take structs of pointers (members.c). A call of such a function
 * becomes one of its twin, which gives the result by a pointer, as its last parameter; that split.c can take apart:
 *
 *     struct pair turn(double x, int n)          void turn_into(double x, int n, struct pair *result)
 *     {                                          {
 *         struct pair p = turn(x / 2, n - 1);  →     struct pair p;
 *         return ...;                                turn_into(x / 2, n - 1, &p);
 *     }                                              *result = ...;
 *                                                }
 */
#include "clone.h"
#include "members.h"

Block *into_lowered(Function *fn)
{
    if (fn->has_body && !fn->body)
        fn->module->lower_body(fn);
    return fn->body;
}

/* ---- which functions ---- */

bool into_is_open(const Function *fn)
{
    return split_looks_into(fn) && !fn->passive;
}

bool into_has(const Functions *list, const Function *fn)
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

const char *into_user_name(const Function *fn)
{
    return fn->twin_of ? fn->twin_of->name : fn->name;
}

int into_user_argument(const Function *fn, int param)
{
    int k = 0;
    for (; fn->twin_of && fn->takes_members && k < fn->twin_of->nparams; k++) {
        const int width = fn->takes_members[k] ? members_count(&fn->twin_of->params[k]) : 1;
        if (param < width)
            return k + 1;
        param -= width;
    }
    return k + param + 1;
}

static bool calls(const Block *block, const Function *target, unsigned walk)
{
    for (const Value *v = ir_first(block); v; v = ir_next(v, block)) {
        Function *callee = callee_of(v);
        if (callee && callee == target)
            return true;
        if (callee && into_is_open(callee) && ir_first_visit(callee, walk) && calls(into_lowered(callee), target, walk))
            return true;
    }
    return false;
}

static bool gives_record(const Function *fn)
{
    return fn->result->kind == TYPE_RECORD && type_has_real(fn->result);
}

static bool takes_members(Function *fn)
{
    for (int k = 0; k < fn->nparams; k++)
        if (members_are_taken(fn, k))
            return true;
    return false;
}

static bool is_meant(Function *fn)
{
    return fn->result && into_is_open(fn) && into_lowered(fn) && (gives_record(fn) || takes_members(fn)) &&
           calls(fn->body, fn, ir_new_walk(fn->module));
}

/* ---- the twin ---- */

const char *into_free_name(const Module *module, const char *name)
{
    for (size_t k = 0; k < module->functions.count; k++)
        if (strcmp(module->functions.at[k]->name, name) == 0)
            return into_free_name(module, arena_printf("%s_", name));
    return name;
}

static Param result_param(const Function *fn)
{
    const char *record = fn->result_text ? fn->result_text : fn->result->name;
    return (Param){.name = "result",
                   .type = type_pointer(fn->result),
                   .declared = type_pointer(fn->result),
                   .before = arena_printf("%s *", record),
                   .before_mutable = arena_printf("%s *", record),
                   .after = "",
                   .loc = fn->loc};
}

/* The parameters of fn, or what is in them; in the body they are what the map says. */
static void add_params(Function *twin, Function *fn, CloneMap *map, Builder *b)
{
    for (int k = 0; k < fn->nparams; k++) {
        const Param *p = &fn->params[k];
        if (twin->takes_members[k]) {
            clone_set(map, p->value, members_add_params(twin, b, p));
            continue;
        }
        const Param copy = *p;
        clone_set(map, p->value, signature_add_param(twin, copy));
    }
}

Function *into_new_function(Function *fn, const char *name)
{
    Function *twin = ir_new_function(fn->module, name);
    const unsigned next_id = twin->next_id;
    *twin = *fn;
    twin->name = name;
    twin->next_id = next_id;
    twin->twin_of = fn->twin_of ? fn->twin_of : fn;
    twin->twin = NULL;
    memset(&twin->variants, 0, sizeof twin->variants);
    twin->prototype = twin->text = NULL;
    twin->type = NULL;
    twin->source = NULL;
    twin->is_static = true;
    twin->in_header = twin->results_given = false;
    twin->recursion = 0;
    twin->first = 0;
    twin->body = ir_new_block(twin, NULL, NULL);
    twin->params = NULL;
    twin->nparams = 0;
    return twin;
}

static Function *make_twin(Function *fn)
{
    const bool gives = gives_record(fn);
    Function *twin =
        into_new_function(fn, into_free_name(fn->module, arena_printf("%s_%s", fn->name, gives ? "into" : "apart")));
    twin->takes_members = ARENA_ARRAY(bool, fn->nparams + 1);
    for (int k = 0; k < fn->nparams; k++)
        twin->takes_members[k] = members_are_taken(fn, k);
    Builder b = {.function = twin, .block = twin->body, .loc = fn->loc};
    CloneMap map = {0};
    clone_map_init(&map, fn);
    add_params(twin, fn, &map, &b);
    if (gives) {
        twin->result = fn->module->types.void_;
        twin->result_text = "void";
        twin->result_object = NULL;
        const Param result = result_param(fn);
        clone_set(&map, fn->result_object, signature_add_param(twin, result));
    }
    clone_block(&map, &b, fn->body);
    if (fn->body->nyields)
        ir_set_yield(twin->body, 0, clone_lookup(&map, &b, fn->body->yields[0]));
    return twin;
}

/* ---- its calls ---- */

static void take_members(const Function *fn, Value *call)
{
    const Function *twin = fn->twin;
    Value **args = ARENA_ARRAY(Value *, twin->nparams + call->nargs + 1);
    Builder b = {.function = call->block->function, .block = call->block, .before = call, .loc = call->loc};
    int nargs = 0;
    for (int k = 0; k < call->nargs; k++)
        if (k < fn->nparams && twin->takes_members[k])
            nargs += members_add_arguments(&b, call->args[k], args + nargs);
        else
            args[nargs++] = call->args[k];
    call->args = args;
    call->nargs = nargs;
}

static void call_twins(Block *block)
{
    for (Value *v = ir_first(block); v; v = ir_next(v, block)) {
        Function *callee = callee_of(v);
        if (callee && callee == v->callee && (callee->twin || is_meant(callee))) {
            if (!callee->twin)
                callee->twin = make_twin(callee);
            v->callee = callee->twin;
            take_members(callee, v);
            if (gives_record(callee))
                v->type = v->block->function->module->types.void_;
        }
    }
}

Block *into_body(Function *fn)
{
    if (into_lowered(fn) && !fn->results_given) {
        fn->results_given = true;
        call_twins(fn->body);
    }
    return fn->body;
}
