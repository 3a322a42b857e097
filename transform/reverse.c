/*
 * reverse.c: the reverse sweep. Blocks are walked backwards; each active value v hands its adjoint v_bar, times the
 * partial derivatives, to its operands; each active store hands the shadow's content to what was stored; branches
 * become branches on the same condition, loops run backwards.
 *
 * Adjoints are values, not variables: a first contribution is the adjoint, a second makes a sum. What a loop adds to
 * the adjoint of a value outside it, the reverse loop carries; what a branch adds is a result of the reverse branch.
 *
 * Primal values are named wherever they are needed, in scope or not: storage.c sees to it.
 */
#include "reverse.h"
#include "heap.h"
#include "rules.h"
#include "simplify.h"

/* A value outside the region that the region contributes to. */
typedef struct {
    Value *primal;
    Value *before;       /* its adjoint outside */
    struct Frame *owner; /* who had touched it before */
    int index;           /* loop: of the carried adjoint */
    Value *after_then;   /* branch: its adjoint after the first block */
} Touched;

typedef VEC(Touched) TouchedList;

/* One region of the reverse sweep being built. */
typedef struct Frame {
    struct Frame *outer;
    const Block *primal;
    Value *loop; /* the reverse loop; NULL in a branch and at the top */
    TouchedList touched;
} Frame;

/* The shadow of a variable outside functions: of this call, zero when it begins. */
typedef struct {
    const Global *global;
    Value *shadow;
} GlobalShadow;

struct Reverse {
    Function *function;
    const Activity *activity;
    unsigned last_id;   /* of the primal's values */
    Value **adjoint;    /* by id of a primal value; NULL is zero */
    Frame **touched_by; /* by id */
    Value **shadow;     /* by id: shadow object of a local, shadow of a loaded or chosen pointer */
    Frame *frame;
    Builder b;
    VEC(GlobalShadow) globals;
    bool strong_zero;     /* --strong-zero: zero times anything is zero */
    const Value *refused; /* the local object that was, at last */
};

static bool is_active(const Reverse *r, const Value *v)
{
    return activity_is_active(r->activity, v);
}

static Value *zero(Reverse *r, Type *type)
{
    return ir_real(&r->b, type, 0, NULL);
}

static const char *bar_name(const Value *v)
{
    return v->hint ? arena_printf("%s_bar", v->hint) : NULL;
}

/* ---- adjoints ---- */

static bool is_outside(const Frame *frame, const Value *v)
{
    return frame->outer && !ir_block_inside(ir_scope(v), frame->primal);
}

/* Before a region first contributes to a value outside it: the regions around take note, outermost first. */
static void touch(Reverse *r, Frame *frame, Value *v)
{
    if (!is_outside(frame, v) || r->touched_by[v->id] == frame)
        return;
    touch(r, frame->outer, v);
    Touched t = {.primal = v, .before = r->adjoint[v->id], .owner = r->touched_by[v->id]};
    if (frame->loop) {
        t.index = frame->loop->nresults;
        Value *carried = ir_loop_carry(frame->loop, t.before ? t.before : zero(r, v->type));
        carried->hint = frame->loop->results[t.index]->hint = bar_name(v);
        r->adjoint[v->id] = carried;
    }
    r->touched_by[v->id] = frame;
    vec_push(&frame->touched, t);
}

static void name_adjoint(const Value *v, Value *adjoint)
{
    if (!adjoint->hint && adjoint->adjoint && !ir_is_leaf(adjoint->kind))
        adjoint->hint = bar_name(v);
}

/* v_bar += x */
static void contribute(Reverse *r, Value *v, Value *x)
{
    if (!is_active(r, v) || (x->kind == VAL_REAL && x->real == 0))
        return;
    touch(r, r->frame, v);
    Value *old = r->adjoint[v->id];
    Value *sum = old && !simplify_is_real_constant(old, 0) ? ir_binary(&r->b, VAL_ADD, v->type, old, x) : x;
    name_adjoint(v, sum);
    r->adjoint[v->id] = sum;
}

/* With --strong-zero, a g of zero stays what it is: g == 0 ? g : product. */
static Value *guarded(Reverse *r, Value *g, Value *product)
{
    if (!r->strong_zero || product == g || product->kind == VAL_REAL)
        return product;
    Type *int_ = r->function->module->types.int_;
    return ir_select(&r->b, ir_binary(&r->b, VAL_EQ, int_, g, zero(r, g->type)), g, product);
}

/* g * (1 / x) is g / x: one rounding less */
static Value *product(Reverse *r, Value *g, Value *partial)
{
    Type *type = partial->type;
    if (partial->kind == VAL_NEG && partial->adjoint)
        return ir_unary(&r->b, VAL_NEG, type, product(r, g, partial->args[0]));
    if (partial->kind == VAL_DIV && partial->adjoint && simplify_is_real_constant(partial->args[0], 1))
        return ir_binary(&r->b, VAL_DIV, type, g, partial->args[1]);
    return ir_binary(&r->b, VAL_MUL, type, g, partial);
}

