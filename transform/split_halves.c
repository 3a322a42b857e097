/*
 * split_halves.c: a recursive function's derivative, taken apart into the forward and the reverse half (split.h).
 */
#include "clone.h"
#include "members.h"
#include "split.h"
#include "words.h"

/* ---- the body in a branch ---- */

static Value *tape_param(Function *fn, const Split *split)
{
    Type *type = type_pointer(split->tape);
    return signature_add_param(fn, (Param){.name = "tape",
                                           .type = type,
                                           .declared = type,
                                           .before = "adgen_tape *",
                                           .before_mutable = "adgen_tape *",
                                           .after = "",
                                           .loc = fn->loc});
}

static Value *nothing(Builder *b, Type *type)
{
    return type_is_real(type) ? ir_real(b, type, 0, NULL) : ir_int(b, type, 0);
}

void split_wrap_body(Function *fn, const Split *split)
{
    fn->tape = tape_param(fn, split);
    Block *body = fn->body;
    Value *first = body->first, *last = body->last;
    body->first = body->last = NULL;
    Builder b = {.function = fn, .block = body, .loc = fn->loc};
    Value *always = ir_binary(&b, VAL_NE, fn->module->types.int_, fn->tape, ir_int(&b, fn->tape->type, 0));
    Value *region = ir_if(&b, always);
    Block *inside = region->blocks[0];
    inside->first = first;
    inside->last = last;
    for (Value *v = first; v; v = v->next) {
        v->block = inside;
        for (int k = 0; k < 2; k++)
            if (v->blocks[k])
                v->blocks[k]->parent = inside;
    }
    if (body->nyields)
        ir_set_yield(body, 0, ir_if_result(region, body->yields[0], nothing(&b, body->yields[0]->type)));
}

/* ---- the halves ---- */

static Function *new_half(const Split *split, const Part *part, const char *suffix)
{
    Module *module = part->function->module;
    const bool is_requested = part->function == split->requested;
    const char *of = is_requested ? "" : arena_printf("_%s", part->function->name);
    Function *half = ir_new_function(module, arena_printf("%s%s%s", split->name, of, suffix));
    half->loc = part->function->loc;
    half->definition_loc = part->function->definition_loc;
    half->is_static = half->has_body = half->is_part = true;
    half->primal = part->function;
    half->body = ir_new_block(half, NULL, NULL);
    return half;
}

/* Static variables of functions are variables of the output's file: a parameter of the same name would hide one. */
static bool hides_variable(const Function *fn, const Param *p)
{
    for (int k = 0; k < fn->nparams; k++)
        if (fn->params[k].nextents) /* they may name the parameter */
            return false;
    for (size_t k = 0; k < fn->module->globals.count; k++)
        if (fn->module->globals.at[k]->is_local && strcmp(fn->module->globals.at[k]->name, p->name) == 0)
            return true;
    return false;
}

static void copy_param(CloneMap *map, Function *half, const Param *p)
{
    Param copy = *p;
    if (hides_variable(half->primal, p))
        copy.name = arena_printf("%s_given", p->name);
    copy.before = without_word(p->before, "restrict"); /* where its object is gone, its adjoint's is given */
    copy.after = without_word(p->after, "restrict");
    copy.bar = NULL;
    Value *value = signature_add_param(half, copy);
    value->adjoint = p->value->adjoint;
    clone_set(map, p->value, value);
}

/* Behind the tape, has the half a parameter like this one of the whole? */
static bool takes_adjoint(const Part *part, const Param *p, bool reverse)
{
    const Function *work = part->work;
    if (p->value == work->result_shadow)
        return !reverse;
    for (int k = 0; k < part->function->nparams && !reverse; k++)
        if (work->params[k].bar == p->value)
            return split_follows(work->split, part->function, k);
    return reverse;
}

/* The parameters of both: those of the function, the adjoints, and the tape last. */
static void copy_params(CloneMap *map, Function *half, const Part *part, bool reverse)
{
    const Function *work = part->work;
    const int nprimal = part->function->nparams;
    for (int k = 0; k < work->nparams; k++)
        if (k < nprimal || (k > nprimal && takes_adjoint(part, &work->params[k], reverse)))
            copy_param(map, half, &work->params[k]);
    copy_param(map, half, &work->params[nprimal]);
}

/* Where the forward half leaves the shadow of the pointer that it returns. */
static void add_result_shadow(Part *part)
{
    Function *work = part->work;
    Type *shadow = type_pointer(type_mutable(type_unqualified(part->function->result->to)));
    const char *name = "result_bar", *before = arena_printf("%s*", members_text_before(shadow, true));
    while (signature_has(work, name))
        name = arena_printf("%s_", name);
    work->result_shadow = signature_add_param(work, (Param){.name = name,
                                                            .type = type_pointer(shadow),
                                                            .declared = type_pointer(shadow),
                                                            .before = before,
                                                            .before_mutable = before,
                                                            .after = "",
                                                            .loc = work->loc});
    work->result_shadow->adjoint = true;
}

static void clone_outside(CloneMap *map, Builder *b, const Value *first, const Value *end)
{
    for (const Value *v = first; v != end; v = v->next)
        clone_value(map, b, (Value *)(uintptr_t)v);
}

static Value *find_twin(const Block *body)
{
    Value *v = body->first;
    while (v && !v->twin)
        v = v->next;
    return v;
}

