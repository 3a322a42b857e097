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
 * A sum that an inner loop has gathered from zero goes on where the outer one's is, so that there is one variable.
 *
 * Where the loop may not run at all, the place may not exist: then the addition asks whether it ran. A loop around it
 * gathers what is added behind such a question, if all its iterations ask the same.
 */
#include "passes.h"

#include <ctype.h>
#include <math.h>

typedef struct {
    Function *function;
    Value *loop;
    Value *guard;             /* behind the loop: did it run? NULL until that is asked */
    Value *question, *answer; /* asked in the loop, and again behind it */
} Gather;

/* Does v access the place other than by adding to it? Additions to other elements come in any order. */
static bool interferes(const Value *v, const Value *address)
{
    if (v->kind == VAL_ACCUM)
        return memory_same_address(v->args[0], address);
    if (v->kind == VAL_LOAD || v->kind == VAL_STORE || v->kind == VAL_ZERO || v->kind == VAL_COPY)
        for (int k = 0; k < v->nargs; k++)
            if (type_is_pointer(v->args[k]->type) && memory_may_alias_ever(v->args[k], address))
                return true;
    return v->kind == VAL_CALL && memory_clobbers(v, address);
}

/* Nothing else in the block, or in what is in it, accesses the place. */
static bool is_alone(const Block *block, const Value *accum)
{
    for (const Value *v = ir_first(block); v; v = ir_next(v, block))
        if (v != accum && interferes(v, accum->args[0]))
            return false;
    return true;
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

/* ---- additions that all iterations ask the same question for ---- */

/* Comparisons of integers that can be had outside the loop too. */
static bool can_ask(const Value *condition, const Block *outside)
{
    if (!ir_is_comparison(condition->kind) && condition->kind != VAL_LAND)
        return false;
    for (int k = 0; k < 2; k++)
        if (condition->kind == VAL_LAND
                ? !can_ask(condition->args[k], outside)
                : !type_is_int(condition->args[k]->type) || !index_is_there(condition->args[k], outside))
            return false;
    return true;
}

static Value *ask_again(Builder *b, Value *condition)
{
    const bool both = condition->kind == VAL_LAND;
    Value *left = both ? ask_again(b, condition->args[0]) : rebuild_index(b, condition->args[0]);
    Value *right = both ? ask_again(b, condition->args[1]) : rebuild_index(b, condition->args[1]);
    return ir_binary(b, condition->kind, condition->type, left, right);
}

/* if (a < b) { additions } */
static bool is_question(const Value *v, const Block *outside)
{
    return v->kind == VAL_IF && v->nresults == 0 && !v->blocks[1]->first && can_ask(v->args[0], outside);
}

/* ---- gathering ---- */

static Value *ask_whether_it_ran(const Gather *g, Builder *b)
{
    const Value *loop = g->loop;
    return ir_binary(b, loop->rel, g->function->module->types.int_, loop->from, loop->to);
}

static Value *ask_question_again(const Gather *g, Builder *b, const Value *question, bool runs)
{
    Value *asked = ask_again(b, question->args[0]);
    if (runs)
        return ir_if(b, asked);
    return ir_if(b, ir_binary(b, VAL_LAND, asked->type, ask_whether_it_ran(g, b), asked));
}

/* The branch in which additions behind the loop belong; NULL where there is nothing to ask. */
static Value *ask(Gather *g, Builder *b, const Value *accum, Value *question)
{
    const bool certain = fill_is_inside(accum->args[0]) || trips_for_sure(g->loop);
    if (question && g->question != question) {
        g->question = question;
        g->answer = ask_question_again(g, b, question, trips_for_sure(g->loop));
    }
    if (question)
        return g->answer;
    if (!certain && !g->guard)
        g->guard = ir_if(b, ask_whether_it_ran(g, b));
    return certain ? NULL : g->guard;
}

static void add_behind(Gather *g, Value *accum, Value *question, Value *sum)
{
    Value *loop = g->loop;
    Builder b = {
        .function = g->function, .block = loop->block, .before = loop->next, .loc = accum->loc, .adjoint = true};
    Value *branch = ask(g, &b, accum, question);
    if (branch) {
        b.block = branch->blocks[0];
        b.before = NULL;
    }
    ir_accum(&b, rebuild(&b, accum->args[0]), sum);
}

/* Does the parameter lead to an array? */
static bool is_array(const Function *fn, const Value *param)
{
    if (fn->params[param->i].nextents > 0)
        return true;
    for (const Value *v = ir_first(fn->body); v; v = ir_next(v, fn->body))
        if (v->kind == VAL_PTRADD && v->args[0] == param)
            return true;
    return false;
}

/* Which element of its array that is, where a constant says it; -1. */
static int64_t constant_index(const Function *fn, const Value *address)
{
    if (address->kind == VAL_DECAY || (address->kind == VAL_PARAM && is_array(fn, address)))
        return 0;
    const bool is_plain = address->kind == VAL_PTRADD && address->args[0]->kind != VAL_PTRADD;
    return is_plain && address->args[1]->kind == VAL_INT ? address->args[1]->i : -1;
}

/* gamma_bar_sum for gamma_bar[c], bias_bar_sum for layer_bar->bias[c], w0_bar for w_bar[0]. */
static const char *name_of_sum(const Function *fn, Value *address)
{
    const Value *base = memory_base(address), *array = address;
    while (array != base && array->kind != VAL_FIELD)
        array = array->args[0];
    const char *name = array->kind == VAL_FIELD ? array->args[0]->type->to->record->fields[array->i].name : base->hint;
    if (!name || !*name)
        return NULL;
    size_t n = strlen(name);
    const bool is_bar = n > 4 && strcmp(name + n - 4, "_bar") == 0;
    n -= is_bar ? 4 : 0;
    const char *bar = is_bar || array != base ? "_bar" : "", *stem = arena_strndup(name, n);
    const int64_t index = *bar ? constant_index(fn, address) : -1;
    if (index < 0)
        return arena_printf("%s%s_sum", stem, bar);
    return arena_printf("%s%s%lld%s", stem, isdigit((unsigned char)stem[n - 1]) ? "_" : "", (long long)index, bar);
}

static int count_uses(const Block *block, const Value *x)
{
    int n = 0;
    for (const Value *v = block->first; v; v = v->next) {
        for (int k = 0; k < v->nargs; k++)
            n += v->args[k] == x;
        for (int k = 0; k < 2; k++)
            n += v->blocks[k] ? count_uses(v->blocks[k], x) : 0;
    }
    for (int k = 0; k < block->nyields; k++)
        n += block->yields[k] == x;
    return n;
}

static bool only_adds_up(const Value *loop, int index);

/* Does the value before it flow into v, and nowhere else than into v? Answers which value that is, or NULL. */
static const Value *before_addition(const Value *v)
{
    if (v->kind == VAL_ADD || v->kind == VAL_SUB)
        return v->args[0];
    const bool is_inner = v->kind == VAL_RESULT && v->region->kind == VAL_LOOP && only_adds_up(v->region, (int)v->i);
    return is_inner ? v->region->args[v->i] : NULL;
}

/* The carried value is there to have something added to it, by the loop or by loops in it. */
static bool only_adds_up(const Value *loop, int index)
{
    const Block *body = loop->blocks[1];
    const Value *v = body->yields[index];
    while (v && v != loop->carried[index])
        v = count_uses(body, v) == 1 ? before_addition(v) : NULL;
    return v && count_uses(body, v) == 1;
}

/* Is it the sum that a loop in the block has added up from zero, which nothing else asks for? */
static bool is_inner_sum(const Value *x, const Block *block)
{
    const Value *inner = x->kind == VAL_RESULT && x->region->kind == VAL_LOOP ? x->region : NULL;
    return inner && inner->block == block && ir_is_zero(inner->args[x->i]) && !signbit(inner->args[x->i]->real) &&
           count_uses(block, x) == 1 && only_adds_up(inner, (int)x->i);
}

static Value *add_up(Builder *b, Value *carried, Value *x)
{
    if (!is_inner_sum(x, b->block))
        return ir_binary(b, VAL_ADD, x->type, carried, x);
    x->region->args[x->i] = carried;
    return x;
}

static void gather_accum(Gather *g, Value *accum, Value *question)
{
    Value *loop = g->loop, *x = accum->args[1];
    Builder before = {
        .function = g->function, .block = loop->block, .before = loop, .loc = accum->loc, .adjoint = true};
    const int index = loop->nresults;
    Value *carried = ir_loop_carry(loop, ir_real(&before, x->type, 0, NULL));
    Builder here = {.function = g->function,
                    .block = loop->blocks[1],
                    .before = question ? question : accum,
                    .loc = accum->loc,
                    .adjoint = true};
    carried->hint = loop->results[index]->hint = name_of_sum(g->function, accum->args[0]);
    ir_set_next(loop, index, add_up(&here, carried, x));
    add_behind(g, accum, question, loop->results[index]);
    ir_remove(accum);
}

static bool can_gather(const Gather *g, const Value *accum)
{
    return accum->kind == VAL_ACCUM && accum->adjoint && can_rebuild(accum->args[0], g->loop->block) &&
           ir_visible(accum->args[1], g->loop->blocks[1]) && is_alone(g->loop->blocks[1], accum);
}

/* What the block, that of the loop or of a question in it, adds. */
static void gather_from(Gather *g, Block *block, Value *question)
{
    for (Value *v = block->first, *next; v; v = next) {
        next = v->next;
        if (can_gather(g, v))
            gather_accum(g, v, question);
        else if (!question && is_question(v, g->loop->block))
            gather_from(g, v->blocks[0], v);
    }
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
        gather_from(&g, v->blocks[1], NULL);
    }
}

void gather_adjoints(Function *fn)
{
    memory_mark_private(fn);
    gather_block(fn, fn->body);
}