/* g * partial, where a partial of zero is zero whatever g is, and a choice of partials a choice of products. */
static Value *scale(Reverse *r, Value *g, Value *partial)
{
    if (partial->kind == VAL_REAL && partial->real == 0)
        return partial;
    if (partial->kind == VAL_SELECT && partial->adjoint)
        return ir_select(&r->b, partial->args[0], scale(r, g, partial->args[1]), scale(r, g, partial->args[2]));
    return guarded(r, g, product(r, g, partial));
}

/* ---- shadows ---- */

/* It is a constant's, or a parameter's that is not differentiated. */
static bool has_no_shadow(const Reverse *r, Value *address)
{
    const Value *base = memory_base(address);
    if (base->kind == VAL_GLOBAL)
        return base->global->is_const_data;
    return (base->kind == VAL_PARAM || base->kind == VAL_PARAM_OBJECT) && base->i != RESULT_OBJECT &&
           !r->function->params[base->i].bar;
}

static Value *null_pointer(Reverse *r, Type *type)
{
    return ir_int(&r->b, type, 0);
}

enum { MAX_GLOBAL_SHADOW = 1 << 18 };

static bool is_shadowless(const Global *global)
{
    return global->is_const_data || global->passive;
}

static Value *global_shadow(Reverse *r, const Value *address)
{
    for (size_t k = 0; k < r->globals.count; k++)
        if (r->globals.at[k].global == address->global)
            return r->globals.at[k].shadow;
    if (is_shadowless(address->global))
        return null_pointer(r, address->type);
    const Type *type = address->type->to;
    if (type->size == 0 || type->size > MAX_GLOBAL_SHADOW) {
        diag_error(address->loc, "the adjoint of '%s', of %llu bytes, is too large for the stack",
                   address->global->name, (unsigned long long)type->size);
        diag_note(address->global->loc, "pass it as a parameter, or mark it ADGEN_PASSIVE");
    }
    Builder b = {
        .function = r->function, .block = r->function->body, .before = r->function->body->first, .loc = address->loc};
    Value *shadow = ir_local(&b, address->type->to, 0, NULL, arena_printf("%s_bar", address->global->name));
    shadow->is_shadow = true;
    ir_new(&b, VAL_ZERO, r->function->module->types.void_, 1, &shadow);
    vec_push(&r->globals, (GlobalShadow){address->global, shadow});
    return shadow;
}

static Value *shadow_pointer(Reverse *r, Value *pointer);

static bool is_null(const Value *pointer)
{
    return pointer->kind == VAL_INT && pointer->i == 0;
}

/* The step from the shadow of its base that `address` is from its base. */
static Value *shadow_step(Reverse *r, const Value *address, Value *from)
{
    if (is_null(from))
        return null_pointer(r, address->type);
    Value *shadow;
    if (address->kind == VAL_PTRADD)
        shadow = ir_ptradd(&r->b, from, address->args[1], address->nargs > 2 ? address->args[2] : NULL);
    else if (address->kind == VAL_FIELD)
        shadow = ir_field(&r->b, from, (int)address->i);
    else
        shadow = address->kind == VAL_DECAY ? ir_decay(&r->b, from) : ir_cast(&r->b, address->type, from);
    if (shadow != from && !shadow->hint)
        shadow->hint = bar_name(address); /* of a pointer that the user has given a name */
    return shadow;
}

/* A local object that has no shadow where one is needed; one message is enough. */
static void refuse_local(Reverse *r, const Value *local)
{
    const char *name = local->hint ? local->hint : "a temporary";
    if (r->refused == local)
        return;
    r->refused = local;
    if (type_has_real(local->type->to)) {
        diag_error(local->loc, "cannot follow a pointer to '%s', a variable of an inner block, from outside that block",
                   name);
        diag_note((Loc){0}, "declare it at the start of the function");
    } else {
        diag_error(local->loc, "cannot differentiate through '%s', whose type does not lead to the values in it", name);
        diag_note((Loc){0}, "declare it, or its pointers, with the values' type, or take memory from malloc");
    }
}

