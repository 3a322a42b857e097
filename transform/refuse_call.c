/*
 * refuse_call.c: calls that what is active cannot go through are refused: of functions that are not in reach, of the
 * library's for memory, and where values leave the program and come back.
 */
#include "activity.h"
#include "heap.h"

/* ---- memory on the heap ---- */

/* All that pointers in a class lead to, through memory: it is there when the call is over. */
static void mark_lasting(Activity *a, int c, bool through_memory, bool *seen)
{
    c = c ? class_root(a, c) : 0;
    bool *visited = through_memory ? a->lasting : seen; /* a list leads to more of its kind */
    if (!c || visited[c])
        return;
    visited[c] = true;
    mark_lasting(a, a->classes.at[c].pointee, true, seen);
    for (int k = 0; k < a->classes.at[c].nfields; k++)
        mark_lasting(a, a->classes.at[c].fields[k], through_memory, seen);
}

static bool is_class_of_param(Activity *a, int c)
{
    const Function *fn = a->function;
    for (int k = 0; k < fn->nparams; k++)
        if (type_is_pointer(fn->params[k].value->type) &&
            class_root(a, class_of(a, fn->params[k].value)) == class_root(a, c))
            return true;
    return false;
}

void refuse_find_lasting(Activity *a)
{
    const Function *fn = a->function;
    a->lasting = class_none(a);
    for (int k = 0; k < fn->nparams; k++)
        if (type_is_pointer(fn->params[k].value->type))
            mark_lasting(a, class_of(a, fn->params[k].value), false, class_none(a));
    for (size_t k = 0; k < a->globals.count; k++)
        mark_lasting(a, a->globals.at[k].class, false, class_none(a));
    if (fn->result_object && fn->result_object->id <= a->last_id)
        mark_lasting(a, a->class_of[fn->result_object->id], false, class_none(a));
    if (fn->body->nyields && type_is_pointer(fn->body->yields[0]->type))
        mark_lasting(a, class_of(a, fn->body->yields[0]), true, class_none(a));
}

static bool outlives(const Activity *a, int c)
{
    return a->lasting[class_root(a, c)] && class_at(a, c)->allocated && class_leads_to(a, c, class_is_active);
}

static bool ends(const Activity *a, int c)
{
    return (a->lasting[class_root(a, c)] || class_at(a, c)->foreign) && class_at(a, c)->given_back &&
           class_leads_to(a, c, class_is_active);
}

/* Likewise what a recursive function allocates, and gives back. */
static void refuse_lasting_of_call(Activity *a, const Value *call)
{
    bool *outlive = class_none(a), *end = class_none(a), some_outlives = false, some_ends = false;
    for (int k = -1; k < call->nargs; k++) {
        const Value *pointer = k < 0 ? call : call->args[k];
        if (!type_is_pointer(pointer->type))
            continue;
        some_outlives |= class_reaches(a, class_of(a, pointer), outlives, outlive);
        some_ends |= class_reaches(a, class_of(a, pointer), ends, end);
    }
    if ((!some_outlives && !some_ends) || a->function->in_two_parts || !refuse_once(a, call->loc))
        return;
    if (some_outlives) {
        diag_error(call->loc, "memory that '%s' allocates carries derivatives and outlives the call of '%s'",
                   call->callee->name, a->function->name);
        diag_note((Loc){0}, "keep the pointers to it in variables of the function's own, and give it back there");
    } else {
        diag_error(call->loc, "'%s' gives back memory that carries derivatives and may be the caller's",
                   call->callee->name);
        diag_note((Loc){0}, "leave it to the caller, or keep what is allocated here in variables of its own");
    }
}

/* The shadow of what a function allocates lives as long as the call. */
static void refuse_lasting(Activity *a, const Value *v, HeapRole role)
{
    const Value *p = role == HEAP_FREE ? v->args[0] : v;
    const int c = class_of(a, p);
    if (p->kind == VAL_INT || !class_leads_to(a, c, class_is_active) || a->function->in_two_parts) /* by the call */
        return;
    const bool lasts = a->lasting[class_root(a, c)];
    const bool is_own = heap_is_object(memory_base((Value *)(uintptr_t)p)); /* allocated here, for all to see */
    if (role == HEAP_FREE && (lasts || (!is_own && is_class_of_param(a, c))) && refuse_once(a, v->loc)) {
        diag_error(v->loc, "'%s' gives back memory that carries derivatives and may be the caller's", v->callee->name);
        diag_note((Loc){0}, "leave it to the caller, or keep what is allocated here in variables of its own");
    } else if (role == HEAP_ALLOC && lasts && refuse_once(a, v->loc)) {
        diag_error(v->loc, "memory of '%s' that carries derivatives outlives the call: it has no shadow there",
                   v->callee->name);
        diag_note((Loc){0}, "let the caller pass the memory in, or keep the pointer in variables of its own");
    }
}

