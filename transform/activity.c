/*
 * activity.c: which values and which memory carry derivatives. A value is varied when it depends on an input that is
 * differentiated, useful when a result depends on it, and active when both. Memory is put into classes
 * (activity_class.c), and a class is varied or useful as a whole.
 */
#include "activity.h"
#include "heap.h"

/* ---- the request's inputs and outputs ---- */

typedef struct {
    int64_t index;
    bool is_kept; /* the pointer is somewhere in memory: pointers that are loaded may be it */
} Written;

static bool may_lead_to_param(const Value *pointer, const Written *param)
{
    const Value *roots[MEMORY_MAX_ROOTS];
    const int n = memory_roots(pointer, roots);
    for (int k = 0; k < n; k++)
        if ((roots[k]->kind == VAL_PARAM && roots[k]->i == param->index) ||
            (roots[k]->kind == VAL_LOAD && param->is_kept))
            return true;
    return n < 0;
}

static bool keeps_param(const Block *block, const Written *param)
{
    for (const Value *v = ir_first(block); v; v = ir_next(v, block))
        if (v->kind == VAL_STORE && type_is_pointer(v->args[1]->type) && may_lead_to_param(v->args[1], param))
            return true;
    return false;
}

static bool call_writes_param(const Value *v, const Written *param)
{
    for (int k = 0; call_is_known(v) && k < v->nargs; k++)
        if (type_is_pointer(v->args[k]->type) && call_writes_through(v, k) && may_lead_to_param(v->args[k], param))
            return true;
    return false;
}

static bool writes_param(const Block *block, const Written *param)
{
    for (const Value *v = ir_first(block); v; v = ir_next(v, block)) {
        const bool writes = ir_writes_value(v) || v->kind == VAL_COPY;
        if ((writes && may_lead_to_param(v->args[0], param)) || call_writes_param(v, param))
            return true;
    }
    return false;
}

bool *activity_written_params(const Function *fn)
{
    bool *written = ARENA_ARRAY(bool, fn->nparams + 1);
    for (int k = 0; k < fn->nparams; k++) {
        if (!type_is_pointer(fn->params[k].type))
            continue;
        Written param = {.index = k};
        param.is_kept = keeps_param(fn->body, &param);
        written[k] = writes_param(fn->body, &param);
    }
    return written;
}

static bool points_to_real(const Type *t)
{
    return type_is_pointer(t) && type_is_real(type_scalar(t->to));
}

/* A bar goes with what is differentiated, and with real memory that f writes. */
static void find_bars(Activity *a)
{
    const Function *fn = a->function;
    a->has_bar = ARENA_ARRAY(bool, fn->nparams + 1);
    const bool *written = activity_written_params(fn);
    for (int k = 0; k < fn->nparams; k++) {
        const Param *p = &fn->params[k];
        if (fn->in_two_parts) { /* split.c knows */
            a->has_bar[k] = a->request->wanted[k];
            continue;
        }
        const bool writable = points_to_real(p->type) && !p->type->to->is_const;
        a->has_bar[k] = !p->passive && (a->request->wanted[k] || (writable && written[k]));
    }
}

static void set(Activity *a, bool *flag, bool value)
{
    if (value && !*flag) {
        *flag = true;
        a->changed = true;
    }
}

typedef enum { VARIED, USEFUL } Flag;

/* All memory that can be reached from a class. */
static void set_reached(Activity *a, int c, Flag flag, bool *seen)
{
    c = class_root(a, c);
    if (!c || seen[c] || a->classes.at[c].passive)
        return;
    seen[c] = true;
    Class *at = &a->classes.at[c];
    set(a, flag == VARIED ? &at->varied : &at->useful, true);
    for (int k = 0; k < at->nfields; k++)
        set_reached(a, at->fields[k], flag, seen);
    set_reached(a, at->pointee, flag, seen);
}

static void set_flag(Activity *a, int c, Flag flag)
{
    set_reached(a, c, flag, ARENA_ARRAY(bool, a->classes.count + 1));
}