/* The address where the derivative of what is at `address` lives. */
static Value *shadow_address(Reverse *r, Value *address)
{
    if (address->id <= r->last_id && r->shadow[address->id])
        return r->shadow[address->id];
    Builder *b = &r->b;
    switch (address->kind) {
    case VAL_PARAM:
    case VAL_PARAM_OBJECT:
        if (address->i < r->function->nparams && r->function->params[address->i].bar)
            return r->function->params[address->i].bar;
        return null_pointer(r, address->type);
    case VAL_GLOBAL:
        return global_shadow(r, address);
    case VAL_PTRADD:
    case VAL_FIELD:
    case VAL_DECAY:
    case VAL_CAST:
        return shadow_step(r, address, shadow_address(r, address->args[0]));
    case VAL_SELECT:
        return ir_select(b, address->args[0], shadow_pointer(r, address->args[1]), shadow_pointer(r, address->args[2]));
    case VAL_LOCAL:
        if (address->passive)
            return null_pointer(r, address->type);
        refuse_local(r, address);
        return null_pointer(r, address->type);
    default:
        return null_pointer(r, address->type);
    }
}

static bool type_has_pointer(const Type *t)
{
    if (t->kind == TYPE_ARRAY)
        return type_has_pointer(t->to);
    if (t->kind == TYPE_RECORD)
        for (size_t k = 0; k < t->record->nfields; k++)
            if (type_has_pointer(t->record->fields[k].type))
                return true;
    return t->kind == TYPE_POINTER;
}

static bool is_active_memory(const Reverse *r, const Value *address)
{
    return activity_is_active_memory(r->activity, address);
}

/* A local record whose members are active in part has its shadow as a whole. */
static bool has_shadow_object(const Reverse *r, const Value *local)
{
    const Type *held = local->type->to;
    if (local->passive ||
        !(type_has_real(held) || (type_may_lead_to_real(held) && activity_leads_to_active(r->activity, local))))
        return false;
    const Type *t = type_scalar(local->type->to);
    return t->kind == TYPE_RECORD || type_has_pointer(local->type->to) || is_active_memory(r, local);
}

static void make_shadow_object(Reverse *r, Value *local)
{
    Value *object = ir_local(&r->b, local->type->to, local->nargs, local->args, bar_name(local));
    ir_new(&r->b, VAL_ZERO, r->function->module->types.void_, 1, &object);
    object->is_shadow = true;
    r->shadow[local->id] = object;
}

/* ---- shadows that go along with the primal: of pointers in memory, and of pointers chosen at run time ---- */

static bool pointer_is_active(const Reverse *r, const Value *v)
{
    return type_is_pointer(v->type) && activity_leads_to_active(r->activity, v);
}

/* Memory from the heap that has a shadow, or such memory's end. */
static bool is_shadowed(const Reverse *r, const Value *call, HeapRole role)
{
    return role != HEAP_NONE && heap_role(call) == role && !call->adjoint &&
           activity_leads_to_active(r->activity, role == HEAP_FREE ? call->args[0] : call);
}

/* The condition that an address has a shadow, where the pointer may also lead to passive memory; NULL where it has for
 * sure. */
static Value *shadow_exists(Reverse *r, Value *address, Value **base_shadow)
{
    Value *base = memory_base(address);
    *base_shadow = NULL;
    if (base->kind == VAL_PARAM || base->kind == VAL_PARAM_OBJECT || base->kind == VAL_LOCAL ||
        base->kind == VAL_GLOBAL)
        return NULL;
    if (!activity_shadow_may_be_null(r->activity, base))
        return NULL;
    *base_shadow = shadow_address(r, base);
    if (is_null(*base_shadow))
        return ir_int(&r->b, r->function->module->types.int_, 0);
    return ir_binary(&r->b, VAL_NE, r->function->module->types.int_, *base_shadow, null_pointer(r, base->type));
}

/* A pointer's shadow to be kept: that of passive memory is null, wherever in it the pointer points. */
static Value *shadow_pointer(Reverse *r, Value *pointer)
{
    Value *base_shadow, *exists = shadow_exists(r, pointer, &base_shadow);
    Value *shadow = shadow_address(r, pointer);
    if (!exists || is_null(shadow) || memory_base(pointer) == pointer)
        return shadow;
    return ir_select(&r->b, exists, shadow, null_pointer(r, pointer->type));
}

/* The shadow of a pointer that is loaded. */
static Value *load_shadow_pointer(Reverse *r, Value *v)
{
    Value *base_shadow, *exists = shadow_exists(r, v->args[0], &base_shadow);
    Value *address = shadow_address(r, v->args[0]);
    if (is_null(address))
        return null_pointer(r, v->type);
    if (!exists)
        return ir_load(&r->b, address);
    Value *guard = ir_if(&r->b, exists);
    const Builder outer = r->b;
    r->b.block = guard->blocks[0];
    r->b.before = NULL;
    Value *loaded = ir_load(&r->b, shadow_address(r, v->args[0]));
    r->b = outer;
    return ir_if_result(guard, loaded, null_pointer(r, v->type));
}