static void refuse_bytes(Activity *a, const Value *v, HeapRole role)
{
    static const char *const what[] = {
        [HEAP_REALLOC] = "moves memory that carries derivatives, and how large it was is not seen",
        [HEAP_COPY] = "copies bytes that carry derivatives",
        [HEAP_MOVE] = "copies bytes that carry derivatives",
        [HEAP_SET] = "writes bytes over memory that carries derivatives",
    };
    static const char *const way_out[] = {
        [HEAP_REALLOC] = "use malloc, a loop that copies, and free",
        [HEAP_COPY] = "give it two pointers of one type, and n * sizeof of what they point to; or write a loop",
        [HEAP_MOVE] = "give it two pointers of one type, and n * sizeof of what they point to; or write a loop",
        [HEAP_SET] = "set it to 0, n * sizeof of what the pointer points to; or write a loop",
    };
    /* realloc's memory is all one class, where what counts later is useful from the beginning */
    const ClassTest is_such = role == HEAP_REALLOC ? class_is_active : class_is_varied;
    bool active = false;
    for (int k = 0; k < v->nargs; k++)
        active |= type_is_pointer(v->args[k]->type) && class_leads_to(a, class_of(a, v->args[k]), is_such);
    if (!active || !what[role] || !refuse_once(a, v->loc))
        return;
    diag_error(v->loc, "'%s' %s", v->callee->name, what[role]);
    diag_note((Loc){0}, "%s", way_out[role]);
}

/* ---- functions that are not in reach ---- */

static void refuse_unknown_target(const Value *call)
{
    diag_error(call->loc, "cannot differentiate a call by pointer: which functions it may lead to is not seen");
    diag_note((Loc){0}, "let the pointer be chosen in the function, by branches or from a constant table, or bound by "
                        "the caller in a function that is differentiated");
}

/* What others may change at any time has no derivative that could be kept for it. */
static void refuse_volatile(Activity *a, const Value *access)
{
    const bool writes = access->nargs > 1;
    const bool active = writes ? a->varied[access->args[1]->id] && !class_at(a, class_of(a, access->args[0]))->passive
                               : a->varied[access->id] && a->useful[access->id];
    if (!active || !refuse_once(a, access->loc))
        return;
    diag_error(access->loc, "a volatile object cannot carry a derivative");
    diag_note((Loc){0}, "keep the value in a plain variable too, or mark the volatile one ADGEN_PASSIVE");
}

static void refuse_unknown_call(const Value *call, const char *name, int arg)
{
    const Function *callee = call->callee;
    if (callee && callee->assembly) {
        diag_error(call->loc, "cannot differentiate inline assembly: operand %d carries a derivative", arg + 1);
        diag_note((Loc){0}, "write the computation in C; or put it into a function of its own, with a rule "
                            "(ADGEN_CUSTOM_VJP)");
        return;
    }
    if (callee && callee->obstacle) {
        diag_error(call->loc,
                   "cannot differentiate the call of '%s': it has %s in it, and argument %d carries a derivative", name,
                   callee->obstacle, arg + 1);
        diag_note(callee->obstacle_loc, "here");
        diag_note((Loc){0}, "write that part in plain C, or give the function a rule by ADGEN_CUSTOM_VJP");
        return;
    }
    if (callee && callee->passive) {
        diag_error(call->loc,
                   "cannot differentiate the call of '%s': it is passive, and may change what argument %d leads to, "
                   "which carries a derivative",
                   name, arg + 1);
        diag_note((Loc){0}, "make the parameter a pointer to const, or hand over a copy");
        return;
    }
    diag_error(call->loc,
               "cannot differentiate the call of '%s': its body is not in reach and argument %d carries a derivative",
               name, arg + 1);
    diag_note((Loc){0}, "give it a definition in this file, a rule by ADGEN_CUSTOM_VJP, or declare it ADGEN_PASSIVE");
}

/* int is_small(double x): an integer has no derivative, and no memory is handed over. */
static bool is_predicate(const Value *call)
{
    if (!activity_is_opaque_call(call) || !type_is_int(call->type))
        return false;
    for (int k = 0; k < call->nargs; k++)
        if (!type_is_real(call->args[k]->type) && !type_is_int(call->args[k]->type))
            return false;
    return true;
}

/* Could what such a function kept come back in a variable that both know? */
static bool uses_shared_variable(const Activity *a)
{
    for (size_t k = 0; k < a->globals.count; k++)
        if (!a->globals.at[k].global->is_const_data && class_at(a, a->globals.at[k].class)->useful)
            return true;
    return false;
}

/* (int *)&x leads to the bytes of x. */
static bool points_to_active_bytes(const Activity *a, const Value *pointer)
{
    while (pointer->kind == VAL_CAST || pointer->kind == VAL_PTRADD || pointer->kind == VAL_DECAY) {
        pointer = pointer->args[0];
        if (type_is_pointer(pointer->type) && activity_points_to_active(a, pointer))
            return true;
    }
    return false;
}

