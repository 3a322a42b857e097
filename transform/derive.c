/*
 * derive.c: from a request to a derivative: the passes in the order in which they run.
 */
#include "describe.h"
#include "passes.h"
#include "replay.h"

void derive_verify(const Function *fn, const DeriveOptions *options, const char *stage)
{
    if (options->verify)
        ir_verify(fn, stage);
}

/* Scalars become values; then it is seen what is copied as bytes, which makes further scalars. */
static void promote(Function *fn, const DeriveOptions *options)
{
    promote_locals(fn);
    derive_verify(fn, options, "promote");
    values_number(fn);
    /* what was passed by pointer is a scalar only now */
    if (rows_fold(fn) || blocks_remain(fn) || targets_remain(fn)) {
        promote_locals(fn);
        values_number(fn);
    }
    while (blocks_expand(fn)) {
        derive_verify(fn, options, "blocks");
        promote_locals(fn);
        derive_verify(fn, options, "promote");
        values_number(fn);
    }
}

/* A function pointer's target is known where the pointer is; what it calls may be given function pointers in turn. */
static Function *inline_all(Function *fn, const DeriveOptions *options)
{
    enum { MAX_ROUNDS = 32 };
    const unsigned errors = diag_error_count();
    Function *copy = inline_calls(fn);
    for (int k = 0; copy && k < MAX_ROUNDS && (targets_remain(copy) || variants_remain(copy)); k++) {
        promote(copy, options);
        bool changed = targets_resolve(copy);
        derive_verify(copy, options, "targets");
        changed |= variants_call(copy);
        derive_verify(copy, options, "variants");
        if (!changed || diag_error_count() != errors)
            break;
        copy = inline_calls(copy);
        if (copy)
            copy->primal = fn;
    }
    return copy;
}

/* Behind a pass that changed something: equal values are one again, and nothing is dead. */
static void settle(Function *fn, const DeriveOptions *options, const char *pass)
{
    derive_verify(fn, options, pass);
    values_number(fn);
    dead_remove(fn);
}

/* Behind passes that changed much: those that follow find the values in order. */
static void compact(Function *fn, const DeriveOptions *options)
{
    values_compact(fn);
    derive_verify(fn, options, "compact");
}

static void count_loops(Function *fn, const DeriveOptions *options)
{
    loops_canonicalize(fn, options);
    settle(fn, options, "loops");
}

static void hoist_bounds(Function *fn, const DeriveOptions *options)
{
    if (!options->hoisting)
        return;
    bounds_hoist(fn);
    values_number(fn);
}

static void peel(Function *fn, const DeriveOptions *options, Peeling reason)
{
    if (!loops_peel(fn, reason))
        return;
    settle(fn, options, "peel");
    hoist_bounds(fn, options);
}

/* Needs: a lowered body in reach. Leaves: calls inlined, scalars in SSA form, loops counted where they can be. */
static void shape(Function *fn, const DeriveOptions *options)
{
    promote(fn, options);
    count_loops(fn, options);
    count_loops(fn, options); /* those that what was counted first is the bound of */
    if (options->unroll && unroll_loops(fn)) {
        derive_verify(fn, options, "unroll");
        values_number(fn);
        promote(fn, options); /* before anything is dead: stores have the names */
        count_loops(fn, options);
    }
    hoist_bounds(fn, options);
    if (options->last_stores && stores_drop_overwritten(fn))
        derive_verify(fn, options, "overwritten");
    if (options->accumulation)
        values_accumulate(fn);
    dead_remove(fn);
    own_hoist(fn);
    if (walk_by_index(fn, WALKS_IN_INNER_OBJECTS)) {
        settle(fn, options, "walks");
        count_loops(fn, options);
    }
    own_hoist_kept(fn);
    if (options->scratch)
        scratch_place(fn);
    derive_verify(fn, options, "scratch");
    if (options->renaming)
        arrays_rename(fn);
    derive_verify(fn, options, "rename");
    if (options->substitution && arrays_substitute(fn))
        settle(fn, options, "substitute");
    if (options->rings && rings_choose(fn))
        settle(fn, options, "rings");
    if (options->peeling)
        peel(fn, options, options->rings ? PEEL_ALL_BUT_RINGS : PEEL_ALL);
}

Function *derive_prepared(Module *module, Function *fn, const DeriveOptions *options)
{
    (void)module;
    memory_let_params_alias(options->may_alias);
    values_let_reals_merge(options->merging);
    const unsigned errors = diag_error_count();
    Function *copy = inline_all(fn, options);
    if (!copy || diag_error_count() != errors)
        return NULL;
    derive_verify(copy, options, "inline");
    promote(copy, options);
    compact(copy, options);
    own_records(copy); /* what pointers write is known now */
    derive_verify(copy, options, "own");
    shape(copy, options);
    compact(copy, options);
    return copy;
}

/* ---- reverse mode ---- */

static void plan_storage(Function *fn, const DeriveOptions *options)
{
    if (options->telling)
        conditions_early(fn);
    const unsigned last_id = fn->next_id;
    Replay *replay = options->replay && options->recompute ? replay_loops(fn, options) : NULL;
    storage_plan(fn, options, last_id);
    if (!replay)
        return;
    replay_finish(replay);
    storage_plan(fn, options, fn->next_id);
}

/* The same between the reverse sweep and storage_plan. */
static void settle_sweeps(Function *fn)
{
    values_number_sweeps(fn);
    dead_remove(fn);
}