static void store_shadow_pointer(Reverse *r, Value *v)
{
    Value *base_shadow, *exists = shadow_exists(r, v->args[0], &base_shadow);
    Value *address = shadow_address(r, v->args[0]), *shadow = shadow_pointer(r, v->args[1]);
    if (is_null(address))
        return;
    const Builder outer = r->b;
    if (exists) {
        r->b.block = ir_if(&r->b, exists)->blocks[0];
        r->b.before = NULL;
        address = shadow_address(r, v->args[0]);
    }
    ir_store(&r->b, address, shadow);
    r->b = outer;
}

static void shadow_block(Reverse *r, Block *block);

static Builder builder_at(const Reverse *r, Block *block, Value *before, Loc loc)
{
    return (Builder){.function = r->function, .block = block, .before = before, .loc = loc};
}

static void shadow_loop(Reverse *r, Value *v)
{
    const int n = v->nresults;
    int *index = ARENA_ARRAY(int, n + 1);
    for (int k = 0; k < n; k++) {
        if (!pointer_is_active(r, v->carried[k]))
            continue;
        r->b = builder_at(r, v->block, v, v->loc);
        Value *init = shadow_pointer(r, v->args[k]);
        index[k] = v->nresults + 1;
        Value *carried = ir_loop_carry(v, init);
        carried->hint = v->results[index[k] - 1]->hint = bar_name(v->carried[k]);
        r->shadow[v->carried[k]->id] = carried;
        r->shadow[v->results[k]->id] = v->results[index[k] - 1];
    }
    shadow_block(r, v->blocks[1]);
    for (int k = 0; k < n; k++) {
        if (!index[k])
            continue;
        r->b = builder_at(r, v->blocks[1], NULL, v->loc);
        ir_set_next(v, index[k] - 1, shadow_pointer(r, v->blocks[1]->yields[k]));
    }
}

static void shadow_if(Reverse *r, Value *v)
{
    const int n = v->nresults;
    shadow_block(r, v->blocks[0]);
    shadow_block(r, v->blocks[1]);
    for (int k = 0; k < n; k++) {
        if (!pointer_is_active(r, v->results[k]))
            continue;
        Value *side[2];
        for (int s = 0; s < 2; s++) {
            r->b = builder_at(r, v->blocks[s], NULL, v->loc);
            side[s] = shadow_pointer(r, v->blocks[s]->yields[k]);
        }
        r->shadow[v->results[k]->id] = ir_if_result(v, side[0], side[1]);
    }
}

/* The shadow of memory from the heap is from the heap, zero at first. */
static void make_shadow_memory(Reverse *r, Value *v)
{
    Builder *b = &r->b;
    Type *size = r->function->module->types.size;
    const Value *cast = v->next && v->next->kind == VAL_CAST && v->next->args[0] == v ? v->next : v;
    Type *element = cast->type->to;
    Value *bytes = heap_bytes(b, v), *count = heap_elements(b, bytes, element->size);
    Value *args[] = {count ? count : bytes, count ? ir_sizeof(b, element, element->size) : ir_int(b, size, 1)};
    Value *shadow = ir_call(b, type_pointer(type_unqualified(element)), heap_zeroed(r->function->module), 2, args);
    shadow->adjoint = true;
    shadow->hint = bar_name(cast);
    r->shadow[v->id] = shadow;
}

/*
 * Shadow pointers beside primal ones. A local object's shadow is made beside it when it holds pointers or belongs to
 * the function's outermost block; that of an inner block's reals is made, and cleared, in each reverse run of the
 * block.
 */
static void shadow_value(Reverse *r, Value *v)
{
    r->b = builder_at(r, v->block, v->next, v->loc);
    if (is_shadowed(r, v, HEAP_ALLOC))
        make_shadow_memory(r, v);
    else if (v->kind == VAL_LOCAL && has_shadow_object(r, v) && (!v->block->owner || type_has_pointer(v->type->to)))
        make_shadow_object(r, v);
    else if (v->kind == VAL_LOAD && pointer_is_active(r, v))
        r->shadow[v->id] = has_no_shadow(r, v->args[0]) ? null_pointer(r, v->type) : load_shadow_pointer(r, v);
    else if (v->kind == VAL_STORE && pointer_is_active(r, v->args[1]))
        store_shadow_pointer(r, v);
    else if (v->kind == VAL_LOOP)
        shadow_loop(r, v);
    else if (v->kind == VAL_IF)
        shadow_if(r, v);
}

static void shadow_block(Reverse *r, Block *block)
{
    for (Value *v = block->first, *next; v; v = next) {
        next = v->next;
        shadow_value(r, v);
    }
}

/* ---- memory ---- */

