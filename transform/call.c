/*
 * call.c: calls of functions with a reverse rule of the user's own (ADGEN_CUSTOM_VJP). The rule is called in the
 * reverse sweep with what the function was called with, then the adjoints:
 *
 *     primal: y = g(x, v)      adjoint: double x_bar = 0; g_vjp(x, v, &x_bar, v_bar, y_bar); x's adjoint += x_bar
 *
 * The rule computes g again, and so reads what g read and writes what g wrote. Memory that g only reads is handed over
 * as it is where nobody writes it afterwards. Everything else is handed over as a stand-in: a local object of the
 * reverse sweep that holds what the original held before the call. So a rule never changes what the program left.
 *
 * Where the call is the last thing that the function does, the rule takes its place, with the original's memory.
 *
 * And calls of recursive functions, which split.c takes apart: the primal's call becomes one of the forward half, the
 * reverse sweep calls the reverse half.
 */
#include "reverse.h"

enum { MAX_LEAVES = 64, MAX_WRITTEN_OUT = 16, MAX_STAND_INS = 16 };

bool call_has_rule(const Value *v)
{
    return v->kind == VAL_CALL && v->callee && v->callee->custom_vjp && !v->callee->passive;
}

bool call_is_known(const Value *v)
{
    return call_has_rule(v) || split_takes(v) || (v->kind == VAL_CALL && v->callee && v->callee->is_part);
}

/* ---- what the prototype says ---- */

static bool holds_pointers(const Type *t)
{
    while (t->kind == TYPE_ARRAY)
        t = t->to;
    if (t->kind == TYPE_RECORD)
        for (size_t k = 0; k < t->record->nfields; k++)
            if (holds_pointers(t->record->fields[k].type))
                return true;
    return t->kind == TYPE_POINTER;
}

static int primal_params(const Function *callee)
{
    return callee->is_part ? callee->primal->nparams : callee->nparams;
}

bool call_writes_through(const Value *call, int arg)
{
    if (!type_is_pointer(call->args[arg]->type))
        return false;
    const Function *callee = call->callee;
    if (!callee || arg >= callee->nparams)
        return true;
    if ((callee->writes_nothing || callee->is_reverse_part) && arg < primal_params(callee))
        return false;
    if (callee->reaches_written && arg < primal_params(callee) && !callee->reaches_written[arg])
        return false;
    const Type *t = callee->params[arg].type;
    if (!type_is_pointer(t)) /* a record by value */
        return holds_pointers(t);
    return t->to->kind != TYPE_FUNCTION && (!type_is_const(t->to) || holds_pointers(t->to));
}

bool call_follows_pointers(const Value *call, int arg)
{
    const Type *t = call->args[arg]->type;
    return call_writes_through(call, arg) && (t->to->kind == TYPE_VOID || holds_pointers(t->to));
}

bool call_has_bar(const Function *callee, int param)
{
    const Param *p = &callee->params[param];
    if (p->passive)
        return false;
    const Type *t = type_is_pointer(p->type) ? type_scalar(p->type->to) : p->type;
    if (t->kind == TYPE_POINTER && callee->recursion == 2)
        return type_has_real(t);
    return type_is_real(t) || (t->kind == TYPE_RECORD && type_has_real(t));
}

/* ---- the rule and its signature ---- */

static Function *function_named(const Module *module, const char *name)
{
    for (size_t k = 0; k < module->functions.count; k++)
        if (strcmp(module->functions.at[k]->name, name) == 0)
            return module->functions.at[k];
    return NULL;
}

static bool is_bar_of(const Type *bar, const Type *primal)
{
    if (!type_is_pointer(bar) || type_is_const(bar->to))
        return false;
    return type_same(bar->to, type_is_pointer(primal) ? primal->to : primal);
}

static bool signature_matches(const Function *fn, const Function *rule)
{
    int n = fn->nparams;
    if (rule->nparams < n || rule->variadic || !type_same(rule->result, fn->result))
        return false;
    for (int k = 0; k < n; k++)
        if (!type_same(rule->params[k].type, fn->params[k].type))
            return false;
    for (int k = 0; k < fn->nparams; k++)
        if (call_has_bar(fn, k) && (n >= rule->nparams || !is_bar_of(rule->params[n++].type, fn->params[k].type)))
            return false;
    if (type_is_real(fn->result) && (n >= rule->nparams || !type_same(rule->params[n++].type, fn->result)))
        return false;
    return n == rule->nparams;
}

