/*
 * activity.c: which values and which memory carry derivatives. A value is varied when it depends on an input that is
 * differentiated, useful when a result depends on it, and active when both. Memory is put into classes (Steensgaard's
 * points-to analysis: what one pointer may point to is one class, with a class a field), and a class is varied or
 * useful as a whole.
 *
 * What is active and cannot be differentiated is refused here.
 */
#include "heap.h"
#include "passes.h"

typedef struct {
    int parent;  /* union-find; itself at the root */
    int pointee; /* what pointers stored here point to; 0: none known */
    int nfields;
    int *fields; /* of a record: class of each field, 0: not met */
    bool varied, useful;
    bool shadowless; /* may be memory that has no shadow: a passive parameter's, a constant's */
    bool lacks;      /* ... and that may be written, and is not ADGEN_PASSIVE */
    bool passive;    /* all of it is ADGEN_PASSIVE */
    bool is_met;     /* some memory that is in it is known; not only that pointers lead here */
    bool foreign;    /* ... and was there before the call */
} Class;

/* A global has one class, however often its address is taken. */
typedef struct {
    const Global *global;
    int class;
} GlobalClass;

struct Activity {
    Function *function;
    unsigned last_id; /* values made later are not known */
    const Request *request;
    VEC(Class) classes; /* from 1 */
    int *class_of;      /* by id of a pointer: what it points to */
    VEC(GlobalClass) globals;
    bool *varied, *useful;
    bool *has_bar; /* by parameter */
    bool changed;
    bool classified;               /* all classes are known */
    VEC(const Value *) given_away; /* calls that write varied values to files or text, or hand them to who knows whom */
    bool *lasting;                 /* by class: it may be there when the call is over */
    bool *reported;                /* by line: one message a line */
};

/* ---- classes ---- */

static int new_class(Activity *a)
{
    const int index = (int)a->classes.count;
    vec_push(&a->classes, (Class){.parent = index});
    return index;
}

static int root_of(const Activity *a, int c)
{
    while (a->classes.at[c].parent != c)
        c = a->classes.at[c].parent = a->classes.at[a->classes.at[c].parent].parent;
    return c;
}

static Class *class_at(const Activity *a, int c)
{
    return &a->classes.at[root_of(a, c)];
}

static int unify(Activity *a, int x, int y)
{
    if (!x || !y)
        return x ? x : y;
    x = root_of(a, x);
    y = root_of(a, y);
    if (x == y)
        return x;
    const Class gone = a->classes.at[y];
    a->classes.at[y].parent = x;
    Class *kept = &a->classes.at[x];
    kept->shadowless |= gone.shadowless || (kept->is_met && gone.is_met && kept->passive != gone.passive);
    kept->passive = kept->is_met && gone.is_met ? kept->passive && gone.passive : kept->passive || gone.passive;
    kept->lacks |= gone.lacks;
    kept->is_met |= gone.is_met;
    kept->foreign |= gone.foreign;
    if (kept->nfields < gone.nfields) {
        kept->fields =
            arena_grow(kept->fields, sizeof(int) * (size_t)kept->nfields, sizeof(int) * (size_t)gone.nfields);
        kept->nfields = gone.nfields;
    }
    for (int k = 0; k < gone.nfields; k++) {
        const int field = unify(a, class_at(a, x)->fields[k], gone.fields[k]);
        class_at(a, x)->fields[k] = field;
    }
    const int pointee = unify(a, class_at(a, x)->pointee, gone.pointee);
    class_at(a, x)->pointee = pointee;
    return root_of(a, x);
}

static int pointee_of(Activity *a, int c)
{
    if (!class_at(a, c)->pointee) {
        const int fresh = new_class(a);
        const Class *of = class_at(a, c);
        a->classes.at[fresh].shadowless = of->shadowless;
        a->classes.at[fresh].lacks = of->lacks;
        a->classes.at[fresh].is_met = a->classes.at[fresh].foreign = of->foreign;
        class_at(a, c)->pointee = fresh;
    }
    return class_at(a, c)->pointee;
}