static bool address_is_active(const Reverse *r, Value *address)
{
    const Value *base = memory_base(address);
    const Value *shadow = base->id <= r->last_id ? r->shadow[base->id] : NULL;
    const bool is_null_pointer = shadow && is_null(shadow); /* a pointer read from such memory */
    if ((base->kind == VAL_LOCAL && base->passive) || (base->kind == VAL_GLOBAL && is_shadowless(base->global)))
        return false;
    return !has_no_shadow(r, address) && !is_null_pointer && is_active_memory(r, address);
}

/* primal: v = *p      adjoint: *p_bar += v_bar */
static void reverse_load(Reverse *r, Value *v, Value *g)
{
    if (!address_is_active(r, v->args[0]))
        return;
    Value *base;
    Value *exists = shadow_exists(r, v->args[0], &base);
    Builder outer = r->b;
    if (exists && exists->kind == VAL_INT)
        return;
    if (exists) {
        Value *guard = ir_if(&r->b, exists);
        r->b.block = guard->blocks[0];
    }
    ir_accum(&r->b, shadow_address(r, v->args[0]), g);
    r->b.block = outer.block;
}

/* The adjoint of what stands at p after a store to it. */
static Value *load_shadow(Reverse *r, Value *address, Type *type, bool clear)
{
    Value *base;
    Value *exists = shadow_exists(r, address, &base);
    if (exists && exists->kind == VAL_INT)
        return zero(r, type);
    Builder outer = r->b;
    Value *guard = exists ? ir_if(&r->b, exists) : NULL;
    if (guard)
        r->b.block = guard->blocks[0];
    Value *shadow = shadow_address(r, address);
    Value *g = ir_load(&r->b, shadow);
    if (clear)
        ir_store(&r->b, shadow, zero(r, type));
    r->b.block = outer.block;
    return guard ? ir_if_result(guard, g, zero(r, type)) : g;
}

/* primal: *p = x      adjoint: x_bar += *p_bar, *p_bar = 0        primal: *p += x      adjoint: x_bar += *p_bar */
static void reverse_write(Reverse *r, Value *v)
{
    Value *x = v->args[1];
    if (!type_is_real(x->type) || !address_is_active(r, v->args[0]) || (v->kind == VAL_ACCUM && !is_active(r, x)))
        return;
    Value *g = load_shadow(r, v->args[0], x->type, v->kind == VAL_STORE);
    contribute(r, x, g);
}

/* ---- pure operations ---- */

static void reverse_product(Reverse *r, Value *v, Value *g)
{
    Value *x = v->args[0], *y = v->args[1];
    if (x == y) { /* d x^2 = 2 x dx */
        Value *twice = ir_binary(&r->b, VAL_MUL, v->type, ir_real(&r->b, v->type, 2, NULL), g);
        contribute(r, x, scale(r, twice, x));
        return;
    }
    if (is_active(r, x))
        contribute(r, x, scale(r, g, y));
    if (is_active(r, y))
        contribute(r, y, scale(r, g, x));
}

/* v = x / y:  x_bar += v_bar / y,  y_bar -= v_bar / y * v */
static void reverse_quotient(Reverse *r, Value *v, Value *g)
{
    Value *x = v->args[0], *y = v->args[1];
    Value *t = guarded(r, g, ir_binary(&r->b, VAL_DIV, v->type, g, y));
    contribute(r, x, t);
    if (is_active(r, y))
        contribute(r, y, ir_unary(&r->b, VAL_NEG, v->type, scale(r, t, v)));
}

static void reverse_math(Reverse *r, Value *v, Value *g)
{
    unsigned active = 0;
    for (int k = 0; k < v->nargs; k++)
        active |= (unsigned)is_active(r, v->args[k]) << k;
    for (int k = 0; k < v->nargs; k++) {
        if (!(active >> k & 1) || !v->rule->partial[k])
            continue;
        Value *partial = v->rule->partial[k](&r->b, v->type, v->args, v, active);
        if (partial)
            contribute(r, v->args[k], scale(r, g, partial));
    }
}

static void reverse_select(Reverse *r, Value *v, Value *g)
{
    Value *nothing = zero(r, v->type);
    if (is_active(r, v->args[1]))
        contribute(r, v->args[1], ir_select(&r->b, v->args[0], g, nothing));
    if (is_active(r, v->args[2]))
        contribute(r, v->args[2], ir_select(&r->b, v->args[0], nothing, g));
}