static const char *expected_signature(const Function *fn)
{
    const char *text = arena_printf("%s %s(", fn->result_text ? fn->result_text : "void", fn->custom_vjp);
    for (int k = 0; k < fn->nparams; k++)
        text = arena_printf("%s%s%s%s%s", text, k ? ", " : "", fn->params[k].before, fn->params[k].name,
                            fn->params[k].after);
    for (int k = 0; k < fn->nparams; k++) {
        const Param *p = &fn->params[k];
        if (!call_has_bar(fn, k))
            continue;
        const char *before = p->before_mutable ? p->before_mutable : p->before;
        text = arena_printf("%s, %s%s%s_bar%s", text, before, type_is_pointer(p->type) ? "" : "*", p->name,
                            type_is_pointer(p->type) ? p->after : "");
    }
    if (type_is_real(fn->result))
        text = arena_printf("%s, %s ret_bar", text, fn->result_text);
    return arena_printf("%s)", text);
}

/* NULL, with the reason reported, where there is none that can be called. */
static const Function *find_rule(const Value *call)
{
    const Function *fn = call->callee;
    const Function *rule = function_named(fn->module, fn->custom_vjp);
    if (!rule) {
        diag_error(call->loc, "'%s', the rule of '%s', is not declared", fn->custom_vjp, fn->name);
        diag_note(fn->loc, "expected '%s'", expected_signature(fn));
        return NULL;
    }
    if (!signature_matches(fn, rule)) {
        diag_error(rule->loc, "'%s' does not have the parameters of a rule of '%s'", rule->name, fn->name);
        diag_note(fn->loc, "expected '%s'", expected_signature(fn));
        return NULL;
    }
    return rule;
}

/* ---- one call ---- */

typedef struct {
    Value *base, *object;
} StandIn;

typedef struct {
    Reverse *r;
    Value *call;
    StandIn stand_ins[MAX_STAND_INS];
    int nstand_ins;
    bool refused; /* one message a call */
} CallReverse;

static Value *refuse(CallReverse *c, int arg, const char *why, const char *way_out)
{
    const Function *callee = c->call->callee;
    if (!c->refused && split_takes(c->call)) {
        diag_error(c->call->loc, "cannot differentiate the call of '%s', which is recursive: argument %d %s",
                   into_user_name(callee), into_user_argument(callee, arg), why);
        diag_note((Loc){0}, "%s", way_out);
    } else if (!c->refused) {
        diag_error(c->call->loc, "cannot call the rule '%s' of '%s' in the reverse sweep: argument %d %s",
                   callee->custom_vjp, callee->name, arg + 1, why);
        diag_note((Loc){0}, "%s", way_out);
    }
    c->refused = true;
    return c->call->args[arg];
}

/* ---- may memory be handed over as it is? ---- */

static bool writes_ever(const CallReverse *c, const Value *v, const Value *base)
{
    if (!reverse_is_primal(c->r, v))
        return false;
    if (ir_writes_memory(v))
        return memory_may_alias_ever(memory_base(v->args[0]), base);
    if (!ir_is_region(v))
        return memory_clobbers(v, base);
    for (int k = 0; k < 2; k++)
        for (const Value *w = v->blocks[k] ? v->blocks[k]->first : NULL; w; w = w->next)
            if (writes_ever(c, w, base))
                return true;
    return false;
}

/* May the object be written between the call and the reverse of the call? */
static bool written_afterwards(const CallReverse *c, const Value *base)
{
    for (const Value *at = c->call; at; at = at->block->owner) {
        for (const Value *w = at->next; w; w = w->next)
            if (writes_ever(c, w, base))
                return true;
        if (at->kind == VAL_LOOP && writes_ever(c, at, base))
            return true;
    }
    return false;
}

/* May the local object have been written when the call is reached; without `by_loops`, in the loops' first iteration?
 */