static int field_of(Activity *a, int c, const Record *record, int64_t field)
{
    Class *of = class_at(a, c);
    if (of->nfields < (int)record->nfields) {
        of->fields = arena_grow(of->fields, sizeof(int) * (size_t)of->nfields, sizeof(int) * record->nfields);
        of->nfields = (int)record->nfields;
    }
    if (record->is_union) /* members share their memory */
        return c;
    if (!of->fields[field]) {
        const int fresh = new_class(a);
        of = class_at(a, c);
        of->fields[field] = fresh;
        a->classes.at[fresh].shadowless = of->shadowless;
        a->classes.at[fresh].lacks = of->lacks;
        a->classes.at[fresh].is_met = of->is_met;
        a->classes.at[fresh].foreign = of->foreign;
        a->classes.at[fresh].passive = record->fields[field].passive || of->passive;
    }
    return class_at(a, c)->fields[field];
}

static int class_of(Activity *a, const Value *pointer);

static bool is_param(const Value *base)
{
    return (base->kind == VAL_PARAM || base->kind == VAL_PARAM_OBJECT) && base->i != RESULT_OBJECT;
}

/* Memory at a base that is no choice and not loaded: has it no shadow? */
static bool lacks_shadow(const Activity *a, const Value *base)
{
    if (is_param(base))
        return !a->has_bar[base->i];
    return base->kind != VAL_LOCAL && base->kind != VAL_ALLOC && base->kind != VAL_INT && base->kind != VAL_GLOBAL &&
           base->kind != VAL_PARAM_OBJECT && !heap_is_object(base);
}

static bool is_passive_memory(const Activity *a, const Value *base)
{
    if (is_param(base))
        return a->function->params[base->i].passive;
    return base->kind == VAL_LOCAL ? base->passive : base->callee && base->callee->passive;
}

static int class_of_choice(Activity *a, const Value *x, const Value *y)
{
    return unify(a, class_of(a, x), class_of(a, y));
}

static int class_of_global(Activity *a, const Global *global)
{
    for (size_t k = 0; k < a->globals.count; k++)
        if (a->globals.at[k].global == global)
            return a->globals.at[k].class;
    const int fresh = new_class(a);
    a->classes.at[fresh].shadowless = global->is_const_data || global->passive;
    a->classes.at[fresh].passive = global->passive;
    a->classes.at[fresh].is_met = a->classes.at[fresh].foreign = true;
    vec_push(&a->globals, (GlobalClass){global, fresh});
    return fresh;
}

static int find_class(Activity *a, const Value *p)
{
    switch (p->kind) {
    case VAL_PTRADD:
    case VAL_DECAY:
        return class_of(a, p->args[0]);
    case VAL_FIELD:
        return field_of(a, class_of(a, p->args[0]), p->args[0]->type->to->record, p->i);
    case VAL_LOAD:
        return pointee_of(a, class_of(a, p->args[0]));
    case VAL_SELECT:
        return class_of_choice(a, p->args[1], p->args[2]);
    case VAL_CARRIED:
        return class_of(a, p->region->args[p->i]);
    case VAL_RESULT:
        if (p->region->kind == VAL_LOOP)
            return class_of(a, p->region->carried[p->i]);
        return class_of_choice(a, p->region->blocks[0]->yields[p->i], p->region->blocks[1]->yields[p->i]);
    default:
        break;
    }
    if (p->kind == VAL_CAST && type_is_pointer(p->args[0]->type))
        return class_of(a, p->args[0]);
    if (p->kind == VAL_GLOBAL)
        return class_of_global(a, p->global);
    const int fresh = new_class(a);
    Class *c = &a->classes.at[fresh];
    const bool is_own = p->kind == VAL_LOCAL || p->kind == VAL_ALLOC || p->kind == VAL_INT || heap_is_object(p);
    c->passive = p->kind == VAL_LOCAL && p->passive;
    c->shadowless = c->passive || lacks_shadow(a, p);
    c->lacks = c->shadowless && !is_passive_memory(a, p) && !p->type->to->is_const;
    c->is_met = p->kind != VAL_INT;
    c->foreign = !is_own;
    return fresh;
}

/* The class that a pointer points into. */
static int class_of(Activity *a, const Value *pointer)
{
    if (pointer->kind == VAL_INT && !a->classified) /* null leads nowhere: two of them have nothing in common */
        return find_class(a, pointer);
    if (!a->class_of[pointer->id]) {
        const int found = find_class(a, pointer);
        a->class_of[pointer->id] = found;
    }
    return a->class_of[pointer->id];
}