static void reverse_pure(Reverse *r, Value *v, Value *g)
{
    switch (v->kind) {
    case VAL_ADD:
        contribute(r, v->args[0], g);
        contribute(r, v->args[1], g);
        break;
    case VAL_SUB:
        contribute(r, v->args[0], g);
        if (is_active(r, v->args[1]))
            contribute(r, v->args[1], ir_unary(&r->b, VAL_NEG, v->type, g));
        break;
    case VAL_MUL:
        reverse_product(r, v, g);
        break;
    case VAL_DIV:
        reverse_quotient(r, v, g);
        break;
    case VAL_NEG:
        contribute(r, v->args[0], ir_unary(&r->b, VAL_NEG, v->type, g));
        break;
    case VAL_CAST:
        if (is_active(r, v->args[0]))
            contribute(r, v->args[0], ir_cast(&r->b, v->args[0]->type, g));
        break;
    case VAL_SELECT:
        reverse_select(r, v, g);
        break;
    case VAL_MATH:
        reverse_math(r, v, g);
        break;
    case VAL_LOAD:
        reverse_load(r, v, g);
        break;
    default:
        break;
    }
}

/* ---- regions ---- */

static void reverse_block(Reverse *r, const Block *block);

static bool block_is_active(const Reverse *r, const Block *block)
{
    for (const Value *v = ir_first(block); v; v = ir_next(v, block)) {
        const bool writes = ir_writes_value(v);
        if (is_active(r, v) || (writes && type_is_real(v->args[1]->type) && is_active_memory(r, v->args[0])))
            return true;
        if (reverse_call_is_active(r, v) || is_shadowed(r, v, HEAP_ALLOC))
            return true;
    }
    return false;
}

static bool region_is_active(const Reverse *r, const Value *v)
{
    for (int k = 0; k < v->nresults; k++)
        if (is_active(r, v->results[k]) || (v->kind == VAL_LOOP && is_active(r, v->carried[k])))
            return true;
    return block_is_active(r, v->blocks[0]) || block_is_active(r, v->blocks[1]);
}

static void open_frame(Reverse *r, Frame *frame, const Block *primal, Value *loop, Block *reverse)
{
    *frame = (Frame){.outer = r->frame, .primal = primal, .loop = loop};
    r->frame = frame;
    r->b.block = reverse;
    r->b.before = NULL;
    for (Value *v = primal->first; v; v = v->next)
        if (v->kind == VAL_LOCAL && v->id <= r->last_id && !r->shadow[v->id] && has_shadow_object(r, v))
            make_shadow_object(r, v);
}

static void close_frame(Reverse *r, Block *parent)
{
    r->frame = r->frame->outer;
    r->b.block = parent;
}

/* One side of a branch. The adjoints that it leaves are in `frame->touched`, those before it are in force again. */
static void reverse_branch(Reverse *r, Frame *frame, const Value *v, Value *twin, int side)
{
    Block *parent = r->b.block;
    open_frame(r, frame, v->blocks[side], NULL, twin->blocks[side]);
    for (int k = 0; k < v->nresults; k++)
        if (r->adjoint[v->results[k]->id])
            contribute(r, v->blocks[side]->yields[k], r->adjoint[v->results[k]->id]);
    reverse_block(r, v->blocks[side]);
    close_frame(r, parent);
    for (size_t k = 0; k < frame->touched.count; k++) {
        Touched *t = &frame->touched.at[k];
        t->after_then = r->adjoint[t->primal->id];
        r->adjoint[t->primal->id] = t->before;
        r->touched_by[t->primal->id] = t->owner;
    }
}

static Value *or_zero(Reverse *r, Value *adjoint, Type *type)
{
    return adjoint ? adjoint : zero(r, type);
}

static Value *adjoint_after(const Frame *frame, const Value *primal, Value *before)
{
    for (size_t k = 0; k < frame->touched.count; k++)
        if (frame->touched.at[k].primal == primal)
            return frame->touched.at[k].after_then;
    return before;
}

/* The results of both sides become results of the reverse branch. */
static void join_branches(Reverse *r, Value *twin, const Frame sides[2])
{
    for (int s = 0; s < 2; s++) {
        for (size_t k = 0; k < sides[s].touched.count; k++) {
            const Touched *t = &sides[s].touched.at[k];
            Value *before = t->before;
            if (r->adjoint[t->primal->id] != before) /* joined already */
                continue;
            Value *then = adjoint_after(&sides[0], t->primal, before);
            Value *otherwise = adjoint_after(&sides[1], t->primal, before);
            touch(r, r->frame, t->primal);
            if (then == otherwise) { /* one value on both sides was made before them */
                r->adjoint[t->primal->id] = then;
                continue;
            }
            before = r->adjoint[t->primal->id];
            Type *type = t->primal->type;
            Value *result = ir_if_result(twin, or_zero(r, then, type), or_zero(r, otherwise, type));
            result->hint = bar_name(t->primal);
            r->adjoint[t->primal->id] = result;
        }
    }
}

static void reverse_if(Reverse *r, const Value *v)
{
    Value *twin = ir_if(&r->b, v->args[0]);
    twin->twin = (Value *)(uintptr_t)v;
    Frame sides[2];
    for (int s = 0; s < 2; s++)
        reverse_branch(r, &sides[s], v, twin, s);
    join_branches(r, twin, sides);
}

