/*
 * split.c: recursive functions. Such a function g gets two halves, g_forward and g_reverse: the first does what g does
 * and puts what the second needs on a tape, the second takes it off again and does the reverse sweep. The reverse calls
 * come in the exact reverse order of the forward calls, so each pop meets its push.
 *
 * How a function is taken apart: its whole body goes into a branch that is always taken,
 *
 *     if (tape) { body }                 primal
 *     if (tape) { reverse of the body }  its twin
 *
 * storage.c moves what the twin needs by the tape only, and then nothing but the parameters is shared between the two.
 *
 * What is differentiated of g follows from all its calls together: a parameter has an adjoint where any call's argument
 * is active, and that may make arguments of further calls active, to a fixpoint.
 */
#include "split.h"

/* ---- the functions of one derivative ---- */

Part *split_part_of(const Split *split, const Function *callee)
{
    for (size_t k = 0; k < split->parts.count; k++)
        if (split->parts.at[k]->function == callee)
            return split->parts.at[k];
    return NULL;
}

bool split_is_active(const Part *part)
{
    if (part->is_flat)
        return false;
    for (int k = 0; k < part->function->nparams; k++)
        if (part->request.wanted[k])
            return true;
    return part->request.wants_result;
}

static bool collect(Split *split, const Block *block, const DeriveOptions *options);

/* The reverse half gets adjoints of the parameters: any pointer in it must be a way from there. */
static void index_walks(Function *work, const DeriveOptions *options)
{
    walk_by_index(work, WALKS_ALL);
    derive_verify(work, options, "pointers that walk");
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
    split_wrap_body(work, split);
    return collect(split, work->body, options);
}

static bool collect(Split *split, const Block *block, const DeriveOptions *options)
{
    for (const Value *v = ir_first(block); v; v = ir_next(v, block))
        if (split_takes(v) && !split_part_of(split, v->callee) && !add_part(split, v->callee, options))
            return false;
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
        const Part *part = calls_half ? split_part_of(split, v->callee->primal) : NULL;
        if (part && v->callee->is_reverse_part && (part->is_flat || part->is_quiet)) {
            ir_remove(v);
        } else if (part && part->is_flat) {
            v->callee = v->callee->primal;
            v->nargs = v->callee->nparams;
        }
    }
}

static bool build_parts(const Split *split, const DeriveOptions *options)
{
    memory_let_params_alias(options->may_alias || split->params_alias);
    bool built = true;
    for (size_t k = 0; k < split->parts.count && built; k++)
        built = split_sweep(split->parts.at[k], options);
    if (built && options->results_back)
        split_choose_returns(split, options);
    for (size_t k = 0; k < split->parts.count && built; k++)
        built = split_build(split->parts.at[k], options);
    memory_let_params_alias(options->may_alias);
    if (!built)
        return false;
    for (size_t k = 0; k < split->parts.count; k++) {
        Part *part = split->parts.at[k];
        if (!split_is_active(part))
            continue;
        call_flat_ones(split, part->forward->body);
        if (part->is_quiet)
            continue;
        call_flat_ones(split, part->reverse->body);
        dead_remove(part->reverse);
    }
    split_drop_idle(split);
    return true;
}

static bool any_active(const Split *split)
{
    for (size_t k = 0; k < split->parts.count; k++)
        if (split_is_active(split->parts.at[k]))
            return true;
    return false;
}

bool split_halves(const Split *split, const Function *callee, Function **forward, Function **reverse,
                  const bool **has_bar)
{
    const Part *part = split_part_of(split, callee);
    if (part->is_flat)
        return false;
    *forward = part->forward;
    *reverse = part->is_quiet ? NULL : part->reverse;
    *has_bar = part->request.wanted;
    return true;
}

bool split_is_idle(const Split *split, const Function *callee)
{
    return split_part_of(split, callee)->is_idle;
}

bool split_has_bar(const Split *split, const Function *callee, int param)
{
    return split_part_of(split, callee)->request.wanted[param];
}

bool split_gives_shadow(const Split *split, const Function *callee)
{
    return split_part_of(split, callee)->request.wants_result;
}

bool split_follows(const Split *split, const Function *callee, int param)
{
    const Part *part = split_part_of(split, callee);
    return split->pointers_move && part->follows[param] && part->request.wanted[param];
}

bool split_pointers_move(const Split *split)
{
    return split->pointers_move;
}

bool split_owns_memory(const Split *split)
{
    return split->pointers_move || split->gives_back;
}

