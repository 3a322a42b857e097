/*
 * split.c: recursive functions. Such a function g gets two halves, g_forward and g_reverse: the first does what g does
 * and puts what the second needs on tapes, the second takes it off again and does the reverse sweep. The reverse calls
 * come in the exact reverse order of the forward calls, so each pop meets its push.
 *
 * How a function is taken apart: its whole body goes into a branch that is always taken,
 *
 *     if (tapes) { body }                 primal
 *     if (tapes) { reverse of the body }  its twin
 *
 * storage.c moves what the twin needs by tapes only, and then nothing but the parameters is shared between the two.
 *
 * What is differentiated of g follows from all its calls together: a parameter has an adjoint where any call's argument
 * is active, and that may make arguments of further calls active, to a fixpoint.
 */
#include "clone.h"
#include "heap.h"
#include "passes.h"
#include "words.h"

typedef struct {
    Function *function; /* the user's */
    Function *work;     /* prepared, then differentiated as a whole */
    Request request;    /* wanted: which parameters have adjoints */
    Function *forward, *reverse;
    bool is_flat; /* its derivative is zero: it is called as it is, and there are no halves */
} Part;

struct Split {
    VEC(Part *) parts;
    const char *name; /* of the derivative */
    const Function *requested;
    const Function *caller; /* prepared */
    Type *tape;
    int ntapes;
    bool memory_stays; /* nothing writes what the functions' pointer parameters lead to, from the first forward call to
                          the last reverse one */
};

typedef VEC(Function *) Functions;

/* ---- which functions are recursive ---- */

static bool has_function(const Functions *list, const Function *fn)
{
    for (size_t k = 0; k < list->count; k++)
        if (list->at[k] == fn)
            return true;
    return false;
}

/* Its body is looked into, and may come into that of its caller. */
static bool is_open(const Function *fn)
{
    return fn->has_body && !fn->rule && !fn->custom_vjp && !fn->variadic;
}

static bool block_calls(const Block *block, const Function *target, Functions *seen)
{
    for (const Value *v = ir_first(block); v; v = ir_next(v, block)) {
        Function *callee = v->kind == VAL_CALL ? v->callee : NULL;
        if (callee && callee == target)
            return true;
        if (callee && is_open(callee) && !has_function(seen, callee)) {
            vec_push(seen, callee);
            if (block_calls(into_body(callee), target, seen))
                return true;
        }
    }
    return false;
}

static bool block_writes(const Block *block, Functions *seen)
{
    for (const Value *v = ir_first(block); v; v = ir_next(v, block)) {
        const bool store = v->kind == VAL_STORE || v->kind == VAL_ACCUM || v->kind == VAL_COPY;
        if (store && memory_base(v->args[0])->kind != VAL_LOCAL)
            return true;
        Function *callee = v->kind == VAL_CALL ? v->callee : NULL;
        if (v->kind == VAL_CALL && (!callee || !is_open(callee)))
            return true;
        if (callee && !has_function(seen, callee)) {
            vec_push(seen, callee);
            if (block_writes(into_body(callee), seen))
                return true;
        }
    }
    return false;
}

bool split_is_recursive(Function *fn)
{
    if (!fn->recursion) {
        Functions called = {0}, seen = {0};
        fn->recursion = is_open(fn) && block_calls(into_body(fn), fn, &called) ? 2 : 1;
        if (fn->recursion == 2)
            fn->writes_nothing = !block_writes(into_body(fn), &seen);
    }
    return fn->recursion == 2;
}

bool split_takes(const Value *call)
{
    return call->kind == VAL_CALL && call->callee && call->callee->recursion == 2 && !call->callee->passive;
}

/* ---- what cannot be taken apart ---- */

static bool refuse(const Function *fn, Loc loc, const char *why, const char *way_out)
{
    diag_error(loc, "cannot differentiate '%s', which is recursive: %s", fn->twin_of ? fn->twin_of->name : fn->name,
               why);
    diag_note((Loc){0}, "%s", way_out);
    return false;
}

static bool holds_real_pointers(const Type *t)
{
    while (t->kind == TYPE_ARRAY)
        t = t->to;
    if (t->kind == TYPE_POINTER)
        return type_has_real(t->to);
    for (size_t k = 0; t->kind == TYPE_RECORD && k < t->record->nfields; k++)
        if (holds_real_pointers(t->record->fields[k].type))
            return true;
    return false;
}