static void join_carried(Activity *a, const Value *loop)
{
    for (int k = 0; k < loop->nresults; k++)
        if (type_is_pointer(loop->carried[k]->type))
            class_of_choice(a, loop->carried[k], loop->blocks[1]->yields[k]);
}

/* Complex numbers have no derivatives here; but what depends on varied values is refused (refuse_block). */
static bool is_number(const Type *t)
{
    return type_is_real(t) || t->kind == TYPE_COMPLEX;
}

static bool reaches_reals(const Value *pointer)
{
    if (!type_is_pointer(pointer->type))
        return false;
    const Type *to = pointer->type->to;
    return to->kind == TYPE_VOID || type_has_real(to) || type_scalar((Type *)(uintptr_t)to)->kind == TYPE_COMPLEX;
}

static void classify_block(Activity *a, const Block *block)
{
    for (const Value *v = block ? block->first : NULL; v; v = v->next) {
        if (type_is_pointer(v->type))
            class_of(a, v);
        for (int k = 0; k < v->nargs; k++)
            if (type_is_pointer(v->args[k]->type))
                class_of(a, v->args[k]);
        if (v->kind == VAL_STORE && type_is_pointer(v->args[1]->type))
            unify(a, pointee_of(a, class_of(a, v->args[0])), class_of(a, v->args[1]));
        if (v->kind == VAL_COPY)
            unify(a, class_of(a, v->args[0]), class_of(a, v->args[1]));
        for (int k = 0; v->kind == VAL_CALL && reaches_reals(v) && k < v->nargs; k++)
            if (reaches_reals(v->args[k])) /* a call returns a pointer into what it was given */
                unify(a, class_of(a, v), class_of(a, v->args[k]));
        classify_block(a, v->blocks[0]);
        classify_block(a, v->blocks[1]);
        if (v->kind == VAL_LOOP)
            join_carried(a, v);
    }
}

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
    for (const Value *v = block ? block->first : NULL; v; v = v->next)
        if ((v->kind == VAL_STORE && type_is_pointer(v->args[1]->type) && may_lead_to_param(v->args[1], param)) ||
            keeps_param(v->blocks[0], param) || keeps_param(v->blocks[1], param))
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
    for (const Value *v = block ? block->first : NULL; v; v = v->next) {
        const bool writes = v->kind == VAL_STORE || v->kind == VAL_ACCUM || v->kind == VAL_COPY;
        if (writes && may_lead_to_param(v->args[0], param))
            return true;
        if (call_writes_param(v, param) || writes_param(v->blocks[0], param) || writes_param(v->blocks[1], param))
            return true;
    }
    return false;
}

static Written written_param(const Function *fn, int k)
{
    Written param = {.index = k};
    param.is_kept = type_is_pointer(fn->params[k].type) && keeps_param(fn->body, &param);
    return param;
}

