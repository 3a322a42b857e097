/*
 * plan_measure.c: how wide values are in the text, and which branches are narrow enough to be operators: c ? x : y.
 */
#include "plan.h"

enum { NAME_WIDTH = 4 };

/* ---- widths ---- */

static int name_width(const Value *v)
{
    if (v->kind == VAL_PARAM || v->kind == VAL_PARAM_OBJECT || v->kind == VAL_GLOBAL || v->hint)
        return v->hint ? (int)strlen(v->hint) : 6;
    return NAME_WIDTH;
}

static int operand_width(const Plan *plan, const Value *v)
{
    if (is_folded(plan, v))
        return note_of(plan, v)->width;
    if (v->kind == VAL_INT)
        return v->i < 0 || v->i >= 100 ? 6 : v->i < 10 ? 1 : 2;
    if (v->kind == VAL_REAL)
        return v->text ? (int)strlen(v->text) : 5;
    if (v->kind == VAL_STRING)
        return (int)strlen(v->text);
    return name_width(v);
}

/* Operands one after the other, with ", " or an operator between them. */
static int operands_width(const Plan *plan, const Value *v, int between)
{
    int width = -between;
    for (int k = 0; k < v->nargs; k++)
        width += operand_width(plan, v->args[k]) + between;
    return width;
}

/* A sum or a difference in parentheses: the right operand of a difference, or a factor. */
static int parentheses_width(const Plan *plan, const Value *v)
{
    int width = 0;
    for (int k = v->kind == VAL_ADD || v->kind == VAL_SUB; k < v->nargs; k++) {
        const Value *arg = v->args[k];
        width += arg->kind == VAL_ADD || arg->kind == VAL_SUB ? 2 * is_folded(plan, arg) : 0;
    }
    return width;
}

int plan_width(const Plan *plan, const Value *v)
{
    if (v->kind == VAL_RESULT) {
        const Value *region = v->region;
        return operand_width(plan, region->args[0]) + operand_width(plan, region->blocks[0]->yields[0]) +
               operand_width(plan, region->blocks[1]->yields[0]) + 6;
    }
    switch (v->kind) {
    case VAL_MATH:
        return operands_width(plan, v, 2) + (int)strlen(v->rule->name) + 3;
    case VAL_PURE_CALL:
    case VAL_CALL:
        return operands_width(plan, v, 2) + 2 +
               (v->callee ? (int)strlen(v->callee->name)
                : v->text ? (int)strlen(v->text)
                          : 0);
    case VAL_CAST: {
        const bool silent = converts_silently(v->args[0]->type, v->type) || !v->type->name;
        return operand_width(plan, v->args[0]) + (silent ? 0 : (int)strlen(v->type->name) + 2);
    }
    case VAL_FIELD:
        return operand_width(plan, v->args[0]) + (int)strlen(v->args[0]->type->to->record->fields[v->i].name) + 2;
    case VAL_SIZEOF:
        return 16;
    case VAL_DECAY:
    case VAL_LOAD:
    case VAL_PASSIVE:
        return operand_width(plan, v->args[0]);
    case VAL_PTRADD:
        return operand_width(plan, v->args[0]) + operand_width(plan, v->args[1]) + 2;
    case VAL_NEG:
    case VAL_NOT:
    case VAL_LNOT:
        return operand_width(plan, v->args[0]) + 1;
    default:
        if (v->kind == VAL_ADD && lanes_summed(plan, v))
            return (int)sizeof "adgen_sum_lanes()" + name_width(lanes_summed(plan, v));
        return operands_width(plan, v, 3) + parentheses_width(plan, v);
    }
}

/* ---- branches as operators ---- */

void plan_count_raw_uses(Walk *walk, const Block *block)
{
    for (const Value *v = block->first; v; v = v->next) {
        for (int k = 0; k < v->nargs; k++)
            walk->raw_uses[v->args[k]->id]++;
        for (int k = 0; v->kind == VAL_LOOP && k < v->nargs; k++)
            note_of(walk->plan, v->args[k])->yielded = true;
        if (v->counted) {
            walk->raw_uses[v->from->id]++;
            walk->raw_uses[v->to->id]++;
        }
        for (int k = 0; k < 2; k++)
            if (v->blocks[k])
                plan_count_raw_uses(walk, v->blocks[k]);
    }
    for (int k = 0; k < block->nyields; k++) {
        walk->raw_uses[block->yields[k]->id]++;
        note_of(walk->plan, block->yields[k])->yielded = true;
    }
}