static const Global *global_at(const Value *address)
{
    const Value *base = memory_base((Value *)(uintptr_t)address);
    return base->kind == VAL_GLOBAL ? base->global : NULL;
}

static bool block_writes_global(const Block *block, const Global *global)
{
    for (const Value *v = ir_first(block); v; v = ir_next(v, block)) {
        const bool stores = v->kind == VAL_STORE || v->kind == VAL_ACCUM || v->kind == VAL_COPY;
        if (stores && (global_at(v->args[0]) == global || global_at(v->args[1]) == global))
            return true;
        for (int k = 0; v->kind == VAL_CALL && k < v->nargs; k++)
            if (call_writes_through(v, k) && global_at(v->args[k]) == global)
                return true;
    }
    return false;
}

/* A real that changes as the program runs, and has no place in the halves. One that is only read is a constant. */
static bool is_global_real(const Function *work, const Value *address)
{
    const Global *global = global_at(address);
    if (!global || global->is_const_data || global->passive || !type_has_real(global->type))
        return false;
    for (size_t k = 0; k < work->split->parts.count; k++)
        if (block_writes_global(work->split->parts.at[k]->work->body, global))
            return true;
    return block_writes_global(work->split->caller->body, global);
}

static bool check_value(const Function *fn, const Function *work, const Value *v)
{
    const bool accesses = v->kind == VAL_LOAD || v->kind == VAL_STORE || v->kind == VAL_ACCUM || v->kind == VAL_COPY;
    if (accesses && (is_global_real(work, v->args[0]) || (v->kind == VAL_COPY && is_global_real(work, v->args[1]))))
        return refuse(fn, v->loc, "it uses a variable outside functions", "pass the variable by a pointer");
    for (int k = 0; v->kind == VAL_CALL && k < v->nargs; k++)
        if (type_is_pointer(v->args[k]->type) && is_global_real(work, v->args[k]))
            return refuse(fn, v->loc, "it uses a variable outside functions", "pass the variable by a pointer");
    if (v->kind == VAL_STORE && type_is_pointer(v->args[1]->type) && type_has_real(v->args[1]->type))
        return refuse(fn, v->loc, "it stores pointers", "pass pointers as arguments");
    if (v->kind == VAL_LOCAL && holds_real_pointers(v->type->to))
        return refuse(fn, v->loc,
                      arena_printf("its variable '%s' has pointers in it", v->hint ? v->hint : "of this type"),
                      "pass pointers as arguments; or give the function a rule by ADGEN_CUSTOM_VJP");
    if (v->kind == VAL_ALLOC || v->kind == VAL_FREE)
        return refuse(fn, v->loc, "it allocates memory", "use a local array, or pass the memory as an argument");
    return true;
}

static bool check_block(const Function *fn, const Function *work, const Block *block)
{
    for (const Value *v = ir_first(block); v; v = ir_next(v, block))
        if (!check_value(fn, work, v))
            return false;
    return true;
}

static bool check_signature(const Function *fn)
{
    const Type *result = fn->result;
    if (result->kind == TYPE_RECORD) /* others are given by a pointer (into.c) */
        return refuse(fn, fn->loc, "its result is a struct without real numbers in it",
                      "return it by a pointer parameter");
    if (result->kind == TYPE_COMPLEX || result->kind == TYPE_POINTER)
        return refuse(fn, fn->loc, "its result is a complex number or a pointer", "return it by a pointer parameter");
    for (int k = 0; k < fn->nparams; k++) {
        const Type *t = fn->params[k].type;
        if (t->kind == TYPE_RECORD ? holds_real_pointers(t)
                                   : !type_is_pointer(t) && t->kind != TYPE_REAL && t->kind != TYPE_INT)
            return refuse(fn, fn->params[k].loc, "a parameter is a struct with pointers in it, or a complex number",
                          "pass it by a pointer");
        if (type_is_pointer(t) && (t->to->kind == TYPE_VOID || t->to->kind == TYPE_FUNCTION ||
                                   (type_scalar(t->to)->kind == TYPE_POINTER && type_has_real(t->to))))
            return refuse(fn, fn->params[k].loc, "a parameter points to pointers, to a function or to untyped memory",
                          "pass pointers to numbers and structs");
    }
    return true;
}

/* ---- the body in a branch ---- */