Value *split_tape(const Function *fn)
{
    fn->split->is_kept_on = true;
    return fn->tape;
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

/* adgen_tape tape = {0}; ... adgen_tape_free(&tape); */
static void add_tape(Function *fn, const Split *split)
{
    Builder b = {.function = fn, .block = fn->body, .before = fn->body->first, .loc = fn->loc};
    fn->tape = ir_local(&b, split->tape, 0, NULL, "tape");
    ir_new(&b, VAL_ZERO, fn->module->types.void_, 1, &fn->tape);
}

static void free_tape(Function *fn)
{
    Builder b = {.function = fn, .block = fn->body, .loc = fn->loc};
    ir_new(&b, VAL_TAPE_FREE, fn->module->types.void_, 1, &fn->tape);
}

/* Is there a call with two arguments that may overlap, where one of them is written? */
static bool overlaps(const Activity *a, const Block *block)
{
    for (const Value *v = ir_first(block); v; v = ir_next(v, block))
        for (int k = 0; split_takes(v) && k < v->callee->nparams; k++)
            if (call_overlap(a, v, k) >= 0)
                return true;
    return false;
}

static bool any_overlap(const Split *split, const Request *request)
{
    if (overlaps(activity_probe(split->caller, request), split->caller->body))
        return true;
    for (size_t k = 0; k < split->parts.count; k++) {
        Part *part = split->parts.at[k];
        if (overlaps(activity_probe(part->work, &part->request), part->work->body))
            return true;
    }
    return false;
}

/* What the calls have to do with each other's memory. */
static void find_memory(Split *split)
{
    split->pointers_move = split_find_pointers_move(split);
    split->gives_back = false;
    for (size_t k = 0; k < split->parts.count; k++)
        split->gives_back |= split->parts.at[k]->function->gives_back;
    activity_find_shape(split);
    split_find_written(split);
}

/* The functions' parameters lead to memory of their own, or they are taken for what may overlap. */
static bool collect_parts(Split *split, const Request *request, const DeriveOptions *options)
{
    if (!collect(split, split->caller->body, options))
        return false;
    memory_let_params_alias(options->may_alias);
    if (!split->parts.count)
        return true;
    split->caller->split = split;
    find_memory(split);
    if (options->may_alias || !any_overlap(split, request))
        return true;
    DeriveOptions overlapping = *options;
    overlapping.may_alias = split->params_alias = true;
    split->parts.count = 0;
    if (!collect(split, split->caller->body, &overlapping))
        return false;
    memory_let_params_alias(false);
    find_memory(split);
    return true;
}

bool split_prepare(Function *fn, Request *request, const DeriveOptions *options)
{
    Split *split = ARENA_NEW(Split);
    split->name = request->name;
    split->requested = request->function;
    split->caller = fn;
    split->tape = tape_type();
    if (!collect_parts(split, request, options))
        return false;
    if (!split->parts.count)
        return true;
    split_find_bars(split, request);
    split_find_followed(split);
    split_find_quiet(split);
    split->memory_stays = split_find_memory_stays(split);
    for (size_t k = 0; k < split->parts.count; k++)
        split_open(split, split->parts.at[k]);
    if (!build_parts(split, options))
        return false;
    if (any_active(split))
        add_tape(fn, split);
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
    for (const Value *v = ir_first(block); v; v = ir_next(v, block))
        if (v->kind == VAL_CALL && v->callee && !v->callee->is_part)
            bring(fn, v->callee, options);
}

/* What the forward halves do for pointers and memory, they do without a tape, too. */
static void call_without_tape(const Split *split, const Block *block)
{
    for (Value *v = ir_first(block); v; v = ir_next(v, block)) {
        if (v->kind == VAL_CALL && v->callee && v->callee->is_part) {
            v->nargs--;
            if (!v->callee->is_reverse_part && !split_owns_memory(split))
                v->callee = v->callee->primal;
        }
    }
}

static void drop_tape_of(const Split *split, Function *half)
{
    half->nparams--;
    call_without_tape(split, half->body);
}

/* Nothing is kept: the functions are called as they are, and the reverse halves need no tape. */
static void drop_tape(Function *fn)
{
    const Split *split = fn->split;
    call_without_tape(split, fn->body);
    for (size_t k = 0; k < split->parts.count; k++) {
        Part *part = split->parts.at[k];
        if (!split_is_active(part) || part->is_idle)
            continue;
        if (split_owns_memory(split))
            drop_tape_of(split, part->forward);
        if (part->is_quiet)
            continue;
        drop_tape_of(split, part->reverse);
        part->reverse->comment = arena_printf("The reverse sweep of %s.\n", part->function->name);
    }
    fn->tape = NULL;
    dead_remove(fn);
}

/* insert, which also goes along with shadow pointers and leaves memory for the reverse sweep to give back. */
static void describe_forward(const Split *split, const Part *part)
{
    const char *what[3];
    int n = 0;
    if (split->is_kept_on && !part->is_quiet)
        what[n++] = arena_printf("puts on the tape what %s takes off again", part->reverse->name);
    if (split->pointers_move)
        what[n++] = "goes along with the shadows of its pointers";
    if (part->function->gives_back)
        what[n++] = "leaves memory for the reverse sweep to give back";
    const char *text = arena_printf("%s, which", part->function->name);
    for (int k = 0; k < n; k++)
        text = arena_printf("%s%s%s", text, k == 0 ? " " : k == n - 1 ? " and\n" : ",\n", what[k]);
    part->forward->comment = arena_printf("%s.\n", n ? text : part->function->name);
}

void split_finish(Function *fn, const DeriveOptions *options)
{
    const bool used = fn->split && any_active(fn->split) && fn->tape->block; /* dead calls have gone */
    const bool keeps = used && (fn->split->is_kept_on || split_owns_memory(fn->split));
    if (used && !fn->split->is_kept_on)
        drop_tape(fn);
    for (size_t k = 0; used && k < fn->split->parts.count; k++) {
        Part *part = fn->split->parts.at[k];
        if (!split_is_active(part) || part->is_idle)
            continue;
        if (keeps) {
            if (split_owns_memory(fn->split))
                describe_forward(fn->split, part);
            for (size_t d = 0; d < part->work->decisions.count; d++)
                vec_push(&fn->decisions, part->work->decisions.at[d]);
            vec_push(&fn->parts, part->forward);
            bring_callees(fn, part->forward->body, options);
        }
        if (part->is_quiet)
            continue;
        vec_push(&fn->parts, part->reverse);
        bring_callees(fn, part->reverse->body, options);
    }
    bring_callees(fn, fn->body, options);
    if (keeps && fn->split->is_kept_on)
        free_tape(fn);
}