/* What a recursive function's halves take adjoints of has them wherever it is called: it may be given back there. */
static void mark_calls(Activity *a)
{
    const Function *fn = a->function;
    if (!fn->split || !split_owns_memory(fn->split))
        return;
    for (const Value *v = ir_first(fn->body); v; v = ir_next(v, fn->body)) {
        for (int k = 0; split_takes(v) && k < v->callee->nparams; k++) {
            if (!type_is_pointer(v->args[k]->type) || !split_has_bar(fn->split, v->callee, k))
                continue;
            set_flag(a, class_of(a, v->args[k]), VARIED);
            set_flag(a, class_of(a, v->args[k]), USEFUL);
        }
        if (split_takes(v) && split_gives_shadow(fn->split, v->callee)) {
            set_flag(a, class_of(a, v), VARIED);
            set_flag(a, class_of(a, v), USEFUL);
        }
    }
}

static void mark_interface(Activity *a)
{
    const Function *fn = a->function;
    for (int k = 0; k < fn->nparams; k++) {
        const Value *v = fn->params[k].value;
        if (!a->has_bar[k])
            continue;
        a->varied[v->id] = type_is_real(v->type);
        if (!type_is_pointer(v->type))
            continue;
        set_flag(a, class_of(a, v), VARIED);
        set_flag(a, class_of(a, v), USEFUL);
    }
    if (a->request->wants_result) {
        set_flag(a, class_of(a, fn->body->yields[0]), VARIED);
        set_flag(a, class_of(a, fn->body->yields[0]), USEFUL);
    }
    mark_calls(a);
    if (fn->result_object)
        set_flag(a, class_of(a, fn->result_object), USEFUL);
    if (fn->body->nyields && type_is_real(fn->body->yields[0]->type))
        a->useful[fn->body->yields[0]->id] = true;
}

/* ---- varied: forwards ---- */

/* Complex numbers have no derivatives here; but what depends on varied values is refused (refuse_block). */
static bool is_number(const Type *t)
{
    return type_is_real(t) || t->kind == TYPE_COMPLEX;
}

static bool passes_derivative(const Value *v, int arg)
{
    switch (v->kind) {
    case VAL_ADD:
    case VAL_SUB:
    case VAL_MUL:
    case VAL_DIV:
    case VAL_NEG:
    case VAL_CAST:
        return is_number(v->type);
    case VAL_SELECT:
        return arg > 0;
    case VAL_MATH:
        return type_is_real(v->args[arg]->type); /* a row without a partial makes no adjoint */
    case VAL_PURE_CALL:
    case VAL_CALL:
        return is_number(v->type);
    default:
        return false;
    }
}

static void vary_results(Activity *a, const Value *v)
{
    for (int k = 0; k < v->nresults; k++) {
        const Value *x = v->kind == VAL_LOOP ? v->args[k] : v->blocks[0]->yields[k];
        const Value *y = v->kind == VAL_LOOP ? v->blocks[1]->yields[k] : v->blocks[1]->yields[k];
        const bool varied = a->varied[x->id] || a->varied[y->id];
        set(a, &a->varied[v->results[k]->id], varied);
        if (v->kind == VAL_LOOP)
            set(a, &a->varied[v->carried[k]->id], varied);
    }
}

/* ---- calls of functions whose bodies are not in reach: everything may depend on everything ---- */

bool activity_formats_text(const Value *call)
{
    const char *name = call->kind == VAL_CALL && call->callee ? call->callee->name : "";
    return strcmp(name, "snprintf") == 0 || strcmp(name, "sprintf") == 0 || strcmp(name, "vsnprintf") == 0;
}

bool activity_is_opaque_call(const Value *v)
{
    if (activity_formats_text(v))
        return false;
    const HeapRole role = heap_role(v);
    const bool is_assert = !v->callee && v->text;
    const bool is_known = v->callee && (v->callee->effect != EFFECT_UNKNOWN || v->callee->passive);
    return v->kind == VAL_CALL && !is_assert && !is_known && role != HEAP_ALLOC && role != HEAP_FREE;
}

/* A rule takes no adjoint for what is passive in the prototype. */
static bool takes_derivative(const Value *call, int arg)
{
    return !call_is_known(call) || arg >= call->callee->nparams || !call->callee->params[arg].passive;
}

static bool may_write(const Value *call, int arg)
{
    return !call_is_known(call) || call_writes_through(call, arg);
}