/* May a function whose derivative is zero change what the argument leads to, or give a pointer to it? */
static bool may_change(const Value *call, int arg)
{
    return type_is_pointer(call->args[arg]->type) &&
           (call_writes_through(call, arg) || (type_is_pointer(call->type) && type_may_lead_to_real(call->type)));
}

void refuse_call(Activity *a, const Value *v)
{
    if (ir_is_volatile(v)) {
        refuse_volatile(a, v);
        return;
    }
    const char *name = v->callee ? v->callee->name : v->text ? v->text : "a function pointer";
    if (!v->callee && v->text && v->kind == VAL_CALL) /* assert */
        return;
    if ((v->callee && v->callee->effect == EFFECT_PASSIVE_IO) || activity_formats_text(v))
        return;
    if (split_takes(v) && a->function->split)
        refuse_lasting_of_call(a, v);
    if (call_is_known(v)) /* call.c has a look */
        return;
    if (is_predicate(v) && !uses_shared_variable(a)) /* refuse_coming_back has a look */
        return;
    const HeapRole role = heap_role(v);
    if (role == HEAP_ALLOC || role == HEAP_FREE)
        refuse_lasting(a, v, role);
    else if (role != HEAP_NONE)
        refuse_bytes(a, v, role);
    if (role != HEAP_NONE)
        return;
    for (int k = 0; k < v->nargs; k++) {
        if (v->callee && v->callee->passive && !may_change(v, k))
            continue;
        const bool value =
            activity_is_active(a, v->args[k]) ||
            (type_is_real(v->args[k]->type) && a->varied[v->args[k]->id] && type_is_real(v->type) && a->useful[v->id]);
        const bool memory = activity_points_to_active(a, v->args[k]) || points_to_active_bytes(a, v->args[k]);
        if (v->kind == VAL_PURE_CALL && !type_is_real(v->type) && !memory)
            continue;
        if ((!value && !memory && !(a->varied[v->args[k]->id] && v->kind == VAL_CALL)) || !refuse_once(a, v->loc))
            continue;
        if (!v->callee && !v->text) {
            refuse_unknown_target(v);
            return;
        }
        refuse_unknown_call(v, name, k);
        return;
    }
}

/* ---- values that leave the program and come back: files and text ---- */

/* What is printed there is for people. */
static bool is_terminal(const Value *stream)
{
    const Value *base = stream->kind == VAL_LOAD ? stream->args[0] : stream;
    const char *name = base->kind == VAL_GLOBAL ? base->global->name : "";
    return strcmp(name, "stderr") == 0 || strcmp(name, "stdout") == 0;
}

static bool writes_elsewhere(const Value *call)
{
    static const char *const names[] = {"fwrite", "fprintf", "fputs",    "vfprintf",
                                        "write",  "sprintf", "snprintf", "vsnprintf"};
    bool writes = false;
    for (size_t k = 0; call->kind == VAL_CALL && call->callee && k < sizeof names / sizeof names[0]; k++)
        writes |= strcmp(call->callee->name, names[k]) == 0;
    for (int k = 0; writes && k < call->nargs; k++)
        writes = !is_terminal(call->args[k]);
    return writes;
}

void refuse_find_given_away(Activity *a, const Block *block)
{
    for (const Value *v = ir_first(block); v; v = ir_next(v, block)) {
        bool varied = false;
        for (int k = 0; (writes_elsewhere(v) || is_predicate(v)) && k < v->nargs; k++)
            varied |= a->varied[v->args[k]->id] ||
                      (type_is_pointer(v->args[k]->type) && activity_is_varied_memory(a, v->args[k]));
        if (varied)
            vec_push(&a->given_away, v);
    }
}

static bool may_run_before(const Value *first, const Value *then)
{
    const Block *common = first->block;
    while (!ir_block_inside(then->block, common))
        common = common->parent;
    return ir_is_in_loop(common) || !ir_is_behind(ir_in_block(common, first), ir_in_block(common, then));
}

static bool is_given_away_before(const Activity *a, const Value *call)
{
    for (size_t k = 0; k < a->given_away.count; k++)
        if (may_run_before(a->given_away.at[k], call))
            return true;
    return false;
}

void refuse_coming_back(Activity *a, const Value *call)
{
    if (!activity_is_opaque_call(call) || !is_given_away_before(a, call))
        return;
    bool useful = a->useful[call->id] && type_is_real(call->type);
    for (int k = 0; k < call->nargs; k++) {
        const Type *t = call->args[k]->type;
        const bool is_filled = type_is_pointer(t) && (t->to->kind == TYPE_VOID || type_has_real(t)); /* no FILE * */
        useful |= is_filled && class_at(a, class_of(a, call->args[k]))->useful;
    }
    if (!useful || !refuse_once(a, call->loc))
        return;
    diag_error(call->loc, "'%s' may read back a value that carries a derivative and left as bytes or text",
               call->callee ? call->callee->name : "a function pointer");
    diag_note((Loc){0}, "pass the value on in memory, or mark what is read ADGEN_PASSIVE");
}