static bool written_before(const CallReverse *c, const Value *local, bool by_loops)
{
    for (const Value *at = c->call;; at = at->block->owner) {
        if (by_loops && at->kind == VAL_LOOP && writes_ever(c, at, local))
            return true;
        for (const Value *w = at->prev; w && w != local; w = w->prev)
            if (writes_ever(c, w, local))
                return true;
        if (at->block == local->block)
            return false;
    }
}

/* The memory is still the same memory in the reverse sweep. */
static bool outlives_sweep(const Value *base)
{
    switch (base->kind) {
    case VAL_PARAM:
    case VAL_PARAM_OBJECT:
    case VAL_GLOBAL:
    case VAL_STRING:
    case VAL_FUNCTION:
        return true;
    case VAL_LOCAL:
        return !base->block->owner;
    case VAL_LOAD:
        return outlives_sweep(memory_base(base->args[0]));
    case VAL_SELECT:
        return outlives_sweep(memory_base(base->args[1])) && outlives_sweep(memory_base(base->args[2]));
    case VAL_INT:
        return base->i == 0;
    default:
        return false;
    }
}

static bool stays(const CallReverse *c, int arg)
{
    const Value *base = memory_base(c->call->args[arg]);
    if (c->r->b.function->in_two_parts) /* anything may run before the reverse half */
        return base->kind == VAL_STRING || (base->kind == VAL_GLOBAL && base->global->is_const_data);
    return !call_writes_through(c->call, arg) && outlives_sweep(base) && !written_afterwards(c, base);
}

/* All arguments that lead into one object get the same. */
static bool needs_stand_in(const CallReverse *c, const Value *base)
{
    for (int k = 0; k < c->call->nargs; k++)
        if (type_is_pointer(c->call->args[k]->type) && memory_base(c->call->args[k]) == base && !stays(c, k))
            return true;
    return false;
}

/* ---- stand-ins ---- */

/* The same path, from another object. */
static Value *rebase(Builder *b, Value *address, const Value *base, Value *object)
{
    if (address == base)
        return object;
    Value *from = rebase(b, address->args[0], base, object);
    switch (address->kind) {
    case VAL_PTRADD:
        return ir_ptradd(b, from, address->args[1], address->nargs > 2 ? address->args[2] : NULL);
    case VAL_FIELD:
        return ir_field(b, from, (int)address->i);
    case VAL_DECAY:
        return ir_decay(b, from);
    default:
        return ir_cast(b, address->type, from);
    }
}

/* May an object of the type be copied scalar by scalar? How many statements that takes; MAX_LEAVES + 1: it may not. */
static int64_t count_leaves(const Type *t)
{
    if (t->kind == TYPE_ARRAY) {
        const int64_t inside = count_leaves(t->to);
        const bool in_loop = t->count < 0 || t->count > MAX_WRITTEN_OUT;
        return in_loop ? inside : t->count * inside > MAX_LEAVES ? MAX_LEAVES + 1 : t->count * inside;
    }
    if (t->kind == TYPE_REAL || t->kind == TYPE_INT)
        return 1;
    if (t->kind != TYPE_RECORD || t->record->is_union || !t->record->is_complete)
        return MAX_LEAVES + 1;
    int64_t n = 0;
    for (size_t k = 0; k < t->record->nfields && n <= MAX_LEAVES; k++)
        n += t->record->fields[k].bit_width >= 0 ? MAX_LEAVES + 1 : count_leaves(t->record->fields[k].type);
    return n;
}

/* Of run-time size in one dimension at most. */
static bool has_plain_extents(const Value *object)
{
    return object->nargs == 0 || (object->nargs == 1 && object->type->to->kind == TYPE_ARRAY &&
                                  object->type->to->count < 0 && object->type->to->to->size > 0);
}

static void copy_leaves(Builder *forward, Builder *reverse, Value *from, Value *to, const Type *t);

static void copy_element(Builder *forward, Builder *reverse, Value *from, Value *to, Value *read, Value *written,
                         const Type *t)
{
    copy_leaves(forward, reverse, ir_ptradd(forward, ir_decay(forward, from), read, NULL),
                ir_ptradd(reverse, ir_decay(reverse, to), written, NULL), t);
}