bool plan_is_computation(const Plan *plan, const Value *v)
{
    return (ir_is_pure(v->kind) && !ir_is_leaf(v->kind)) || v->kind == VAL_LOAD || note_of(plan, v)->expression;
}

/* Everything in the block can be part of the expression that it yields. */
static bool is_expression_block(const Walk *walk, const Block *block)
{
    for (const Value *v = block->first; v; v = v->next) {
        if (!plan_is_computation(walk->plan, v))
            return false;
        const Value *shown = v->kind == VAL_IF ? v->results[0] : v;
        if (walk->raw_uses[shown->id] != 1 && !ir_continues_address(v))
            return false;
    }
    return true;
}

/* `if (c) x = f(x);` stays a statement. */
bool branch_keeps(const Value *region, const Value *yield)
{
    const char *hint = region->results[0]->hint;
    if (!hint || !yield->hint || strcmp(hint, yield->hint) != 0)
        return false;
    return yield->kind == VAL_CARRIED || yield->kind == VAL_RESULT || yield->kind == VAL_PARAM ||
           (yield->block && yield->block != region->blocks[0] && yield->block != region->blocks[1]);
}

/* Inside a loop's condition an operator is a must where it is possible at all. */
static void find_operator(Walk *walk, const Value *region, bool is_condition)
{
    Note *note = note_of(walk->plan, region);
    if (region->nresults != 1 || !is_expression_block(walk, region->blocks[0]) ||
        !is_expression_block(walk, region->blocks[1]))
        return;
    if (!is_condition && !note->chosen &&
        (branch_keeps(region, region->blocks[0]->yields[0]) || branch_keeps(region, region->blocks[1]->yields[0])))
        return;
    Note *result = note_of(walk->plan, region->results[0]);
    result->width = plan_width(walk->plan, region->results[0]);
    note->expression = is_condition || result->width <= TERNARY_WIDTH;
    if (note->expression)
        result->place = PLACE_FOLD;
}

/*
 * do ... while: a loop whose condition is a carried flag that begins as true, and that nothing else reads. The flag's
 * next value is computed at the end of the body, where it can be the condition.
 */
static void find_do(Walk *walk, const Value *loop)
{
    if (loop->counted)
        return;
    const Value *flag = loop->blocks[0]->yields[0];
    if (flag->kind != VAL_CARRIED || flag->region != loop || walk->raw_uses[flag->id] != 1 ||
        walk->raw_uses[loop->results[flag->i]->id] != 0)
        return;
    const Value *init = loop->args[flag->i];
    if (init->kind != VAL_INT || init->i == 0)
        return;
    note_of(walk->plan, loop)->do_flag = (int)flag->i + 1;
    Value *next = loop->blocks[1]->yields[flag->i];
    note_of(walk->plan, next)->sunk = true;
}

/* The choice that sets a loop's exit flag is printed where its block ends: it may become a break there. */
static void sink_choices(Plan *plan, const Block *block, const Value *flag)
{
    if (flag->kind == VAL_SELECT && flag->block == block)
        note_of(plan, flag)->sunk = true;
    if (flag->kind != VAL_RESULT || flag->region->kind != VAL_IF || flag->region->block != block)
        return;
    sink_choices(plan, flag->region->blocks[0], flag->region->blocks[0]->yields[flag->i]);
    sink_choices(plan, flag->region->blocks[1], flag->region->blocks[1]->yields[flag->i]);
}

static void find_flag(Plan *plan, const Value *loop)
{
    const Value *rest, *flag = exit_flag(loop, &rest);
    if (flag)
        sink_choices(plan, loop->blocks[1], loop->blocks[1]->yields[flag->i]);
}

/* Widths as if every value used once were folded: what decides which branches can be operators. */
static void measure_value(Walk *walk, const Value *v, bool is_condition)
{
    for (int k = 0; k < 2; k++)
        if (v->blocks[k])
            plan_measure(walk, v->blocks[k], v->kind == VAL_LOOP ? k == 0 : is_condition);
    if (v->kind == VAL_IF)
        find_operator(walk, v, is_condition);
    if (v->kind == VAL_LOOP) {
        find_do(walk, v);
        find_flag(walk->plan, v);
    }
    if (ir_is_region(v))
        return;
    Note *note = note_of(walk->plan, v);
    note->width = plan_width(walk->plan, v);
    if (plan_is_computation(walk->plan, v) && (walk->raw_uses[v->id] == 1 || ir_continues_address(v)))
        note->place = PLACE_FOLD;
}

void plan_measure(Walk *walk, const Block *block, bool is_condition)
{
    for (const Value *v = block->first; v; v = v->next)
        measure_value(walk, v, is_condition);
}