bool *activity_written_params(const Function *fn)
{
    bool *written = ARENA_ARRAY(bool, fn->nparams + 1);
    for (int k = 0; k < fn->nparams; k++) {
        const Written param = written_param(fn, k);
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

typedef enum { VARIED, USEFUL } Flag;

/* All memory that can be reached from a class, for the contents that the caller gives and takes. */
static void mark_reachable(Activity *a, int c, bool *seen, Flag flag)
{
    c = root_of(a, c);
    if (!c || seen[c] || a->classes.at[c].passive)
        return;
    seen[c] = true;
    if (flag == VARIED)
        a->classes.at[c].varied = true;
    else
        a->classes.at[c].useful = true;
    for (int k = 0; k < a->classes.at[c].nfields; k++)
        if (a->classes.at[c].fields[k])
            mark_reachable(a, a->classes.at[c].fields[k], seen, flag);
    if (a->classes.at[c].pointee)
        mark_reachable(a, a->classes.at[c].pointee, seen, flag);
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
        mark_reachable(a, class_of(a, v), ARENA_ARRAY(bool, a->classes.count + 1), VARIED);
        mark_reachable(a, class_of(a, v), ARENA_ARRAY(bool, a->classes.count + 1), USEFUL);
    }
    if (fn->result_object)
        mark_reachable(a, class_of(a, fn->result_object), ARENA_ARRAY(bool, a->classes.count + 1), USEFUL);
    if (fn->body->nyields && type_is_real(fn->body->yields[0]->type))
        a->useful[fn->body->yields[0]->id] = true;
}

/* ---- varied: forwards ---- */

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

static void set(Activity *a, bool *flag, bool value)
{
    if (value && !*flag) {
        *flag = true;
        a->changed = true;
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

/* Text made from values carries no derivative; whether it comes back as a value is asked by refuse_coming_back. */
static bool formats_text(const Value *call)
{
    const char *name = call->kind == VAL_CALL && call->callee ? call->callee->name : "";
    return strcmp(name, "snprintf") == 0 || strcmp(name, "sprintf") == 0 || strcmp(name, "vsnprintf") == 0;
}

static bool is_opaque_call(const Value *v)
{
    if (formats_text(v))
        return false;
    const HeapRole role = heap_role(v);
    return v->kind == VAL_CALL && v->callee && v->callee->effect == EFFECT_UNKNOWN && !v->callee->passive &&
           role != HEAP_ALLOC && role != HEAP_FREE;
}

/* Memory that the call may read and write derivatives in: all that can be reached, fields and what is pointed to. */
static bool reaches_flag(const Activity *a, int c, Flag flag, bool *seen)
{
    c = root_of(a, c);
    if (!c || seen[c])
        return false;
    seen[c] = true;
    const Class *at = &a->classes.at[c];
    bool result = flag == VARIED ? at->varied : at->useful;
    for (int k = 0; k < at->nfields && !result; k++)
        result = reaches_flag(a, at->fields[k], flag, seen);
    return result || reaches_flag(a, at->pointee, flag, seen);
}

static bool has_flag(const Activity *a, int c, Flag flag)
{
    return reaches_flag(a, c, flag, ARENA_ARRAY(bool, a->classes.count + 1));
}

static void set_reached(Activity *a, int c, Flag flag, bool *seen)
{
    c = root_of(a, c);
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
            varied |= a->varied[v->args[k]->id] ||
                      (reaches_reals(v->args[k]) && has_flag(a, class_of(a, v->args[k]), VARIED));
    if (!varied)
        return;
    set(a, &a->varied[v->id], is_number(v->type));
    for (int k = 0; k < v->nargs; k++)
        if (reaches_reals(v->args[k]) && may_write(v, k) && takes_derivative(v, k))
            set_flag(a, class_of(a, v->args[k]), VARIED);
}

static void use_call(Activity *a, const Value *v)
{
    bool useful = a->useful[v->id];
    for (int k = 0; k < v->nargs; k++)
        useful |= reaches_reals(v->args[k]) && may_write(v, k) && takes_derivative(v, k) &&
                  has_flag(a, class_of(a, v->args[k]), USEFUL);
    for (int k = 0; useful && k < v->nargs; k++) {
        if (!takes_derivative(v, k))
            continue;
        set(a, &a->useful[v->args[k]->id], true);
        if (reaches_reals(v->args[k]))
            set_flag(a, class_of(a, v->args[k]), USEFUL);
    }
}

static void vary_block(Activity *a, const Block *block)
{
    for (const Value *v = block ? block->first : NULL; v; v = v->next) {
        if (is_opaque_call(v))
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
        if (is_opaque_call(v))
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

/* ---- the fence for what is active ---- */

static bool report_once(Activity *a, Loc loc)
{
    static const unsigned lines = 1 << 16;
    if (!a->reported)
        a->reported = ARENA_ARRAY(bool, lines);
    if (a->reported[loc.line % lines])
        return false;
    return a->reported[loc.line % lines] = true;
}

static bool points_to_active(const Activity *a, const Value *pointer)
{
    const Type *t = type_is_pointer(pointer->type) ? pointer->type->to : NULL;
    return t && (t->kind == TYPE_VOID || type_has_real(t)) && activity_is_active_memory(a, pointer);
}

/* ---- memory on the heap ---- */

static bool is_active_class(const Class *c)
{
    return c->varied && c->useful && !c->passive;
}

static bool is_varied_class(const Class *c)
{
    return c->varied && !c->passive;
}

/* Is there such memory to be reached from a class, through fields and pointers? */
static bool leads_to(const Activity *a, int c, bool (*is_such)(const Class *), bool *seen)
{
    c = c ? root_of(a, c) : 0;
    if (!c || seen[c])
        return false;
    seen[c] = true;
    const Class *at = &a->classes.at[c];
    if (is_such(at) || leads_to(a, at->pointee, is_such, seen))
        return true;
    for (int k = 0; k < at->nfields; k++)
        if (leads_to(a, at->fields[k], is_such, seen))
            return true;
    return false;
}

static bool *no_classes(const Activity *a)
{
    return ARENA_ARRAY(bool, a->classes.count + 1);
}

/* All that pointers in a class lead to, through memory: it is there when the call is over. */
static void mark_lasting(Activity *a, int c, bool through_memory, bool *seen)
{
    c = c ? root_of(a, c) : 0;
    if (!c || seen[c] || (through_memory && a->lasting[c]))
        return;
    seen[c] = true;
    a->lasting[c] |= through_memory;
    mark_lasting(a, a->classes.at[c].pointee, true, seen);
    for (int k = 0; k < a->classes.at[c].nfields; k++)
        mark_lasting(a, a->classes.at[c].fields[k], through_memory, seen);
}

static bool is_class_of_param(Activity *a, int c)
{
    const Function *fn = a->function;
    for (int k = 0; k < fn->nparams; k++)
        if (type_is_pointer(fn->params[k].value->type) && root_of(a, class_of(a, fn->params[k].value)) == root_of(a, c))
            return true;
    return false;
}

static void find_lasting(Activity *a)
{
    const Function *fn = a->function;
    a->lasting = no_classes(a);
    for (int k = 0; k < fn->nparams; k++)
        if (type_is_pointer(fn->params[k].value->type))
            mark_lasting(a, class_of(a, fn->params[k].value), false, no_classes(a));
    for (size_t k = 0; k < a->globals.count; k++)
        mark_lasting(a, a->globals.at[k].class, false, no_classes(a));
    if (fn->result_object && fn->result_object->id <= a->last_id)
        mark_lasting(a, a->class_of[fn->result_object->id], false, no_classes(a));
    if (fn->body->nyields && type_is_pointer(fn->body->yields[0]->type))
        mark_lasting(a, class_of(a, fn->body->yields[0]), true, no_classes(a));
}

/* The shadow of what a function allocates lives as long as the call. */
static void refuse_lasting(Activity *a, const Value *v, HeapRole role)
{
    const Value *p = role == HEAP_FREE ? v->args[0] : v;
    const int c = class_of(a, p);
    if (p->kind == VAL_INT || !leads_to(a, c, is_active_class, no_classes(a)))
        return;
    const bool lasts = a->lasting[root_of(a, c)];
    const bool is_own = heap_is_object(memory_base((Value *)(uintptr_t)p)); /* allocated here, for all to see */
    if (role == HEAP_FREE && (lasts || (!is_own && is_class_of_param(a, c))) && report_once(a, v->loc)) {
        diag_error(v->loc, "'%s' gives back memory that carries derivatives and may be the caller's", v->callee->name);
        diag_note((Loc){0}, "leave it to the caller, or keep what is allocated here in variables of its own");
    } else if (role == HEAP_ALLOC && lasts && report_once(a, v->loc)) {
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
    bool active = false;
    for (int k = 0; k < v->nargs; k++)
        active |=
            type_is_pointer(v->args[k]->type) && leads_to(a, class_of(a, v->args[k]), is_varied_class, no_classes(a));
    if (!active || !what[role] || !report_once(a, v->loc))
        return;
    diag_error(v->loc, "'%s' %s", v->callee->name, what[role]);
    diag_note((Loc){0}, "%s", way_out[role]);
}

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
    if (!active || !report_once(a, access->loc))
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
    diag_error(call->loc,
               "cannot differentiate the call of '%s': its body is not in reach and argument %d carries a derivative",
               name, arg + 1);
    diag_note((Loc){0}, "give it a definition in this file, a rule by ADGEN_CUSTOM_VJP, or declare it ADGEN_PASSIVE");
}

/* int is_small(double x): an integer has no derivative, and no memory is handed over. */
static bool is_predicate(const Value *call)
{
    if (!is_opaque_call(call) || !type_is_int(call->type))
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
        if (type_is_pointer(pointer->type) && points_to_active(a, pointer))
            return true;
    }
    return false;
}

static void refuse_call(Activity *a, const Value *v)
{
    if (ir_is_volatile(v)) {
        refuse_volatile(a, v);
        return;
    }
    const char *name = v->callee ? v->callee->name : v->text ? v->text : "a function pointer";
    if (!v->callee && v->text && v->kind == VAL_CALL) /* assert */
        return;
    if ((v->callee && v->callee->effect == EFFECT_PASSIVE_IO) || formats_text(v))
        return;
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
        const bool value =
            activity_is_active(a, v->args[k]) ||
            (type_is_real(v->args[k]->type) && a->varied[v->args[k]->id] && type_is_real(v->type) && a->useful[v->id]);
        const bool memory = points_to_active(a, v->args[k]) || points_to_active_bytes(a, v->args[k]);
        if (v->kind == VAL_PURE_CALL && !type_is_real(v->type) && !memory)
            continue;
        if ((!value && !memory && !(a->varied[v->args[k]->id] && v->kind == VAL_CALL)) || !report_once(a, v->loc))
            continue;
        if (!v->callee && !v->text) {
            refuse_unknown_target(v);
            return;
        }
        refuse_unknown_call(v, name, k);
        return;
    }
}

static bool is_varied_memory(Activity *a, const Value *address)
{
    const Class *c = class_at(a, class_of(a, address));
    return c->varied && !c->passive;
}

static bool is_real_or_unknown(const Type *t)
{
    t = type_scalar((Type *)(uintptr_t)t);
    return t->kind == TYPE_REAL || t->kind == TYPE_VOID;
}

/* A cast that takes varied reals for something else, or something else for reals. */
static bool is_reinterpretation(Activity *a, const Value *cast)
{
    const Type *from = type_scalar(cast->args[0]->type->to), *to = type_scalar(cast->type->to);
    return !type_same(from, to) && from->kind != TYPE_VOID && to->kind != TYPE_VOID &&
           (type_has_real(from) || type_has_real(to)) && is_varied_memory(a, cast);
}

/* Does the pointer come from such a cast, also by way of choices and loops? */
static bool comes_reinterpreted(Activity *a, const Value *v, int depth)
{
    enum { MAX_CHOICES = 6 };
    for (; v->nargs && v->kind != VAL_LOCAL && v->kind != VAL_LOAD && type_is_pointer(v->args[0]->type); v = v->args[0])
        if (v->kind == VAL_CAST && is_reinterpretation(a, v))
            return true;
    if (depth == MAX_CHOICES)
        return false;
    if (v->kind == VAL_SELECT)
        return comes_reinterpreted(a, v->args[1], depth + 1) || comes_reinterpreted(a, v->args[2], depth + 1);
    if (v->kind != VAL_RESULT && v->kind != VAL_CARRIED)
        return false;
    const Value *region = v->region;
    const Value *other = region->kind == VAL_IF ? region->blocks[0]->yields[v->i] : region->args[v->i];
    return comes_reinterpreted(a, region->blocks[1]->yields[v->i], depth + 1) ||
           comes_reinterpreted(a, other, depth + 1);
}

static void refuse_reinterpretation(Activity *a, const Value *access)
{
    if (!comes_reinterpreted(a, access->args[0], 0) || !report_once(a, access->loc))
        return;
    diag_error(access->loc, "cannot differentiate through a pointer cast that reads memory as another type");
    diag_note((Loc){0}, "copy the values one by one, or mark what holds them ADGEN_PASSIVE");
}

static void refuse_union(Activity *a, const Value *v)
{
    const Type *record = v->args[0]->type->to;
    if (!record->record->is_union || !type_has_real(record) || !is_varied_memory(a, v) || !report_once(a, v->loc))
        return;
    diag_error(v->loc, "cannot differentiate through the union '%s'", record->record->tag);
    diag_note((Loc){0}, "keep the value in a variable of its own, or mark the variable ADGEN_PASSIVE");
}

/* A pointer that comes from an integer: nobody knows what it leads to. */
static void refuse_pointer_from_integer(Activity *a, const Value *v)
{
    if (!type_is_pointer(v->type) || !type_is_int(v->args[0]->type) || !is_real_or_unknown(v->type->to) ||
        v->args[0]->kind == VAL_INT || !report_once(a, v->loc))
        return;
    diag_error(v->loc, "cannot follow a pointer that is cast from an integer");
    diag_note((Loc){0}, "compute with the pointer itself");
}

static void refuse_escape(Activity *a, const Value *v)
{
    const Value *base = memory_base(v->args[0]);
    if (!type_is_pointer(v->args[1]->type) || base->kind != VAL_GLOBAL || !activity_is_active_memory(a, v->args[1]) ||
        !report_once(a, v->loc))
        return;
    diag_error(v->loc, "a pointer to what is differentiated is kept in '%s', which outlives the call",
               base->global->name);
    diag_note(base->global->loc, "pass the pointer as a parameter, or mark the variable ADGEN_PASSIVE");
}

/* May what is written there be memory without a shadow, which is not declared passive either? */
static bool may_lack_shadow(Activity *a, const Value *address)
{
    const Value *roots[MEMORY_MAX_ROOTS];
    const int n = memory_roots(address, roots);
    for (int k = 0; k < n; k++)
        if (roots[k]->kind == VAL_LOAD ? class_at(a, class_of(a, roots[k]))->lacks
                                       : lacks_shadow(a, roots[k]) && !is_passive_memory(a, roots[k]))
            return true;
    return n < 0 && class_at(a, class_of(a, address))->lacks;
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

static void find_given_away(Activity *a, const Block *block)
{
    for (const Value *v = block ? block->first : NULL; v; v = v->next) {
        bool varied = false;
        for (int k = 0; (writes_elsewhere(v) || is_predicate(v)) && k < v->nargs; k++)
            varied |=
                a->varied[v->args[k]->id] || (type_is_pointer(v->args[k]->type) && is_varied_memory(a, v->args[k]));
        if (varied)
            vec_push(&a->given_away, v);
        find_given_away(a, v->blocks[0]);
        find_given_away(a, v->blocks[1]);
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

static void refuse_coming_back(Activity *a, const Value *call)
{
    if (!is_opaque_call(call) || !is_given_away_before(a, call))
        return;
    bool useful = a->useful[call->id] && type_is_real(call->type);
    for (int k = 0; k < call->nargs; k++)
        useful |= reaches_reals(call->args[k]) && class_at(a, class_of(a, call->args[k]))->useful;
    if (!useful || !report_once(a, call->loc))
        return;
    diag_error(call->loc, "'%s' may read back a value that carries a derivative and left as bytes or text",
               call->callee->name);
    diag_note((Loc){0}, "pass the value on in memory, or mark what is read ADGEN_PASSIVE");
}

/* The parameter without an adjoint that memory at the address may be reached from; NULL where there is none. */
static const Param *lost_owner(const Activity *a, const Value *address, bool *seen)
{
    const Value *base = memory_base((Value *)(uintptr_t)address);
    if (seen[base->id])
        return NULL;
    seen[base->id] = true;
    const Param *owner = NULL;
    if (base->kind == VAL_PARAM && !a->has_bar[base->i] && !a->function->params[base->i].passive)
        return &a->function->params[base->i];
    if (base->kind == VAL_LOAD)
        return lost_owner(a, base->args[0], seen);
    if (base->kind == VAL_SELECT)
        owner = lost_owner(a, base->args[1], seen);
    if (base->kind == VAL_SELECT && !owner)
        return lost_owner(a, base->args[2], seen);
    if (base->kind != VAL_CARRIED && base->kind != VAL_RESULT)
        return owner;
    const Value *region = base->region;
    const bool is_loop = region->kind == VAL_LOOP;
    owner = lost_owner(a, is_loop ? region->args[base->i] : region->blocks[0]->yields[base->i], seen);
    return owner ? owner : lost_owner(a, region->blocks[1]->yields[base->i], seen);
}

/* Work space in a struct, say: what is written there and read again needs an adjoint there. */
static void refuse_lost(Activity *a, const Value *store)
{
    const Value *x = store->args[1];
    const bool active = type_is_pointer(x->type)
                            ? points_to_active(a, x)
                            : a->varied[x->id] && is_active_class(class_at(a, class_of(a, store->args[0])));
    if (!active)
        return;
    const Param *owner = lost_owner(a, store->args[0], ARENA_ARRAY(bool, a->last_id + 1));
    if ((!owner && !may_lack_shadow(a, store->args[0])) || !report_once(a, store->loc))
        return;
    if (owner) {
        diag_error(store->loc,
                   "what is written here carries a derivative, and '%s', where it goes, is not differentiated",
                   owner->name);
        diag_note(owner->loc, "name it in the request, or mark it ADGEN_PASSIVE");
    } else {
        diag_error(store->loc, "what is written here carries a derivative and may go to memory that has no adjoint");
        diag_note((Loc){0}, "name the parameter that leads there in the request, or mark it ADGEN_PASSIVE");
    }
}

/* Complex numbers have no adjoints: none that derivatives pass through may lead to a result, or to memory of others. */
static void refuse_complex(Activity *a, const Value *v)
{
    bool leads_on = v->type->kind == TYPE_COMPLEX && a->varied[v->id] && a->useful[v->id];
    if (ir_writes_value(v) && v->args[0]->type->to->kind == TYPE_COMPLEX) {
        const Value *base = memory_base(v->args[0]);
        leads_on |= a->varied[v->args[1]->id] && base->kind != VAL_LOCAL && !heap_is_object(base);
    }
    if (!leads_on || !report_once(a, v->loc))
        return;
    diag_error(v->loc, "cannot differentiate complex arithmetic");
    diag_note((Loc){0}, "compute with real and imaginary parts as two reals");
}

static void refuse_block(Activity *a, const Block *block)
{
    for (const Value *v = block ? block->first : NULL; v; v = v->next) {
        if (ir_writes_value(v) && !a->function->in_two_parts)
            refuse_lost(a, v);
        if (v->kind == VAL_CALL || (v->kind == VAL_PURE_CALL))
            refuse_call(a, v);
        if (v->kind == VAL_CALL)
            refuse_coming_back(a, v);
        if (v->kind == VAL_LOAD || v->kind == VAL_STORE || v->kind == VAL_ACCUM)
            refuse_reinterpretation(a, v);
        if (v->kind == VAL_FIELD)
            refuse_union(a, v);
        if (v->kind == VAL_CAST)
            refuse_pointer_from_integer(a, v);
        if (v->kind == VAL_STORE)
            refuse_escape(a, v);
        refuse_complex(a, v);
        refuse_block(a, v->blocks[0]);
        refuse_block(a, v->blocks[1]);
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
    new_class(a); /* 0 is no class */
    for (int k = 0; k < fn->nparams; k++)
        if (type_is_pointer(fn->params[k].value->type))
            class_of(a, fn->params[k].value);
    classify_block(a, fn->body);
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
        if (a->has_bar[k] || p->passive || !type_is_pointer(p->value->type) || !type_has_real(p->value->type) ||
            !leads_to(a, class_of(a, p->value), is_varied_class, no_classes(a)))
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
    find_given_away(a, fn->body);
    find_lasting(a);
    refuse_block(a, fn->body);
    return a;
}

static bool reaches_active(const Activity *a, int c, bool *seen)
{
    c = root_of(a, c);
    if (!c || seen[c])
        return false;
    seen[c] = true;
    const Class *at = &a->classes.at[c];
    bool active = at->varied && at->useful && !at->passive;
    for (int k = 0; k < at->nfields && !active; k++)
        active = reaches_active(a, at->fields[k], seen);
    return active || reaches_active(a, at->pointee, seen);
}

bool activity_reaches(const Activity *a, const Value *pointer)
{
    const int c = pointer->id <= a->last_id ? a->class_of[pointer->id] : 0;
    return reaches_active(a, c, ARENA_ARRAY(bool, a->classes.count + 1));
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
    return c && leads_to(a, c, is_active_class, no_classes(a));
}

bool activity_shadow_may_be_null(const Activity *a, const Value *pointer)
{
    return class_at(a, a->class_of[pointer->id])->shadowless;
}

bool activity_has_bar(const Activity *a, int param)
{
    return a->has_bar[param];
}