/* A loop that reads, and one of the reverse sweep that stores what it has read. */
static void copy_in_loops(Builder *forward, Builder *reverse, Value *from, Value *to, Value *count, const Type *t)
{
    Value *none = ir_int(forward, count->type, 0);
    Value *reads = ir_count(forward, none, VAL_LT, count, 1);
    Value *stores = ir_count(reverse, none, VAL_LT, count, 1);
    stores->twin = reads;
    stores->reversed = true;
    Builder inner = ir_inside(forward, reads), inner_reverse = ir_inside(reverse, stores);
    copy_element(&inner, &inner_reverse, from, to, reads->counter, stores->counter, t);
}

/* Reads every scalar before the call, and stores it in the reverse sweep: storage.c keeps it in between. */
static void copy_leaves(Builder *forward, Builder *reverse, Value *from, Value *to, const Type *t)
{
    Type *int_ = forward->function->module->types.int_, *size = forward->function->module->types.size;
    if (t->kind == TYPE_ARRAY && t->count < 0) {
        copy_in_loops(forward, reverse, from, to, from->args[0], t->to);
    } else if (t->kind == TYPE_ARRAY && t->count > MAX_WRITTEN_OUT) {
        copy_in_loops(forward, reverse, from, to, ir_int(forward, size, t->count), t->to);
    } else if (t->kind == TYPE_ARRAY) {
        for (int64_t k = 0; k < t->count; k++) {
            Value *index = ir_int(forward, int_, k);
            copy_element(forward, reverse, from, to, index, index, t->to);
        }
    } else if (t->kind == TYPE_RECORD) {
        for (size_t k = 0; k < t->record->nfields; k++)
            copy_leaves(forward, reverse, ir_field(forward, from, (int)k), ir_field(reverse, to, (int)k),
                        t->record->fields[k].type);
    } else {
        ir_store(reverse, to, ir_load(forward, from));
    }
}

static Type *mutable_object(Type *t)
{
    return t->kind == TYPE_ARRAY && type_is_const(t) ? type_array(mutable_object(t->to), t->count) : type_mutable(t);
}

static Value *new_object(CallReverse *c, const Value *base)
{
    return ir_local(&c->r->b, mutable_object(base->type->to), base->nargs, base->args, base->hint);
}

static void clear_primal(Value *local)
{
    Function *fn = local->block->function;
    Builder b = {.function = fn, .block = local->block, .before = local->next, .loc = local->loc};
    ir_new(&b, VAL_ZERO, fn->module->types.void_, 1, &local);
}

static Value *stand_in_for(CallReverse *c, int arg, Value *base)
{
    for (int k = 0; k < c->nstand_ins; k++)
        if (c->stand_ins[k].base == base)
            return c->stand_ins[k].object;
    if ((base->kind != VAL_LOCAL && base->kind != VAL_PARAM_OBJECT) || c->nstand_ins == MAX_STAND_INS)
        return refuse(c, arg,
                      call_writes_through(c->call, arg) ? "leads to memory that the function writes, of unknown extent"
                                                        : "leads to memory that is written after the call",
                      "hand over a local variable or array, and copy from there");
    const bool has_content = base->kind == VAL_PARAM_OBJECT || written_before(c, base, true);
    const Type *t = base->type->to;
    if (holds_pointers(t) || (has_content && (!has_plain_extents(base) || count_leaves(t) > MAX_LEAVES)))
        return refuse(c, arg, "leads to memory whose content before the call is too much to be kept",
                      "declare what the function only reads const, and leave it as it is after the call; fill what it "
                      "writes by nothing but the call");
    Value *object = new_object(c, base);
    c->stand_ins[c->nstand_ins++] = (StandIn){base, object};
    Builder forward = {
        .function = object->block->function, .block = c->call->block, .before = c->call, .loc = c->call->loc};
    if (has_content && base->kind == VAL_LOCAL &&
        !written_before(c, base, false)) /* nothing is read before it is set */
        clear_primal(base);
    if (has_content)
        copy_leaves(&forward, &c->r->b, base, object, t);
    return object;
}

/* ---- the last call ---- */

static bool hands_on(const Block *block, const Value *v)
{
    for (int k = 0; block && k < block->nyields; k++)
        if (block->yields[k] == v)
            return true;
    return false;
}