/* Loops and their reverses that can run together do; adjoints that are divided alike share a reciprocal. */
static void share_values(Function *fn, const DeriveOptions *options)
{
    settle_sweeps(fn);
    values_compact(fn); /* values are used out of scope until storage is planned: nothing to verify */
    if (options->like_terms && terms_collect(fn))
        settle_sweeps(fn);
    if (checkpoint_loops(fn))
        settle_sweeps(fn);
    if (options->one_pass) {
        fuse_loops(fn);
        settle_sweeps(fn);
    }
    if (options->reciprocals) {
        divide_by_reciprocals(fn);
        settle_sweeps(fn);
    }
}

/* Needs: storage planned. Leaves: reverse loops as an expert would write them. */
static void polish_reverse(Function *fn, const DeriveOptions *options)
{
    if (options->reordering)
        order_loops(fn);
    if (options->first_stores)
        clears_drop_dead(fn);
    if (options->interchange) {
        dead_remove(fn); /* what only cleared shadows needed */
        if (loops_interchange(fn))
            values_number(fn);
    }
    if (options->rings && rings_gather(fn))
        settle(fn, options, "gathering around rings");
    if (additions_merge(fn))
        dead_remove(fn);
    if (options->gathering)
        gather_adjoints(fn);
    if (options->first_stores)
        clears_store_first(fn);
    if (options->joining && join_loops(fn))
        values_number(fn);
    dead_remove(fn);
    if (options->factoring && maps_factor(fn)) {
        promote_locals(fn); /* single sums */
        settle(fn, options, "factor");
    }
    if (options->peeling && options->rings) {
        dead_remove(fn);
        peel(fn, options, PEEL_RINGS);
    }
    if (options->reciprocals && (divide_by_invariants(fn) | divisors_invert(fn)))
        values_number(fn);
    if ((options->stencils || options->splitting) && loops_split(fn, options))
        values_number(fn);
    if (options->guards)
        guard_loops(fn);
    if (chains_shorten(fn))
        dead_remove(fn);
    if (options->lanes && lanes_split(fn))
        values_number(fn);
    if (options->jamming) {
        dead_remove(fn);
        if (rows_jam(fn))
            values_number(fn);
    }
    if (options->hoisting)
        invariants_hoist(fn);
    if (options->sinking)
        clears_sink(fn);
}

static Function *derive_reverse(Function *fn, Request *request, const DeriveOptions *options)
{
    const unsigned errors = diag_error_count();
    if (!split_prepare(fn, request, options))
        return NULL;
    if (reallocs_resize(fn, request)) {
        derive_verify(fn, options, "resize");
        values_number(fn);
    }
    if (options->argmax && argmax_remember(fn, request)) {
        derive_verify(fn, options, "argmax");
        values_number(fn);
        if (!fn->tape) /* which nothing uses yet */
            dead_remove(fn);
    }
    Activity *activity = activity_find(fn, request);
    if (diag_error_count() != errors)
        return NULL;
    const int nprimal = fn->nparams;
    describe_find_loops(fn);
    Value *seed = signature_add_bars(fn, activity, request->mode);
    reverse_sweep(fn, activity, seed, options->strong_zero);
    if (diag_error_count() != errors)
        return NULL;
    share_values(fn, options);
    plan_storage(fn, options);
    if (diag_error_count() != errors)
        return NULL;
    derive_verify(fn, options, "storage");
    argmax_forget(fn);
    if (options->restoring)
        states_restore(fn);
    if (options->histories)
        history_move(fn);
    settle(fn, options, "history");
    compact(fn, options);
    polish_reverse(fn, options);
    dead_remove(fn);
    if (options->turns && arrays_take_turns(fn)) {
        derive_verify(fn, options, "turns");
        dead_remove(fn);
    }
    derive_verify(fn, options, "reverse");
    fn->name = request->name;
    fn->request = request;
    split_finish(fn, options);
    fn->comment = describe_contract(fn, nprimal);
    return fn;
}

/* A recursive function is called by its derivative as by anybody else. */
static Function *prepared_for(Module *module, const Request *request, const DeriveOptions *options)
{
    Function *fn = request->function;
    const unsigned errors = diag_error_count();
    const bool calls = split_is_recursive(fn) && !fn->passive && fn->result->kind != TYPE_RECORD;
    if (diag_error_count() != errors) /* its body, or that of what it calls, is refused */
        return NULL;
    return calls ? inline_only_call(fn) : derive_prepared(module, fn, options);
}

static void reserve(Function *fn, const DeriveOptions *options)
{
    arrays_reserve(fn);
    for (size_t k = 0; k < fn->parts.count; k++)
        arrays_reserve(fn->parts.at[k]);
    derive_verify(fn, options, "reserve");
}

Function *derive(Module *module, Request *request, const DeriveOptions *options)
{
    if (request->mode != MODE_GRAD && request->mode != MODE_VJP) {
        diag_error(request->loc, "'%s' asks for a kind of derivative that this version does not make", request->text);
        diag_note((Loc){0}, "reverse mode is there: ADGEN_GRAD and ADGEN_VJP, --grad and --vjp");
        return NULL;
    }
    Function *fn = prepared_for(module, request, options);
    fn = fn ? derive_reverse(fn, request, options) : NULL;
    if (!fn || (options->workspace && !workspace_use(fn)))
        return NULL;
    if (options->restricting && !options->may_alias)
        restrict_params(fn);
    if (options->reserving && !options->workspace)
        reserve(fn, options);
    fn->is_static = false; /* it is for others, in files of their own */
    if (fn->workspace) {
        derive_verify(fn->workspace, options, "workspace size");
        derive_verify(fn, options, "workspace");
        fn->workspace->is_static = false;
        apart_rename(fn->workspace);
    }
    apart_rename(fn);
    for (size_t k = 0; k < fn->parts.count; k++)
        apart_rename(fn->parts.at[k]);
    return fn;
}