/* How many iterations a while loop ran: it counts them itself. */
static Value *counted_trips(Reverse *r, Value *loop)
{
    Type *type = r->function->module->types.size;
    Builder b = builder_at(r, loop->block, loop, loop->loc);
    const int index = loop->nresults;
    Value *carried = ir_loop_carry(loop, ir_int(&b, type, 0));
    carried->hint = loop->results[index]->hint = "trips";
    /* first in the body, so that what ends the iteration stays last */
    b = builder_at(r, loop->blocks[1], loop->blocks[1]->first, loop->loc);
    b.hint = carried->hint;
    ir_set_next(loop, index, ir_binary(&b, VAL_ADD, type, carried, ir_int(&b, type, 1)));
    loop->counter = carried;
    return loop->results[index];
}

static Value *open_reverse_loop(Reverse *r, Value *v)
{
    Value *twin = ir_loop(&r->b);
    twin->twin = v;
    twin->counted = twin->reversed = true;
    twin->blocks[0] = NULL;
    if (v->counted) {
        twin->from = v->from;
        twin->to = v->to;
        twin->step = v->step;
        twin->rel = v->rel;
    } else {
        twin->to = counted_trips(r, v);
        twin->from = ir_int(&r->b, twin->to->type, 0);
        twin->step = 1;
        twin->rel = VAL_LT;
    }
    twin->counter = ir_new(&r->b, VAL_COUNTER, twin->from->type, 0, NULL);
    twin->counter->region = twin;
    twin->counter->hint = v->counted ? v->counter->hint : NULL;
    return twin;
}

static void reverse_loop(Reverse *r, Value *v)
{
    const int n = v->nresults;
    Block *parent = r->b.block;
    Value *twin = open_reverse_loop(r, v);
    int *index = ARENA_ARRAY(int, n + 1);
    for (int k = 0; k < n; k++) {
        if (!is_active(r, v->carried[k]) &&
            !is_active(r, v->results[k])) /* what an iteration assigns but never reads */
            continue;
        Value *g = r->adjoint[v->results[k]->id];
        index[k] = twin->nresults + 1;
        Value *carried = ir_loop_carry(twin, or_zero(r, g, v->carried[k]->type));
        carried->hint = twin->results[index[k] - 1]->hint = bar_name(v->carried[k]);
    }
    Frame frame;
    open_frame(r, &frame, v->blocks[1], twin, twin->blocks[1]);
    for (int k = 0; k < n; k++)
        if (index[k])
            contribute(r, v->blocks[1]->yields[k], twin->carried[index[k] - 1]);
    reverse_block(r, v->blocks[1]);
    for (int k = 0; k < n; k++)
        if (index[k])
            ir_set_next(twin, index[k] - 1, or_zero(r, r->adjoint[v->carried[k]->id], v->carried[k]->type));
    close_frame(r, parent);
    for (size_t k = 0; k < frame.touched.count; k++) {
        const Touched *t = &frame.touched.at[k];
        ir_set_next(twin, t->index, r->adjoint[t->primal->id]);
        r->adjoint[t->primal->id] = twin->results[t->index];
        r->touched_by[t->primal->id] = t->owner;
    }
    for (int k = 0; k < n; k++)
        if (index[k])
            contribute(r, v->args[k], twin->results[index[k] - 1]);
}

/* Where the program allocated, the reverse sweep is through with it. */
static void free_both(Reverse *r, Value *v)
{
    Type *void_ = r->function->module->types.void_;
    if (heap_is_sized(v))
        ir_call(&r->b, void_, heap_sized_free(r->function->module), 1, &v);
    else
        ir_new(&r->b, VAL_FREE, void_, 1, &v);
    ir_new(&r->b, VAL_FREE, void_, 1, &r->shadow[v->id]);
}

/* Memory stays for the reverse sweep, which gives it back. */
static void delay_frees(const Reverse *r, const Block *block)
{
    for (Value *v = block ? block->first : NULL, *next; v; v = next) {
        next = v->next;
        delay_frees(r, v->blocks[0]);
        delay_frees(r, v->blocks[1]);
        if (is_shadowed(r, v, HEAP_FREE))
            ir_remove(v);
    }
}

static void reverse_value(Reverse *r, Value *v)
{
    r->b.loc = v->loc;
    r->b.hint = NULL;
    if (ir_writes_value(v))
        reverse_write(r, v);
    else if (v->kind == VAL_IF && region_is_active(r, v))
        reverse_if(r, v);
    else if (v->kind == VAL_LOOP && region_is_active(r, v))
        reverse_loop(r, v);
    else if (call_has_rule(v))
        reverse_call(r, v);
    else if (reverse_call_is_active(r, v))
        reverse_split_call(r, v);
    else if (is_shadowed(r, v, HEAP_ALLOC))
        free_both(r, v);
    else if (is_active(r, v) && r->adjoint[v->id])
        reverse_pure(r, v, r->adjoint[v->id]);
}