/* Would w see, or change, what is different when the call comes later? */
static bool depends_on_order(const CallReverse *c, const Value *w)
{
    const Value *call = c->call;
    const bool is_region = ir_is_region(w);
    if (!is_region && !reverse_is_primal(c->r, w)) /* an adjoint; a rule that took a call's place is there, too */
        return w->kind == VAL_CALL;
    for (int k = 0; k < w->nargs; k++)
        if (w->args[k] == call)
            return true;
    if (!is_region)
        return memory_has_effect(w) || (w->kind == VAL_LOAD && memory_clobbers(call, w->args[0]));
    for (int k = 0; k < 2; k++) {
        if (hands_on(w->blocks[k], call))
            return true;
        for (const Value *inner = ir_first(w->blocks[k]); inner; inner = inner->next)
            if (depends_on_order(c, inner))
                return true;
    }
    return false;
}

static bool is_last(const CallReverse *c)
{
    if (c->call->block->function->in_two_parts)
        return false;
    for (const Value *at = c->call; at; at = at->block->owner) {
        const Block *block = at->block;
        if (at->kind == VAL_LOOP)
            return false;
        for (const Value *w = at->next; w; w = w->next)
            if (depends_on_order(c, w))
                return false;
        if (block->owner && hands_on(block, c->call))
            return false;
    }
    return true;
}

/* ---- arguments ---- */

/* What is written by one argument must not be what another one leads to under another name. */
static bool overlaps_another(const CallReverse *c, int arg)
{
    const Value *base = memory_base(c->call->args[arg]);
    for (int k = 0; k < c->call->nargs; k++) {
        if (k == arg || !type_is_pointer(c->call->args[k]->type) || !call_writes_through(c->call, k))
            continue;
        const Value *other = memory_base(c->call->args[k]);
        if (other != base && memory_may_alias_ever(other, base))
            return true;
    }
    return false;
}

static Value *primal_argument(CallReverse *c, int arg)
{
    Value *x = c->call->args[arg];
    if (!type_is_pointer(x->type))
        return x;
    Value *base = memory_base(x);
    if (base->kind == VAL_INT || base->kind == VAL_FUNCTION)
        return x;
    if (holds_pointers(x->type->to) || x->type->to->kind == TYPE_FUNCTION)
        return refuse(c, arg, "leads to memory that holds pointers",
                      "hand over what they point to as arguments of their own");
    if (overlaps_another(c, arg))
        return refuse(c, arg, "may lead to memory that another argument writes", "use separate variables");
    if (!needs_stand_in(c, base))
        return x;
    Value *object = stand_in_for(c, arg, base);
    return c->refused ? x : rebase(&c->r->b, x, base, object);
}

static Value *zeroed(CallReverse *c, Value *object)
{
    Builder *b = &c->r->b;
    ir_new(b, VAL_ZERO, b->function->module->types.void_, 1, &object);
    return object;
}

static Value *pointer_bar(CallReverse *c, int arg)
{
    Value *x = c->call->args[arg], *base = memory_base(x);
    if (base->kind == VAL_INT)
        return x;
    if (reverse_has_shadow(c->r, x))
        return reverse_shadow_address(c->r, x);
    if (reverse_may_have_shadow(c->r, x))
        return refuse(c, arg, "leads to memory that has an adjoint in some runs and not in others",
                      "call it with each of the two on a branch of its own");
    const bool sized = base->kind == VAL_LOCAL || base->kind == VAL_PARAM_OBJECT ||
                       (base->kind == VAL_GLOBAL && base->type->to->size > 0);
    if (!sized)
        return refuse(c, arg, "leads to memory that is not differentiated, of unknown extent",
                      "differentiate with respect to it too, or mark the function's parameter ADGEN_PASSIVE");
    Value *object = new_object(c, base);
    object->hint = base->hint ? arena_printf("%s_bar", base->hint) : NULL;
    return rebase(&c->r->b, x, base, zeroed(c, object));
}

static Value *scalar_bar(CallReverse *c, int arg)
{
    const Param *p = &c->call->callee->params[arg];
    return zeroed(c, ir_local(&c->r->b, type_unqualified(p->type), 0, NULL, arena_printf("%s_bar", p->name)));
}

/* ---- variables outside functions ---- */

