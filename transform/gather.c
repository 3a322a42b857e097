/*
 * gather.c: adjoints of one place are gathered in a local while a loop adds to it, and added to the place once, behind
 * the loop.
 *
 *     for (j) {                                 double t = 0.0;
 *         w_bar[j] += g * x[i];                 for (j) {
 *         x_bar[i] += g * w[j];      →              w_bar[j] += g * x[i];
 *     }                                             t += g * w[j];
 *                                               }
 *                                               x_bar[i] += t;
 *
 * Where the loop may not run at all, the place may not exist: then the addition asks whether it ran.
 */
#include "passes.h"

typedef struct {
    Function *function;
    Value *loop;
    Value *guard; /* behind the loop: did it run? NULL until that is asked */
} Gather;

/* Does v, or what is in it, access the place other than by adding to it? Additions come in any order. */
static bool interferes(const Value *v, const Value *address)
{
    if (v->kind == VAL_LOAD || v->kind == VAL_STORE || v->kind == VAL_ZERO || v->kind == VAL_COPY)
        for (int k = 0; k < v->nargs; k++)
            if (type_is_pointer(v->args[k]->type) && memory_may_alias_ever(v->args[k], address))
                return true;
    if (v->kind == VAL_CALL && memory_clobbers(v, address))
        return true;
    for (int k = 0; k < 2; k++)
        for (const Value *w = v->blocks[k] ? v->blocks[k]->first : NULL; w; w = w->next)
            if (interferes(w, address))
                return true;
    return false;
}

/* Can the index, an integer, be had outside the loop too? */
static bool index_is_there(const Value *v, const Block *outside)
{
    if (ir_visible(v, outside))
        return true;
    const bool plain = v->kind == VAL_ADD || v->kind == VAL_SUB || v->kind == VAL_MUL || v->kind == VAL_CAST;
    if (!plain || !type_is_int(v->type))
        return false;
    for (int k = 0; k < v->nargs; k++)
        if (!index_is_there(v->args[k], outside))
            return false;
    return true;
}

static Value *rebuild_index(Builder *b, Value *v)
{
    if (ir_visible(v, b->block))
        return v;
    if (v->kind == VAL_CAST)
        return ir_cast(b, v->type, rebuild_index(b, v->args[0]));
    Value *left = rebuild_index(b, v->args[0]);
    return ir_binary(b, v->kind, v->type, left, rebuild_index(b, v->args[1]));
}

/* Can the same address be made of what is there outside the loop? */
static bool can_rebuild(const Value *address, const Block *outside)
{
    if (ir_visible(address, outside))
        return true;
    if (address->kind != VAL_PTRADD && address->kind != VAL_FIELD && address->kind != VAL_DECAY)
        return false;
    for (int k = 1; k < address->nargs; k++)
        if (!index_is_there(address->args[k], outside))
            return false;
    return can_rebuild(address->args[0], outside);
}

static Value *rebuild(Builder *b, Value *address)
{
    if (ir_visible(address, b->block))
        return address;
    Value *inner = rebuild(b, address->args[0]);
    if (address->kind == VAL_FIELD)
        return ir_field(b, inner, (int)address->i);
    if (address->kind == VAL_DECAY)
        return ir_decay(b, inner);
    Value *index = rebuild_index(b, address->args[1]);
    return ir_ptradd(b, inner, index, address->nargs > 2 ? rebuild_index(b, address->args[2]) : NULL);
}

/* An enclosing loop that counts to the same bound, from no lower a start, shows that there is something to count. */
static bool runs_for_sure(const Value *loop)
{
    if (loop->step != 1 || loop->rel != VAL_LT)
        return false;
    if (loop->from->kind == VAL_INT && loop->to->kind == VAL_INT)
        return loop->from->i < loop->to->i;
    for (const Block *b = loop->block; b->owner; b = b->parent) {
        const Value *outer = b->owner;
        if (outer->kind == VAL_LOOP && outer->counted && outer->step == 1 && outer->rel == VAL_LT &&
            outer->to == loop->to && outer->from->kind == VAL_INT && loop->from->kind == VAL_INT &&
            outer->from->i >= loop->from->i)
            return true;
    }
    return false;
}

static void add_behind(Gather *g, Value *accum, Value *sum)
{
    Value *loop = g->loop;
    Builder b = {
        .function = g->function, .block = loop->block, .before = loop->next, .loc = accum->loc, .adjoint = true};
    if (!fill_is_inside(accum->args[0]) && !runs_for_sure(loop)) {
        Type *int_ = g->function->module->types.int_;
        if (!g->guard)
            g->guard = ir_if(&b, ir_binary(&b, loop->rel, int_, loop->from, loop->to));
        b.block = g->guard->blocks[0];
        b.before = NULL;
    }
    ir_accum(&b, rebuild(&b, accum->args[0]), sum);
}

static void gather_accum(Gather *g, Value *accum)
{
    Value *loop = g->loop, *x = accum->args[1];
    Builder before = {
        .function = g->function, .block = loop->block, .before = loop, .loc = accum->loc, .adjoint = true};
    const int index = loop->nresults;
    Value *carried = ir_loop_carry(loop, ir_real(&before, x->type, 0, NULL));
    Builder here = {
        .function = g->function, .block = accum->block, .before = accum, .loc = accum->loc, .adjoint = true};
    const char *place = memory_base(accum->args[0])->hint;
    carried->hint = loop->results[index]->hint = place ? arena_printf("%s_sum", place) : NULL;
    ir_set_next(loop, index, ir_binary(&here, VAL_ADD, x->type, carried, x));
    add_behind(g, accum, loop->results[index]);
    ir_remove(accum);
}

static bool is_alone(const Gather *g, const Value *accum)
{
    for (const Value *v = g->loop->blocks[1]->first; v; v = v->next)
        if (v != accum && ((v->kind == VAL_ACCUM && memory_same_address(v->args[0], accum->args[0])) ||
                           interferes(v, accum->args[0])))
            return false;
    return true;
}

static bool holds_additions(const Value *v, const Value *address)
{
    for (int k = 0; k < 2; k++)
        for (const Value *w = v->blocks[k] ? v->blocks[k]->first : NULL; w; w = w->next)
            if ((w->kind == VAL_ACCUM && memory_same_address(w->args[0], address)) || holds_additions(w, address))
                return true;
    return false;
}

static bool can_gather(const Gather *g, const Value *accum)
{
    if (accum->kind != VAL_ACCUM || !accum->adjoint || !can_rebuild(accum->args[0], g->loop->block) ||
        !is_alone(g, accum))
        return false;
    for (const Value *v = g->loop->blocks[1]->first; v; v = v->next)
        if (holds_additions(v, accum->args[0]))
            return false;
    return true;
}

static void gather_block(Function *fn, Block *block)
{
    for (Value *v = block->first; v; v = v->next) {
        for (int k = 0; k < 2; k++)
            if (v->blocks[k])
                gather_block(fn, v->blocks[k]);
        if (v->kind != VAL_LOOP || !v->counted)
            continue;
        Gather g = {.function = fn, .loop = v};
        for (Value *w = v->blocks[1]->first, *next; w; w = next) {
            next = w->next;
            if (can_gather(&g, w))
                gather_accum(&g, w);
        }
    }
}

void gather_adjoints(Function *fn)
{
    memory_mark_private(fn);
    gather_block(fn, fn->body);
}