static void reverse_block(Reverse *r, const Block *block)
{
    for (Value *v = block->last, *prev; v; v = prev) {
        prev = v->prev;
        if (v->id <= r->last_id && !v->adjoint)
            reverse_value(r, v);
    }
}

/* ---- for call.c ---- */

Builder *reverse_builder(Reverse *r)
{
    return &r->b;
}

bool reverse_is_primal(const Reverse *r, const Value *v)
{
    return v->id <= r->last_id && !v->adjoint;
}

bool reverse_is_active(const Reverse *r, const Value *v)
{
    return is_active(r, v);
}

bool reverse_is_active_memory(const Reverse *r, Value *address)
{
    return address_is_active(r, address);
}

bool reverse_reaches_active(const Reverse *r, Value *address)
{
    const Value *base = memory_base(address);
    if ((base->kind == VAL_PARAM || base->kind == VAL_PARAM_OBJECT) && !r->function->params[base->i].bar)
        return false;
    return type_is_pointer(address->type) && type_may_lead_to_real(address->type) &&
           activity_leads_to_active(r->activity, address);
}

Value *reverse_adjoint(const Reverse *r, const Value *v)
{
    return is_active(r, v) ? r->adjoint[v->id] : NULL;
}

void reverse_contribute(Reverse *r, Value *v, Value *x)
{
    contribute(r, v, x);
}

/* A record has its shadow as a whole. */
static bool shadow_is_made(const Reverse *r, Value *address)
{
    const Value *base = memory_base(address);
    if (base->kind == VAL_LOCAL)
        return r->shadow[base->id] != NULL;
    if (base->kind == VAL_PARAM || base->kind == VAL_PARAM_OBJECT)
        return base->i < r->function->nparams && r->function->params[base->i].bar != NULL;
    if (base->kind == VAL_GLOBAL)
        return !base->global->is_const_data && is_active_memory(r, address);
    return is_active_memory(r, address);
}

bool reverse_may_have_shadow(const Reverse *r, Value *address)
{
    return shadow_is_made(r, address);
}

bool reverse_has_shadow(const Reverse *r, Value *address)
{
    const Value *base = memory_base(address);
    const bool is_named = base->kind == VAL_PARAM || base->kind == VAL_PARAM_OBJECT || base->kind == VAL_LOCAL ||
                          base->kind == VAL_GLOBAL;
    return shadow_is_made(r, address) && (is_named || !activity_shadow_may_be_null(r->activity, base));
}

Value *reverse_shadow_address(Reverse *r, Value *address)
{
    return shadow_address(r, address);
}

/* ---- entry ---- */

static void add_to_parameters(Reverse *r)
{
    for (int k = 0; k < r->function->nparams; k++) {
        const Param *p = &r->function->params[k];
        if (!p->bar || !type_is_real(p->value->type) || !r->adjoint[p->value->id])
            continue;
        r->b.loc = p->loc;
        ir_accum(&r->b, p->bar, r->adjoint[p->value->id]);
    }
}

/* The shadow of a record result starts as the caller's seed. */
static void seed_record(Reverse *r)
{
    const Function *fn = r->function;
    r->b = builder_at(r, fn->body, NULL, fn->loc);
    r->b.adjoint = true;
    Value *shadow = ir_local(&r->b, fn->result, 0, NULL, "result_bar");
    ir_copy(&r->b, shadow, fn->result_bar);
    r->shadow[fn->result_object->id] = shadow;
}

void reverse_sweep(Function *fn, const Activity *activity, Value *seed, bool strong_zero)
{
    Reverse r = {.function = fn, .activity = activity, .last_id = fn->next_id, .strong_zero = strong_zero};
    const size_t n = fn->next_id + 1;
    r.adjoint = ARENA_ARRAY(Value *, n);
    r.touched_by = ARENA_ARRAY(Frame *, n);
    r.shadow = ARENA_ARRAY(Value *, n);
    delay_frees(&r, fn->body);
    shadow_block(&r, fn->body);
    Value *last = fn->body->last;
    if (fn->result_bar)
        seed_record(&r);
    Frame top = {.primal = fn->body};
    r.frame = &top;
    r.b = (Builder){.function = fn, .block = fn->body, .adjoint = true, .loc = fn->loc};
    if (seed)
        contribute(&r, fn->body->yields[0], seed);
    for (Value *v = last, *prev; v; v = prev) {
        prev = v->prev;
        if (v->id <= r.last_id)
            reverse_value(&r, v);
    }
    add_to_parameters(&r);
}