static bool writes_globals(const CallReverse *c, const Block *block)
{
    for (const Value *v = ir_first(block); v; v = ir_next(v, block)) {
        const bool writes = v->kind == VAL_STORE || v->kind == VAL_ACCUM || v->kind == VAL_COPY;
        if (writes && reverse_is_primal(c->r, v) && memory_base(v->args[0])->kind == VAL_GLOBAL)
            return true;
    }
    return false;
}

/* The rule may read them as well: they must be what they were. */
static void refuse_global_state(CallReverse *c)
{
    if (c->refused || !writes_globals(c, c->r->b.function->body))
        return;
    c->refused = true;
    diag_error(c->call->loc,
               "cannot call the rule '%s' of '%s' in the reverse sweep: variables that it may read are written",
               c->call->callee->custom_vjp, c->call->callee->name);
    diag_note((Loc){0}, "make the variables that this function writes parameters or locals");
}

/* ---- what is active ---- */

/* May pointers to what it is given, and what is allocated, go by the function to where they were not before? */
static bool owns_memory(const Value *call)
{
    return split_takes(call) &&
           (call->callee->moves_pointers || call->callee->gives_back || type_is_pointer(call->type));
}

bool reverse_call_is_active(const Reverse *r, const Value *call)
{
    if (!call_has_rule(call) && !split_takes(call))
        return false;
    if (reverse_is_active(r, call))
        return true;
    for (int k = 0; k < call->nargs; k++)
        if ((call_writes_through(call, k) || owns_memory(call)) && reverse_reaches_active(r, call->args[k]))
            return true;
    return type_is_pointer(call->type) && owns_memory(call) && activity_leads_to_active(r->activity, call);
}

/* Of what neither is written, a recursive function's reverse half only adds to the adjoints: in one place as well. */
static bool adjoints_may_meet(const Value *call, int arg, int other)
{
    return split_takes(call) && !call_writes_through(call, arg) && !call_writes_through(call, other);
}

int call_overlap(const Activity *a, const Value *call, int arg)
{
    const Function *callee = call->callee;
    const Value *x = call->args[arg];
    if (!type_is_pointer(x->type) || !call_has_bar(callee, arg) || callee->params[arg].type->kind == TYPE_RECORD)
        return -1;
    const Value *base = memory_base(call->args[arg]);
    for (int k = 0; k < arg; k++) {
        Value *y = call->args[k];
        if (type_is_pointer(y->type) && call_has_bar(callee, k) && base->kind != VAL_INT &&
            memory_base(y)->kind != VAL_INT && !adjoints_may_meet(call, arg, k) &&
            memory_may_alias_ever(base, memory_base(y)) && activity_may_meet(a, x, y))
            return k;
    }
    return -1;
}

/* Adjoint storage overlaps nothing else: neither that of another argument. */
static void refuse_overlap(CallReverse *c)
{
    for (int k = 0; k < c->call->callee->nparams; k++) {
        const int other = call_overlap(c->r->activity, c->call, k);
        if (other >= 0)
            refuse(c, k,
                   arena_printf("may lead to the same memory as argument %d, and so would their adjoints",
                                into_user_argument(c->call->callee, other)),
                   "copy what one of them leads to into an array of its own");
    }
}

/* What a parameter without an adjoint leads to must not carry one. */
static void refuse_passive_writes(CallReverse *c)
{
    const Function *callee = c->call->callee;
    for (int k = 0; k < callee->nparams; k++)
        if (!call_has_bar(callee, k) && (!callee->params[k].passive || call_writes_through(c->call, k)) &&
            reverse_reaches_active(c->r, c->call->args[k]))
            refuse(c, k, "leads to memory that carries a derivative, and no adjoint goes with it",
                   "copy the values to and from a variable that is declared ADGEN_PASSIVE");
    if (callee->variadic || callee->result->kind == TYPE_RECORD)
        refuse(c, 0, callee->variadic ? "is one of a variable number" : "goes with a result that is a struct",
               "write a function around it that takes pointers");
}