static void vary_call(Activity *a, const Value *v)
{
    bool varied = false;
    for (int k = 0; k < v->nargs; k++)
        if (takes_derivative(v, k))
            varied |= a->varied[v->args[k]->id] || (activity_reaches_reals(v->args[k]) &&
                                                    class_leads_to(a, class_of(a, v->args[k]), class_is_varied));
    if (!varied)
        return;
    set(a, &a->varied[v->id], is_number(v->type));
    if (split_takes(v) && activity_reaches_reals(v)) /* memory that the function has made, say */
        set_flag(a, class_of(a, v), VARIED);
    for (int k = 0; k < v->nargs; k++)
        if (activity_reaches_reals(v->args[k]) && may_write(v, k) && takes_derivative(v, k))
            set_flag(a, class_of(a, v->args[k]), VARIED);
}

static void use_call(Activity *a, const Value *v)
{
    bool useful = a->useful[v->id] ||
                  (split_takes(v) && activity_reaches_reals(v) && class_leads_to(a, class_of(a, v), class_is_useful));
    for (int k = 0; k < v->nargs; k++)
        useful |= activity_reaches_reals(v->args[k]) && may_write(v, k) && takes_derivative(v, k) &&
                  class_leads_to(a, class_of(a, v->args[k]), class_is_useful);
    for (int k = 0; useful && k < v->nargs; k++) {
        if (!takes_derivative(v, k))
            continue;
        set(a, &a->useful[v->args[k]->id], true);
        if (activity_reaches_reals(v->args[k]))
            set_flag(a, class_of(a, v->args[k]), USEFUL);
    }
}

static void vary_block(Activity *a, const Block *block)
{
    for (const Value *v = block ? block->first : NULL; v; v = v->next) {
        if (activity_is_opaque_call(v))
            vary_call(a, v);
        if ((v->kind == VAL_LOAD || ir_is_volatile(v)) && !type_is_pointer(v->type))
            set(a, &a->varied[v->id], class_at(a, class_of(a, v->args[0]))->varied && !type_is_int(v->type));
        if (ir_writes_value(v) && a->varied[v->args[1]->id]) {
            Class *c = class_at(a, class_of(a, v->args[0]));
            set(a, &c->varied, !c->passive);
        }
        for (int k = 0; k < v->nargs; k++)
            if (a->varied[v->args[k]->id] && passes_derivative(v, k))
                set(a, &a->varied[v->id], true);
        if (v->kind == VAL_LOOP)
            vary_results(a, v);
        vary_block(a, v->blocks[0]);
        vary_block(a, v->blocks[1]);
        if (v->nresults)
            vary_results(a, v);
    }
}

/* ---- useful: backwards ---- */

static void use_yields(Activity *a, const Value *v)
{
    for (int k = 0; k < v->nresults; k++) {
        bool useful = a->useful[v->results[k]->id];
        if (v->kind == VAL_LOOP) {
            useful |= a->useful[v->carried[k]->id];
            set(a, &a->useful[v->args[k]->id], useful);
        } else {
            set(a, &a->useful[v->blocks[0]->yields[k]->id], useful);
        }
        set(a, &a->useful[v->blocks[1]->yields[k]->id], useful);
    }
}

static void use_block(Activity *a, const Block *block)
{
    for (const Value *v = block ? block->last : NULL; v; v = v->prev) {
        if (activity_is_opaque_call(v))
            use_call(a, v);
        if (v->nresults)
            use_yields(a, v);
        use_block(a, v->blocks[1]);
        use_block(a, v->blocks[0]);
        if (v->nresults)
            use_yields(a, v);
        if (ir_writes_value(v) && class_at(a, class_of(a, v->args[0]))->useful)
            set(a, &a->useful[v->args[1]->id], true);
        if (v->kind == VAL_LOAD && a->useful[v->id])
            set(a, &class_at(a, class_of(a, v->args[0]))->useful, true);
        if (a->useful[v->id])
            for (int k = 0; k < v->nargs; k++)
                if (passes_derivative(v, k))
                    set(a, &a->useful[v->args[k]->id], true);
    }
}

/* ---- entry points ---- */

