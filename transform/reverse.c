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
#include "rules.h"
#include "simplify.h"

bool reverse_is_active(const Reverse *r, const Value *v)
{
    return activity_is_active(r->activity, v);
}

Value *reverse_zero(Reverse *r, Type *type)
{
    return ir_real(&r->b, type, 0, NULL);
}

const char *reverse_bar_name(const Value *v)
{
    return v->hint ? arena_printf("%s_bar", v->hint) : NULL;
}

/* ---- adjoints ---- */

static bool is_outside(const Frame *frame, const Value *v)
{
    return frame->outer && !ir_block_inside(ir_scope(v), frame->primal);
}

/* Before a region first contributes to a value outside it: the regions around take note, outermost first. */
void reverse_touch(Reverse *r, Frame *frame, Value *v)
{
    if (!is_outside(frame, v) || r->touched_by[v->id] == frame)
        return;
    reverse_touch(r, frame->outer, v);
    Touched t = {.primal = v, .before = r->adjoint[v->id], .owner = r->touched_by[v->id]};
    if (frame->loop) {
        t.index = frame->loop->nresults;
        Value *carried = ir_loop_carry(frame->loop, t.before ? t.before : reverse_zero(r, v->type));
        carried->hint = frame->loop->results[t.index]->hint = reverse_bar_name(v);
        r->adjoint[v->id] = carried;
    }
    r->touched_by[v->id] = frame;
    vec_push(&frame->touched, t);
}

static void name_adjoint(const Value *v, Value *adjoint)
{
    if (!adjoint->hint && adjoint->adjoint && !ir_is_leaf(adjoint->kind))
        adjoint->hint = reverse_bar_name(v);
}