static Value *tapes_param(Function *fn, const Split *split)
{
    Type *type = type_pointer(split->tape);
    return derive_add_param(fn, (Param){.name = "tapes",
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

static void wrap_body(Function *fn)
{
    Block *body = fn->body;
    Value *first = body->first, *last = body->last;
    body->first = body->last = NULL;
    Builder b = {.function = fn, .block = body, .loc = fn->loc};
    Value *always = ir_binary(&b, VAL_NE, fn->module->types.int_, fn->tapes, ir_int(&b, fn->tapes->type, 0));
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

/* ---- the functions of one derivative ---- */

static Part *part_of(const Split *split, const Function *callee)
{
    for (size_t k = 0; k < split->parts.count; k++)
        if (split->parts.at[k]->function == callee)
            return split->parts.at[k];
    return NULL;
}

static bool collect(Split *split, const Block *block, const DeriveOptions *options);

static void verify(const Function *fn, const DeriveOptions *options, const char *stage)
{
    if (options->verify)
        ir_verify(fn, stage);
}

/* The reverse half gets adjoints of the parameters: any pointer in it must be a way from there. */
static void index_walks(Function *work, const DeriveOptions *options)
{
    walk_by_index(work, WALKS_ALL);
    verify(work, options, "pointers that walk");
    values_number(work);
    dead_remove(work);
    loops_canonicalize(work, options);
    values_number(work);
    dead_remove(work);
}

static bool add_part(Split *split, Function *fn, const DeriveOptions *options)
{
    Part *part = ARENA_NEW(Part);
    part->function = fn;
    vec_push(&split->parts, part);
    Function *work = part->work = derive_prepared(fn->module, fn, options);
    if (!work)
        return false;
    index_walks(work, options);
    work->in_two_parts = true;
    work->split = split;
    part->request = (Request){.mode = MODE_VJP,
                              .function = fn,
                              .loc = fn->loc,
                              .text = fn->name,
                              .name = fn->name,
                              .wanted = ARENA_ARRAY(bool, fn->nparams + 1)};
    work->tapes = tapes_param(work, split);
    wrap_body(work);
    return collect(split, work->body, options);
}

static bool collect(Split *split, const Block *block, const DeriveOptions *options)
{
    for (const Value *v = ir_first(block); v; v = ir_next(v, block)) {
        if (split_takes(v) && !part_of(split, v->callee) && !add_part(split, v->callee, options))
            return false;
    }
    return true;
}

/* ---- what is written, to a fixpoint ---- */

static bool mark_written(bool *written, int param)
{
    const bool changed = !written[param];
    written[param] = true;
    return changed;
}

/* Something is written through the pointer: which parameters may have led there? */
static bool note_write(const Function *fn, Value *pointer)
{
    const Value *base = memory_base(pointer);
    if (base->kind == VAL_LOCAL || base->kind == VAL_GLOBAL || base->kind == VAL_ALLOC || heap_is_object(base))
        return false;
    while (base->kind == VAL_LOAD)
        base = memory_base(base->args[0]);
    if (base->kind == VAL_PARAM || (base->kind == VAL_PARAM_OBJECT && base->i != RESULT_OBJECT))
        return mark_written(fn->reaches_written, (int)base->i);
    bool changed = false;
    for (int k = 0; k < fn->nparams; k++)
        changed |= mark_written(fn->reaches_written, k);
    return changed;
}

static bool may_write_argument(const Value *call, int arg)
{
    if (split_takes(call) && arg < call->callee->nparams && call->callee->reaches_written)
        return call->callee->reaches_written[arg];
    return type_is_pointer(call->args[arg]->type) && (!call->callee || call->callee->effect == EFFECT_UNKNOWN);
}

static bool note_writes(const Function *fn, const Block *block)
{
    bool changed = false;
    for (const Value *v = ir_first(block); v; v = ir_next(v, block)) {
        if (v->kind == VAL_STORE || v->kind == VAL_ACCUM || v->kind == VAL_COPY)
            changed |= note_write(fn, v->args[0]);
        for (int k = 0; v->kind == VAL_CALL && k < v->nargs; k++)
            if (may_write_argument(v, k))
                changed |= note_write(fn, v->args[k]);
    }
    return changed;
}

static void find_written(Split *split)
{
    for (size_t k = 0; k < split->parts.count; k++)
        split->parts.at[k]->function->reaches_written = ARENA_ARRAY(bool, split->parts.at[k]->function->nparams + 1);
    bool changed;
    do {
        changed = false;
        for (size_t k = 0; k < split->parts.count; k++)
            changed |= note_writes(split->parts.at[k]->function, split->parts.at[k]->work->body);
    } while (changed);
}

/* ---- activity, to a fixpoint ---- */

static bool argument_is_active(const Activity *a, const Value *x)
{
    if (type_is_real(x->type))
        return activity_is_active(a, x);
    return type_is_pointer(x->type) && type_has_real(x->type) && activity_leads_to_active(a, x);
}

static bool note_calls(Split *split, const Activity *a, const Block *block)
{
    bool changed = false;
    for (const Value *v = ir_first(block); v; v = ir_next(v, block)) {
        for (int k = 0; split_takes(v) && k < v->callee->nparams; k++) { /* behind them is where a struct goes */
            bool *wanted = &part_of(split, v->callee)->request.wanted[k];
            if (!*wanted && call_has_bar(v->callee, k) && argument_is_active(a, v->args[k]))
                *wanted = changed = true;
        }
    }
    return changed;
}

static void find_bars(Split *split, Function *fn, const Request *request)
{
    bool changed;
    do {
        changed = note_calls(split, activity_probe(fn, request), fn->body);
        for (size_t k = 0; k < split->parts.count; k++) {
            Part *part = split->parts.at[k];
            changed |= note_calls(split, activity_probe(part->work, &part->request), part->work->body);
        }
    } while (changed);
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
    Value *value = derive_add_param(half, copy);
    value->adjoint = p->value->adjoint;
    clone_set(map, p->value, value);
}

/* The parameters of both: those of the function, in the reverse half the adjoints, and the tapes last. */
static void copy_params(CloneMap *map, Function *half, const Function *work, int nprimal, bool reverse)
{
    for (int k = 0; k < work->nparams; k++)
        if (k < nprimal || (k > nprimal && reverse))
            copy_param(map, half, &work->params[k]);
    copy_param(map, half, &work->params[nprimal]);
}

static void clone_outside(CloneMap *map, Builder *b, const Value *first, const Value *end)
{
    for (const Value *v = first; v != end; v = v->next)
        clone_value(map, b, (Value *)(uintptr_t)v);
}

static const Value *find_twin(const Block *body, const Value **primal)
{
    for (const Value *v = body->first; v; v = v->next)
        if (v->twin) {
            *primal = v->twin;
            return v;
        }
    return NULL;
}

static void fill_forward(Part *part, CloneMap *map, const Value *primal)
{
    const Function *work = part->work;
    Function *half = part->forward;
    Builder b = {.function = half, .block = half->body, .loc = half->loc};
    clone_outside(map, &b, work->body->first, primal);
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
    dead_remove(half);
}

/* Pointers that walk have adjoint pointers that walk along: those are the reverse half's alone. */
static bool uses_adjoints(const Block *block)
{
    for (const Value *v = ir_first(block); v; v = ir_next(v, block)) {
        for (int k = 0; k < v->nargs; k++)
            if (v->args[k]->kind == VAL_PARAM && v->args[k]->adjoint)
                return true;
    }
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
    part->forward->comment =
        arena_printf("%s, which also puts on the tapes what %s takes off again.\n", name, part->reverse->name);
    part->reverse->comment = arena_printf("The reverse sweep of %s: adds the adjoints of what the last call of %s\n"
                                          "that has not been reversed yet was called with.\n",
                                          name, part->forward->name);
}

static bool open_part(Split *split, Part *part)
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
    describe_halves(part);
    return true;
}

static bool is_active(const Part *part)
{
    if (part->is_flat)
        return false;
    for (int k = 0; k < part->function->nparams; k++)
        if (part->request.wanted[k])
            return true;
    return false;
}

static bool build_part(Part *part, const DeriveOptions *options)
{
    const unsigned errors = diag_error_count();
    Function *work = part->work;
    if (!is_active(part)) /* it is called as it is */
        return true;
    if (!check_signature(part->function) || !check_block(part->function, work, work->body))
        return false;
    const int nprimal = part->function->nparams;
    const Activity *activity = activity_find(work, &part->request);
    if (diag_error_count() != errors)
        return false;
    Value *seed = derive_add_bars(work, activity, MODE_VJP);
    reverse_sweep(work, activity, seed, options->strong_zero);
    if (diag_error_count() != errors)
        return false;
    values_number(work);
    dead_remove(work);
    storage_plan(work, options, work->next_id);
    verify(work, options, "storage of a recursive function");
    dead_remove(work);
    const Value *primal, *twin = find_twin(work->body, &primal);
    part->is_flat = !twin;
    if (!twin)
        return true;
    CloneMap forward = {0}, reverse = {0};
    clone_map_init(&forward, work);
    clone_map_init(&reverse, work);
    copy_params(&forward, part->forward, work, nprimal, false);
    copy_params(&reverse, part->reverse, work, nprimal, true);
    fill_forward(part, &forward, primal);
    fill_reverse(part, &reverse, primal, twin);
    if (has_adjoint_param(work, nprimal) && uses_adjoints(part->forward->body))
        return refuse(part->function, part->function->loc, "a pointer in it changes as it runs",
                      "use an index in place of the pointer");
    verify(part->forward, options, "forward half");
    verify(part->reverse, options, "reverse half");
    return true;
}

/* ---- memory that stays ---- */

/* Local objects are gone when the reverse half runs, and it knows them by their adjoints. */
static bool passes_locals(const Block *block)
{
    for (const Value *v = ir_first(block); v; v = ir_next(v, block)) {
        for (int k = 0; split_takes(v) && k < v->nargs; k++) {
            const Value *base = type_is_pointer(v->args[k]->type) ? memory_base(v->args[k]) : NULL;
            while (base && base->kind == VAL_LOAD)
                base = memory_base(base->args[0]);
            if (base && base->kind != VAL_PARAM && base->kind != VAL_GLOBAL)
                return true;
        }
    }
    return false;
}

static bool memory_stays(const Split *split, const Function *fn)
{
    Functions seen = {0};
    if (block_writes(fn->body, &seen) || passes_locals(fn->body))
        return false;
    for (size_t k = 0; k < split->parts.count; k++) {
        const Part *part = split->parts.at[k];
        if (!part->function->writes_nothing || passes_locals(part->work->body))
            return false;
    }
    return true;
}

bool split_memory_stays(const Split *split)
{
    return split->memory_stays;
}

/* What was made before it was known that the callee is flat called its halves. */
static void call_flat_ones(const Split *split, const Block *block)
{
    for (Value *v = ir_first(block), *next; v; v = next) {
        next = ir_next(v, block);
        const bool calls_half = v->kind == VAL_CALL && v->callee && v->callee->is_part;
        if (calls_half && part_of(split, v->callee->primal)->is_flat) {
            if (v->callee->is_reverse_part)
                ir_remove(v);
            v->callee = v->callee->primal;
            v->nargs = v->callee->nparams;
        }
    }
}

static bool build_parts(const Split *split, const DeriveOptions *options)
{
    for (size_t k = 0; k < split->parts.count; k++)
        if (!build_part(split->parts.at[k], options))
            return false;
    for (size_t k = 0; k < split->parts.count; k++) {
        Part *part = split->parts.at[k];
        if (!is_active(part))
            continue;
        call_flat_ones(split, part->forward->body);
        call_flat_ones(split, part->reverse->body);
        dead_remove(part->reverse);
    }
    return true;
}

static bool any_active(const Split *split)
{
    for (size_t k = 0; k < split->parts.count; k++)
        if (is_active(split->parts.at[k]))
            return true;
    return false;
}

bool split_halves(const Split *split, const Function *callee, Function **forward, Function **reverse,
                  const bool **has_bar)
{
    const Part *part = part_of(split, callee);
    if (part->is_flat)
        return false;
    *forward = part->forward;
    *reverse = part->reverse;
    *has_bar = part->request.wanted;
    return true;
}

Value *split_new_tape(Function *fn, Builder *b)
{
    return ir_ptradd(b, fn->tapes, ir_int(b, fn->module->types.int_, fn->split->ntapes++), NULL);
}

/* ---- the derivative that calls them ---- */

static Type *tape_type(void)
{
    Record *record = ARENA_NEW(Record);
    record->tag = "adgen_tape";
    record->is_complete = true;
    Type *type = ARENA_NEW(Type);
    type->kind = TYPE_RECORD;
    type->name = record->tag;
    type->record = record;
    type->canonical = type;
    return type;
}

/* adgen_tape tapes[n] = {0}; ... for (k) adgen_tape_free(&tapes[k]); */
static void add_tapes(Function *fn, const Split *split)
{
    Builder b = {.function = fn, .block = fn->body, .before = fn->body->first, .loc = fn->loc};
    Value *array = ir_local(&b, type_array(split->tape, split->ntapes ? split->ntapes : 1), 0, NULL, "tapes");
    ir_new(&b, VAL_ZERO, fn->module->types.void_, 1, &array);
    fn->tapes = ir_decay(&b, array);
}

static void free_tapes(Function *fn)
{
    Type *size = fn->module->types.size;
    Builder b = {.function = fn, .block = fn->body, .loc = fn->loc};
    const Value *loop = ir_count(&b, ir_int(&b, size, 0), VAL_LT, ir_int(&b, size, fn->split->ntapes), 1);
    b.block = loop->blocks[1];
    Value *tape = ir_ptradd(&b, fn->tapes, loop->counter, NULL);
    ir_new(&b, VAL_TAPE_FREE, fn->module->types.void_, 1, &tape);
}

bool split_prepare(Function *fn, Request *request, const DeriveOptions *options)
{
    Split *split = ARENA_NEW(Split);
    split->name = request->name;
    split->requested = request->function;
    split->caller = fn;
    split->tape = tape_type();
    if (!collect(split, fn->body, options))
        return false;
    if (!split->parts.count)
        return true;
    find_written(split);
    find_bars(split, fn, request);
    split->memory_stays = memory_stays(split, fn);
    for (size_t k = 0; k < split->parts.count; k++)
        open_part(split, split->parts.at[k]);
    if (!build_parts(split, options))
        return false;
    fn->split = split;
    if (any_active(split))
        add_tapes(fn, split);
    return true;
}

/* ---- what comes with it ---- */

static void bring_callees(Function *fn, const Block *block, const DeriveOptions *options);

/* A function of the file that the output calls and cannot see is repeated there. */
static void bring(Function *fn, Function *callee, const DeriveOptions *options)
{
    for (size_t k = 0; k < fn->parts.count; k++)
        if (!fn->parts.at[k]->is_part && fn->parts.at[k]->primal == callee)
            return;
    if (!callee->is_static || callee->in_header || !callee->has_body || callee->variadic)
        return;
    Function *copy = derive_prepared(callee->module, callee, options);
    if (!copy)
        return;
    vec_push(&fn->parts, copy);
    bring_callees(fn, copy->body, options);
}

static void bring_callees(Function *fn, const Block *block, const DeriveOptions *options)
{
    for (const Value *v = ir_first(block); v; v = ir_next(v, block)) {
        if (v->kind == VAL_CALL && v->callee && !v->callee->is_part)
            bring(fn, v->callee, options);
    }
}

static void call_without_tapes(const Block *block)
{
    for (Value *v = ir_first(block); v; v = ir_next(v, block)) {
        if (v->kind == VAL_CALL && v->callee && v->callee->is_part) {
            v->nargs--;
            if (!v->callee->is_reverse_part)
                v->callee = v->callee->primal;
        }
    }
}

/* Nothing is kept: the functions are called as they are, and the reverse halves need no tapes. */
static void drop_tapes(Function *fn)
{
    const Split *split = fn->split;
    call_without_tapes(fn->body);
    for (size_t k = 0; k < split->parts.count; k++) {
        Part *part = split->parts.at[k];
        if (!is_active(part))
            continue;
        part->reverse->nparams--;
        part->reverse->comment = arena_printf("The reverse sweep of %s.\n", part->function->name);
        call_without_tapes(part->reverse->body);
    }
    fn->tapes = NULL;
    dead_remove(fn);
}

void split_finish(Function *fn, const DeriveOptions *options)
{
    const bool used = fn->split && any_active(fn->split) && fn->tapes->block; /* dead calls have gone */
    const bool keeps = used && fn->split->ntapes;
    if (used && !keeps)
        drop_tapes(fn);
    for (size_t k = 0; used && k < fn->split->parts.count; k++) {
        Part *part = fn->split->parts.at[k];
        if (!is_active(part))
            continue;
        if (keeps) {
            for (size_t d = 0; d < part->work->decisions.count; d++)
                vec_push(&fn->decisions, part->work->decisions.at[d]);
            vec_push(&fn->parts, part->forward);
            bring_callees(fn, part->forward->body, options);
        }
        vec_push(&fn->parts, part->reverse);
        bring_callees(fn, part->reverse->body, options);
    }
    bring_callees(fn, fn->body, options);
    if (keeps)
        free_tapes(fn);
}