void reverse_call(Reverse *r, Value *call)
{
    Function *callee = call->callee;
    Value *result_bar = type_is_real(callee->result) ? reverse_adjoint(r, call) : NULL;
    bool writes = false;
    for (int k = 0; k < call->nargs; k++)
        writes |= call_writes_through(call, k) && reverse_reaches_active(r, call->args[k]);
    const Function *rule = result_bar || writes ? find_rule(call) : NULL;
    if (!rule)
        return;
    CallReverse c = {.r = r, .call = call};
    const bool last = is_last(&c);
    refuse_passive_writes(&c);
    if (!last)
        refuse_global_state(&c);
    refuse_overlap(&c);
    if (c.refused)
        return;
    Builder *b = &r->b;
    Value **args = ARENA_ARRAY(Value *, rule->nparams), **bars = ARENA_ARRAY(Value *, callee->nparams + 1);
    int n = 0;
    for (int k = 0; k < callee->nparams; k++)
        args[n++] = last ? call->args[k] : primal_argument(&c, k);
    for (int k = 0; k < callee->nparams; k++)
        if (call_has_bar(callee, k))
            args[n++] = bars[k] = type_is_pointer(call->args[k]->type) ? pointer_bar(&c, k) : scalar_bar(&c, k);
    if (type_is_real(callee->result))
        args[n++] = result_bar ? result_bar : ir_real(b, callee->result, 0, NULL);
    Function *called = (Function *)(uintptr_t)rule;
    called->is_custom_rule = true;
    Value *in_place = ir_call(b, rule->result, called, n, args);
    if (last) {
        in_place->hint = call->hint;
        ir_replace_uses(call->block, call, in_place);
        ir_remove(call);
    }
    for (int k = 0; k < callee->nparams; k++)
        if (bars[k] && !type_is_pointer(call->args[k]->type))
            reverse_contribute(r, call->args[k], ir_load(b, bars[k]));
}

/* ---- recursive functions: a forward half in the place of the call, a reverse half here ---- */

/* In the reverse sweep a primal pointer is only compared: where its object is gone, another one stands for it. */
static Value *address_again(CallReverse *c, int arg)
{
    Value *x = c->call->args[arg], *base = memory_base(x);
    if (!type_is_pointer(x->type) || base->kind != VAL_LOCAL || !base->block->owner)
        return x;
    if (reverse_has_shadow(c->r, x))
        return reverse_shadow_address(c->r, x);
    for (int k = 0; k < c->nstand_ins; k++)
        if (c->stand_ins[k].base == base)
            return rebase(&c->r->b, x, base, c->stand_ins[k].object);
    if (c->nstand_ins == MAX_STAND_INS)
        return refuse(c, arg, "is one local object too many", "pass fewer arrays");
    Value *object = zeroed(c, new_object(c, base));
    c->stand_ins[c->nstand_ins++] = (StandIn){base, object};
    return rebase(&c->r->b, x, base, object);
}

/* The reverse half is given what stands for a pointer to the function's own pointers, and has no use for it. */
static bool is_for_forward_half(const CallReverse *c, int arg)
{
    const Value *base = memory_base(c->call->args[arg]);
    return split_follows(c->r->b.function->split, c->call->callee, arg) && c->r->b.function->in_two_parts &&
           base->kind == VAL_LOCAL;
}

/*
 * Where the adjoint of a number goes that the function was given, and hands on as it is: both only add to it. The
 * caller of all keeps a local of its own, so that many small numbers are not added to a large one of the user's. NULL:
 * there is no such place.
 */
static Value *bar_handed_on(const CallReverse *c, const Value *x)
{
    const Function *fn = c->r->b.function;
    return fn->in_two_parts && x->kind == VAL_PARAM ? fn->params[x->i].bar : NULL;
}

static Value *split_bar(CallReverse *c, int arg)
{
    if (!type_is_pointer(c->call->args[arg]->type)) {
        Value *bar = bar_handed_on(c, c->call->args[arg]);
        return bar ? bar : scalar_bar(c, arg);
    }
    return is_for_forward_half(c, arg) ? address_again(c, arg) : pointer_bar(c, arg);
}

