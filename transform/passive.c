/*
 * passive.c: ADGEN_PASSIVE on a pointer, or on what pointers are in: what is read through it, and what is written, has
 * the derivative zero, whatever it leads to.
 *
 *     static double distance(int n, const double *p, ADGEN_PASSIVE const double *target)
 *
 * Parameters of the function that is differentiated need nothing done: where they lead there is no shadow. Those of the
 * functions that were inlined, and local variables, may lead to memory that has one. A pointer that only such pointers
 * are assigned to is one itself: parameters of what is called further down, and names for a part of it.
 */
#include "heap.h"
#include "passes.h"

typedef struct {
    Function *function;
    unsigned nvalues;
    bool *leads; /* by id: a local variable, and what is reached through pointers in it is passive */
    Value **stands_for;
} Passive;

/* The variable whose pointers an address comes from, or the one that it is in; *is_through tells which. NULL: another
 * thing, or one of several. */
static const Value *variable_of(const Value *v, bool *is_through)
{
    for (*is_through = false;; v = v->args[0]) {
        if (v->kind == VAL_LOCAL || v->kind == VAL_GLOBAL)
            return v;
        *is_through |= v->kind == VAL_LOAD;
        if (v->kind != VAL_LOAD && v->kind != VAL_CAST && !ir_continues_address(v))
            return NULL;
    }
}

static bool is_passive_pointer(const Passive *p, const Value *v)
{
    bool is_through;
    const Value *variable = variable_of(v, &is_through);
    return variable && is_through &&
           (variable->kind == VAL_GLOBAL ? variable->global->passive : p->leads[variable->id]);
}

/* ---- which variables ---- */

/* A pointer's new value says nothing new: null, a step on, or what the caller was given and has no shadow itself. */
typedef enum { PASSIVE, NEUTRAL, OTHER } Kind;

static Kind kind_of_assigned(const Passive *p, const Value *variable, const Value *v)
{
    if (is_passive_pointer(p, v))
        return PASSIVE;
    bool is_through;
    return v->kind == VAL_INT || variable_of(v, &is_through) == variable ? NEUTRAL : OTHER;
}

static bool is_pointer_variable(const Value *v)
{
    return v->kind == VAL_LOCAL && type_is_pointer(v->type->to);
}

/* Variables are declared passive, but for the parameters of the function itself. */
static bool find_declared(Passive *p)
{
    bool found = false;
    for (Value *v = ir_first(p->function->body); v; v = ir_next(v, p->function->body)) {
        if (v->kind == VAL_LOCAL && v->passive)
            found = p->leads[v->id] = true;
        if (v->kind == VAL_STORE && v->args[1]->kind == VAL_PARAM && v->args[0]->kind == VAL_LOCAL)
            p->leads[v->args[0]->id] = false;
        found |= v->nargs > 0 && v->args[0]->kind == VAL_GLOBAL && v->args[0]->global->passive;
    }
    return found;
}

/* One round; true where there is one more. */
static bool find_assigned(Passive *p)
{
    Kind *kinds = ARENA_ARRAY(Kind, p->nvalues);
    for (unsigned k = 0; k < p->nvalues; k++)
        kinds[k] = NEUTRAL;
    for (Value *v = ir_first(p->function->body); v; v = ir_next(v, p->function->body)) {
        if (v->kind == VAL_STORE && is_pointer_variable(v->args[0])) {
            const Kind kind = kind_of_assigned(p, v->args[0], v->args[1]);
            Kind *known = &kinds[v->args[0]->id];
            *known = kind == NEUTRAL ? *known : *known == OTHER ? OTHER : kind;
        }
    }
    bool found = false;
    for (Value *v = ir_first(p->function->body); v; v = ir_next(v, p->function->body))
        if (is_pointer_variable(v) && kinds[v->id] == PASSIVE && !p->leads[v->id])
            found = p->leads[v->id] = true;
    return found;
}

/* ---- what is read and written there ---- */

static Value *passive_value(Builder *b, Value *v)
{
    return ir_new(b, VAL_PASSIVE, v->type, 1, &v);
}

static void make_accesses_passive(Passive *p)
{
    for (Value *v = ir_first(p->function->body); v; v = ir_next(v, p->function->body)) {
        const bool reads = v->kind == VAL_LOAD && type_is_real(v->type);
        const bool writes = v->kind == VAL_STORE && type_is_real(v->args[1]->type);
        if (v->id >= p->nvalues || !(reads || writes) || !is_passive_pointer(p, v->args[0]))
            continue;
        Builder b = {.function = p->function, .block = v->block, .before = reads ? v->next : v, .loc = v->loc};
        if (reads)
            p->stands_for[v->id] = passive_value(&b, v);
        else
            v->args[1] = passive_value(&b, v->args[1]);
    }
}

static void replace_uses(Passive *p)
{
    for (Use use = ir_first_use(p->function->body); use.block; use = ir_next_use(use, p->function->body)) {
        Value **used = ir_used(&use);
        Value *stands = (*used)->id < p->nvalues ? p->stands_for[(*used)->id] : NULL;
        if (stands && use.user != stands)
            *used = stands;
    }
}

/* ---- what is lost on the way ---- */

/* Copies of bytes, and what is called as it stands, know nothing of it. Functions of the library give no derivative. */
static bool may_pass_on(const Value *call, int arg)
{
    const HeapRole role = heap_role(call);
    if (role)
        return (role == HEAP_COPY || role == HEAP_MOVE) && arg < 2;
    return !call->callee || ((call->callee->has_body || call->callee->custom_vjp) && arg < call->callee->nparams &&
                             !call->callee->params[arg].passive);
}

static void warn_of_calls(const Passive *p)
{
    for (const Value *v = ir_first(p->function->body); v; v = ir_next(v, p->function->body))
        for (int k = 0; v->kind == VAL_CALL && k < v->nargs; k++) {
            Value *arg = ir_without_pointer_casts(v->args[k]);
            if (!type_is_pointer(arg->type) || !type_has_real(arg->type) || !is_passive_pointer(p, arg) ||
                !may_pass_on(v, k))
                continue;
            diag_warning(v->loc, "ADGEN_PASSIVE says nothing here of what is passed on by pointer");
            diag_note((Loc){0}, heap_role(v) ? "copy value by value" : "mark the parameter there, too");
            break;
        }
}

void passive_pointers(Function *fn)
{
    Passive p = {.function = fn, .nvalues = fn->next_id + 1, .leads = ARENA_ARRAY(bool, fn->next_id + 1)};
    if (!find_declared(&p))
        return;
    while (find_assigned(&p))
        continue;
    warn_of_calls(&p);
    p.stands_for = ARENA_ARRAY(Value *, p.nvalues);
    make_accesses_passive(&p);
    replace_uses(&p);
}