/* The primal's, where it has no twin; NULL where nothing is left of it. */
static const Value *only_branch(const Block *body)
{
    const Value *v = body->first;
    while (v && v->kind != VAL_IF)
        v = v->next;
    return v;
}

static void fill_forward(Part *part, CloneMap *map, const Value *primal)
{
    const Function *work = part->work;
    Function *half = part->forward;
    Builder b = {.function = half, .block = half->body, .loc = half->loc};
    clone_outside(map, &b, work->body->first, primal);
    if (primal)
        clone_block(map, &b, primal->blocks[0]);
    if (work->body->nyields)
        ir_set_yield(half->body, 0, clone_lookup(map, &b, primal->blocks[0]->yields[work->body->yields[0]->i]));
    dead_remove(half);
}

static void fill_reverse(Part *part, CloneMap *map, const Value *primal, const Value *twin)
{
    const Function *work = part->work;
    Function *half = part->reverse;
    Builder b = {.function = half, .block = half->body, .loc = half->loc, .adjoint = true};
    clone_outside(map, &b, work->body->first, primal);
    clone_outside(map, &b, primal->next, twin);
    clone_block(map, &b, twin->blocks[0]);
    for (int k = 0; k < twin->nresults; k++)
        clone_set(map, twin->results[k], clone_lookup(map, &b, twin->blocks[0]->yields[k]));
    clone_outside(map, &b, twin->next, NULL);
    if (half->result->kind != TYPE_VOID)
        ir_set_yield(half->body, 0, clone_lookup(map, &b, work->body->yields[1]));
    dead_remove(half);
}

/* Pointers that walk have adjoint pointers that walk along: those are the reverse half's alone. */
static bool uses_adjoints(const Block *block)
{
    for (const Value *v = ir_first(block); v; v = ir_next(v, block))
        for (int k = 0; k < v->nargs; k++)
            if (v->args[k]->kind == VAL_PARAM && v->args[k]->adjoint)
                return true;
    return false;
}

static bool has_adjoint_param(const Function *fn, int nprimal)
{
    for (int k = 0; k < nprimal; k++)
        if (fn->params[k].bar)
            return true;
    return false;
}

static void describe_halves(Part *part)
{
    const char *name = part->function->name;
    const bool returns = part->reverse->result->kind != TYPE_VOID;
    part->forward->comment =
        arena_printf("%s, which also puts on the tape what %s takes off again.\n", name, part->reverse->name);
    part->reverse->comment = arena_printf("The reverse sweep of %s: adds the adjoints of what the last call of %s\n"
                                          "that has not been reversed yet was called with.%s\n",
                                          name, part->forward->name, returns ? " Returns what that returned." : "");
}

void split_open(const Split *split, Part *part)
{
    Function *work = part->work;
    part->forward = new_half(split, part, "_forward");
    part->reverse = new_half(split, part, "_reverse");
    part->reverse->is_reverse_part = true;
    part->forward->writes_nothing = part->function->writes_nothing;
    part->forward->reaches_written = part->function->reaches_written;
    part->forward->result = part->function->result;
    part->forward->result_text = part->function->result_text;
    part->reverse->result = work->module->types.void_;
    part->reverse->result_text = "void";
    part->forward->moves_pointers = part->function->moves_pointers;
}

bool split_sweep(Part *part, const DeriveOptions *options)
{
    const unsigned errors = diag_error_count();
    Function *work = part->work;
    if (!split_is_active(part)) /* it is called as it is */
        return true;
    if (!split_check(part))
        return false;
    const Activity *activity = activity_find(work, &part->request);
    if (diag_error_count() != errors)
        return false;
    Value *seed = signature_add_bars(work, activity, MODE_VJP);
    if (part->request.wants_result)
        add_result_shadow(part);
    reverse_sweep(work, activity, seed, options->strong_zero);
    if (diag_error_count() != errors)
        return false;
    values_number(work);
    dead_remove(work);
    if (options->results_back)
        values_defer(work);
    part->twin = find_twin(work->body);
    part->is_flat = !part->twin && !split_owns_memory(work->split);
    if (part->is_quiet && part->twin)
        diag_internal(part->function->loc, "'%s' has a reverse half", part->function->name);
    part->is_quiet |= !part->twin && !part->is_flat;
    return true;
}

bool split_build(Part *part, const DeriveOptions *options)
{
    if (!split_is_active(part))
        return true;
    const unsigned errors = diag_error_count();
    Function *work = part->work;
    const int nprimal = part->function->nparams;
    const Value *twin = part->twin, *primal = twin ? twin->twin : only_branch(work->body);
    dead_remove(work); /* a result that is not returned in the end */
    storage_plan(work, options, work->next_id);
    if (diag_error_count() != errors)
        return false;
    derive_verify(work, options, "storage of a recursive function");
    dead_remove(work);
    describe_halves(part);
    CloneMap forward = {0}, reverse = {0};
    clone_map_init(&forward, work);
    clone_map_init(&reverse, work);
    copy_params(&forward, part->forward, part, false);
    fill_forward(part, &forward, primal);
    derive_verify(part->forward, options, "forward half");
    if (part->is_quiet)
        return true;
    copy_params(&reverse, part->reverse, part, true);
    fill_reverse(part, &reverse, primal, twin);
    if (!split_pointers_move(work->split) && has_adjoint_param(work, nprimal) && uses_adjoints(part->forward->body))
        return split_refuse(part->function, part->function->loc, "a pointer in it changes as it runs",
                            "use an index in place of the pointer");
    derive_verify(part->reverse, options, "reverse half");
    return true;
}