/* Leaves NULL in place of what is refused when the reverse sweep comes to the call. */
void reverse_shadow_call(Reverse *r, Value *call)
{
    const Split *split = r->function->split;
    const Function *callee = call->callee;
    Value **args = r->shadow_args[call->id] = ARENA_ARRAY(Value *, callee->nparams + 1);
    r->b = reverse_builder_at(r, call->block, call, call->loc);
    for (int k = 0; k < callee->nparams; k++) {
        if (!split_follows(split, callee, k))
            continue;
        Value *base = memory_base(call->args[k]);
        if (base->kind != VAL_LOCAL || r->shadow[base->id])
            args[k] = reverse_shadow_pointer(r, call->args[k]);
    }
    if (!split_gives_shadow(split, callee))
        return;
    Type *type = type_pointer(type_mutable(type_unqualified(call->type->to)));
    Value *shadow = ir_local(&r->b, type, 0, NULL, arena_printf("%s_bar", call->hint ? call->hint : callee->name));
    shadow->is_shadow = true;
    args[callee->nparams] = shadow;
    r->b.before = call->next;
    r->shadow[call->id] = ir_load(&r->b, shadow);
}

/* The primal's call becomes one of the forward half. */
static void call_forward_half(const CallReverse *c, Function *forward)
{
    Value *call = c->call;
    const Function *callee = call->callee;
    const Split *split = c->r->b.function->split;
    Value **shadows = c->r->shadow_args[call->id];
    Value **args = ARENA_ARRAY(Value *, 2 * callee->nparams + 2);
    int n = 0;
    for (int k = 0; k < callee->nparams; k++)
        args[n++] = call->args[k];
    for (int k = 0; k < callee->nparams; k++)
        if (split_follows(split, callee, k))
            args[n++] = shadows[k];
    if (split_gives_shadow(split, callee))
        args[n++] = shadows[callee->nparams];
    args[n++] = c->r->b.function->tape;
    call->args = args;
    call->nargs = n;
    call->callee = forward;
}

static void call_reverse_half(CallReverse *c, Function *reverse, const bool *has_bar)
{
    const Function *callee = c->call->callee;
    Builder *b = &c->r->b;
    Value **args = ARENA_ARRAY(Value *, 2 * callee->nparams + 2), **bars = ARENA_ARRAY(Value *, callee->nparams + 1);
    int n = 0;
    for (int k = 0; k < callee->nparams; k++)
        args[n++] = address_again(c, k);
    for (int k = 0; k < callee->nparams; k++)
        if (has_bar[k])
            args[n++] = bars[k] = split_bar(c, k);
    if (type_is_real(callee->result)) {
        Value *result_bar = reverse_adjoint(c->r, c->call);
        args[n++] = result_bar ? result_bar : ir_real(b, callee->result, 0, NULL);
    }
    args[n++] = b->function->tape;
    Value *twin = ir_call(b, reverse->result, reverse, n, args);
    if (b->function->in_two_parts) /* storage_back.c */
        twin->twin = c->call;
    for (int k = 0; k < callee->nparams; k++)
        if (bars[k] && !type_is_pointer(c->call->args[k]->type) && bars[k]->kind == VAL_LOCAL)
            reverse_contribute(c->r, c->call->args[k], ir_load(b, bars[k]));
}

static void refuse_without_shadow(CallReverse *c)
{
    for (int k = 0; k < c->call->callee->nparams; k++)
        if (split_follows(c->r->b.function->split, c->call->callee, k) && !c->r->shadow_args[c->call->id][k])
            refuse(c, k, "leads to a local variable, and the functions keep or follow pointers to where it leads",
                   "take what it leads to from malloc, or let the caller pass it in");
}

void reverse_split_call(Reverse *r, Value *call)
{
    CallReverse c = {.r = r, .call = call};
    const Split *split = r->b.function->split;
    Function *forward, *reverse;
    const bool *has_bar;
    if (!split_halves(split, call->callee, &forward, &reverse, &has_bar))
        return;
    if (split_is_idle(split, call->callee)) {
        ir_remove(call);
        return;
    }
    refuse_passive_writes(&c);
    refuse_without_shadow(&c);
    if (c.refused)
        return;
    if (!r->b.function->tape) {
        refuse(&c, 0, "carries no derivative that can be followed", "pass what it depends on by pointers to numbers");
        return;
    }
    if (reverse)
        call_reverse_half(&c, reverse, has_bar);
    call_forward_half(&c, forward);
}