/* v_bar += x */
void reverse_contribute(Reverse *r, Value *v, Value *x)
{
    if (!reverse_is_active(r, v) || (x->kind == VAL_REAL && x->real == 0))
        return;
    reverse_touch(r, r->frame, v);
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
    return ir_select(&r->b, ir_binary(&r->b, VAL_EQ, int_, g, reverse_zero(r, g->type)), g, product);
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

Builder reverse_builder_at(const Reverse *r, Block *block, Value *before, Loc loc)
{
    return (Builder){.function = r->function, .block = block, .before = before, .loc = loc};
}

bool reverse_is_primal(const Reverse *r, const Value *v)
{
    return v->id <= r->last_id && !v->adjoint;
}

Value *reverse_adjoint(const Reverse *r, const Value *v)
{
    return reverse_is_active(r, v) ? r->adjoint[v->id] : NULL;
}

/* ---- memory ---- */

/* primal: v = *p      adjoint: *p_bar += v_bar */
static void reverse_load(Reverse *r, Value *v, Value *g)
{
    if (!reverse_is_active_memory(r, v->args[0]))
        return;
    Value *exists = reverse_shadow_exists(r, v->args[0]);
    Builder outer = r->b;
    if (exists && exists->kind == VAL_INT)
        return;
    if (exists) {
        Value *guard = ir_if(&r->b, exists);
        r->b.block = guard->blocks[0];
    }
    ir_accum(&r->b, reverse_shadow_address(r, v->args[0]), g);
    r->b.block = outer.block;
}

/* The adjoint of what stands at p after a store to it. */
static Value *load_shadow(Reverse *r, Value *address, Type *type, bool clear)
{
    Value *exists = reverse_shadow_exists(r, address);
    if (exists && exists->kind == VAL_INT)
        return reverse_zero(r, type);
    Builder outer = r->b;
    Value *guard = exists ? ir_if(&r->b, exists) : NULL;
    if (guard)
        r->b.block = guard->blocks[0];
    Value *shadow = reverse_shadow_address(r, address);
    Value *g = ir_load(&r->b, shadow);
    if (clear)
        ir_store(&r->b, shadow, reverse_zero(r, type));
    r->b.block = outer.block;
    return guard ? ir_if_result(guard, g, reverse_zero(r, type)) : g;
}

/* primal: *p = x      adjoint: x_bar += *p_bar, *p_bar = 0        primal: *p += x      adjoint: x_bar += *p_bar */
static void reverse_write(Reverse *r, Value *v)
{
    Value *x = v->args[1];
    if (!type_is_real(x->type) || !reverse_is_active_memory(r, v->args[0]) ||
        (v->kind == VAL_ACCUM && !reverse_is_active(r, x)))
        return;
    Value *g = load_shadow(r, v->args[0], x->type, v->kind == VAL_STORE);
    reverse_contribute(r, x, g);
}

/* ---- pure operations ---- */

static void reverse_product(Reverse *r, Value *v, Value *g)
{
    Value *x = v->args[0], *y = v->args[1];
    if (x == y) { /* d x^2 = 2 x dx */
        Value *twice = ir_binary(&r->b, VAL_MUL, v->type, ir_real(&r->b, v->type, 2, NULL), g);
        reverse_contribute(r, x, scale(r, twice, x));
        return;
    }
    if (reverse_is_active(r, x))
        reverse_contribute(r, x, scale(r, g, y));
    if (reverse_is_active(r, y))
        reverse_contribute(r, y, scale(r, g, x));
}

/* v = x / y:  x_bar += v_bar / y,  y_bar -= v_bar / y * v */
static void reverse_quotient(Reverse *r, Value *v, Value *g)
{
    Value *x = v->args[0], *y = v->args[1];
    Value *t = guarded(r, g, ir_binary(&r->b, VAL_DIV, v->type, g, y));
    reverse_contribute(r, x, t);
    if (reverse_is_active(r, y))
        reverse_contribute(r, y, ir_unary(&r->b, VAL_NEG, v->type, scale(r, t, v)));
}

static void reverse_math(Reverse *r, Value *v, Value *g)
{
    unsigned active = 0;
    for (int k = 0; k < v->nargs; k++)
        active |= (unsigned)reverse_is_active(r, v->args[k]) << k;
    for (int k = 0; k < v->nargs; k++) {
        if (!(active >> k & 1) || !v->rule->partial[k])
            continue;
        Value *partial = v->rule->partial[k](&r->b, v->type, v->args, v, active);
        if (partial)
            reverse_contribute(r, v->args[k], scale(r, g, partial));
    }
}

static void reverse_select(Reverse *r, Value *v, Value *g)
{
    Value *nothing = reverse_zero(r, v->type);
    if (reverse_is_active(r, v->args[1]))
        reverse_contribute(r, v->args[1], ir_select(&r->b, v->args[0], g, nothing));
    if (reverse_is_active(r, v->args[2]))
        reverse_contribute(r, v->args[2], ir_select(&r->b, v->args[0], nothing, g));
}

static void reverse_pure(Reverse *r, Value *v, Value *g)
{
    switch (v->kind) {
    case VAL_ADD:
        reverse_contribute(r, v->args[0], g);
        reverse_contribute(r, v->args[1], g);
        break;
    case VAL_SUB:
        reverse_contribute(r, v->args[0], g);
        if (reverse_is_active(r, v->args[1]))
            reverse_contribute(r, v->args[1], ir_unary(&r->b, VAL_NEG, v->type, g));
        break;
    case VAL_MUL:
        reverse_product(r, v, g);
        break;
    case VAL_DIV:
        reverse_quotient(r, v, g);
        break;
    case VAL_NEG:
        reverse_contribute(r, v->args[0], ir_unary(&r->b, VAL_NEG, v->type, g));
        break;
    case VAL_CAST:
        if (reverse_is_active(r, v->args[0]))
            reverse_contribute(r, v->args[0], ir_cast(&r->b, v->args[0]->type, g));
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

static void reverse_value(Reverse *r, Value *v)
{
    r->b.loc = v->loc;
    r->b.hint = NULL;
    if (ir_writes_value(v))
        reverse_write(r, v);
    else if (v->kind == VAL_IF && reverse_region_is_active(r, v))
        reverse_if(r, v);
    else if (v->kind == VAL_LOOP && reverse_region_is_active(r, v))
        reverse_loop(r, v);
    else if (call_has_rule(v))
        reverse_call(r, v);
    else if (reverse_call_is_active(r, v))
        reverse_split_call(r, v);
    else if (reverse_is_shadowed(r, v, HEAP_ALLOC))
        reverse_free_both(r, v);
    else if (reverse_is_active(r, v) && r->adjoint[v->id])
        reverse_pure(r, v, r->adjoint[v->id]);
}

void reverse_block(Reverse *r, const Block *block)
{
    for (Value *v = block->last, *prev; v; v = prev) {
        prev = v->prev;
        if (v->id <= r->last_id && !v->adjoint)
            reverse_value(r, v);
    }
}

/* ---- entry ---- */

/* The shadow of a record result starts as the caller's seed. */
static void seed_record(Reverse *r)
{
    const Function *fn = r->function;
    r->b = reverse_builder_at(r, fn->body, NULL, fn->loc);
    r->b.adjoint = true;
    Value *shadow = ir_local(&r->b, fn->result, 0, NULL, "result_bar");
    ir_copy(&r->b, shadow, fn->result_bar);
    r->shadow[fn->result_object->id] = shadow;
}

/*
 * *x_bar += c ? x_adj : 0: in the branch. Recursive functions that only hand x on, as x_bar (call.c), but where they
 * end, say.
 */
static Value *enter_branches(Reverse *r, Value *x)
{
    while (r->function->in_two_parts && x->kind == VAL_RESULT && x->region->twin && x->region->kind == VAL_IF) {
        Value *const yields[2] = {x->region->blocks[0]->yields[x->i], x->region->blocks[1]->yields[x->i]};
        if (!ir_is_zero(yields[0]) && !ir_is_zero(yields[1]))
            break;
        r->b.block = x->region->blocks[ir_is_zero(yields[0])];
        x = yields[ir_is_zero(yields[0])];
    }
    return x;
}

static void add_to_parameters(Reverse *r)
{
    const Builder b = r->b;
    for (int k = 0; k < r->function->nparams; k++) {
        const Param *p = &r->function->params[k];
        if (!p->bar || !type_is_real(p->value->type) || !r->adjoint[p->value->id])
            continue;
        r->b = b;
        r->b.loc = p->loc;
        Value *x = enter_branches(r, r->adjoint[p->value->id]);
        ir_accum(&r->b, p->bar, x);
    }
}

/* The caller of a recursive function's forward half gets the shadow of the pointer that it returns. */
static void give_shadow(Reverse *r)
{
    const Value *result = r->function->body->yields[0];
    Block *block = result->region->blocks[0];
    r->b = reverse_builder_at(r, block, NULL, r->function->loc);
    ir_store(&r->b, r->function->result_shadow, reverse_shadow_pointer(r, block->yields[result->i]));
}

void reverse_sweep(Function *fn, const Activity *activity, Value *seed, bool strong_zero)
{
    Reverse r = {.function = fn, .activity = activity, .last_id = fn->next_id, .strong_zero = strong_zero};
    const size_t n = fn->next_id + 1;
    r.adjoint = ARENA_ARRAY(Value *, n);
    r.touched_by = ARENA_ARRAY(Frame *, n);
    r.shadow = ARENA_ARRAY(Value *, n);
    r.shadow_args = ARENA_ARRAY(Value **, n);
    reverse_delay_frees(&r, fn->body);
    reverse_shadow_block(&r, fn->body);
    if (fn->result_shadow)
        give_shadow(&r);
    Value *last = fn->body->last;
    if (fn->result_bar)
        seed_record(&r);
    Frame top = {.primal = fn->body};
    r.frame = &top;
    r.b = (Builder){.function = fn, .block = fn->body, .adjoint = true, .loc = fn->loc};
    if (seed)
        reverse_contribute(&r, fn->body->yields[0], seed);
    for (Value *v = last, *prev; v; v = prev) {
        prev = v->prev;
        if (v->id <= r.last_id)
            reverse_value(&r, v);
    }
    add_to_parameters(&r);
}