Activity *activity_probe(Function *fn, const Request *request)
{
    Activity *a = ARENA_NEW(Activity);
    a->function = fn;
    a->request = request;
    a->last_id = fn->next_id;
    a->class_of = ARENA_ARRAY(int, fn->next_id + 1);
    a->varied = ARENA_ARRAY(bool, fn->next_id + 1);
    a->useful = ARENA_ARRAY(bool, fn->next_id + 1);
    find_bars(a);
    class_new(a); /* 0 is no class */
    for (int k = 0; k < fn->nparams; k++)
        if (type_is_pointer(fn->params[k].value->type))
            class_of(a, fn->params[k].value);
    classes_find(a, fn->body);
    a->classified = true;
    mark_interface(a);
    do {
        a->changed = false;
        vary_block(a, fn->body);
        use_block(a, fn->body);
    } while (a->changed);
    return a;
}

/* Structs and pointers to pointers have an adjoint only where the request names them: what goes there is lost else. */
static void warn_of_outputs(Activity *a)
{
    const Function *fn = a->function;
    for (int k = 0; k < fn->nparams && !fn->in_two_parts; k++) {
        const Param *p = &fn->params[k];
        const bool is_read_only = points_to_real(p->type) && type_is_const(p->type->to);
        if (a->has_bar[k] || p->passive || is_read_only || !type_is_pointer(p->value->type) ||
            !type_has_real(p->value->type) || !class_leads_to(a, class_of(a, p->value), class_is_varied))
            continue;
        diag_warning(p->loc, "'%s' is not differentiated, and '%s' writes there what depends on what is", p->name,
                     fn->name);
        diag_note((Loc){0}, "name it in the request, or mark it ADGEN_PASSIVE");
    }
}

Activity *activity_find(Function *fn, const Request *request)
{
    Activity *a = activity_probe(fn, request);
    warn_of_outputs(a);
    refuse_active(a);
    return a;
}

bool activity_is_active(const Activity *a, const Value *v)
{
    return v->id <= a->last_id && type_is_real(v->type) && a->varied[v->id] && a->useful[v->id];
}

bool activity_is_active_memory(const Activity *a, const Value *address)
{
    const int c = address->id <= a->last_id ? a->class_of[address->id] : 0;
    return c && class_at(a, c)->varied && class_at(a, c)->useful && !class_at(a, c)->passive;
}

bool activity_leads_to_active(const Activity *a, const Value *pointer)
{
    const int c = pointer->id <= a->last_id ? a->class_of[pointer->id] : 0;
    return class_leads_to(a, c, class_is_active);
}

bool activity_points_to_active(const Activity *a, const Value *pointer)
{
    const Type *t = type_is_pointer(pointer->type) ? pointer->type->to : NULL;
    return t && (t->kind == TYPE_VOID || type_may_lead_to_real(t)) && activity_is_active_memory(a, pointer);
}

bool activity_is_varied_memory(Activity *a, const Value *address)
{
    const Class *c = class_at(a, class_of(a, address));
    return c->varied && !c->passive;
}

bool activity_shadow_may_be_null(const Activity *a, const Value *pointer)
{
    return class_at(a, a->class_of[pointer->id])->shadowless;
}

bool activity_has_bar(const Activity *a, int param)
{
    return a->has_bar[param];
}

bool activity_is_same_memory(const Activity *a, const Value *p, const Value *q)
{
    const int c = a->class_of[p->id], d = a->class_of[q->id];
    return c && d && class_root(a, c) == class_root(a, d);
}

bool activity_may_meet(const Activity *a, const Value *p, const Value *q)
{
    const int c = p->id <= a->last_id ? a->class_of[p->id] : 0, d = q->id <= a->last_id ? a->class_of[q->id] : 0;
    if (!c || !d)
        return true;
    bool *from_p = class_none(a), *from_q = class_none(a), meet = false;
    class_reaches(a, c, NULL, from_p);
    class_reaches(a, d, NULL, from_q);
    for (size_t k = 1; k < a->classes.count; k++)
        meet |= from_p[k] && from_q[k];
    return meet;
}

bool activity_is_foreign(const Activity *a, const Value *pointer)
{
    const int c = a->class_of[pointer->id];
    return !c || class_at(a, c)->foreign || class_at(a, c)->allocated || class_at(a, c)->given_back;
}
