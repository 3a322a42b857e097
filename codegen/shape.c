/*
 * shape.c: loops as people write them. The IR has no jumps: a `break` or `return` in a loop has become a flag that the
 * loop's condition tests and that guards what the jump skipped. Where a flag does nothing else, it is a break again:
 *
 *     loop (stop = 0, i = 0) while !stop && i < n            for (int i = 0; i < n; i++) {
 *         s' = s + v[i]                                          s += v[i];
 *         if (s' > 2) { yield 1, i }                    →        if (s > 2)
 *         else { i' = i + 1; yield stop, i' }                        break;
 *                                                            }
 *
 * A block may end with a break when the iteration ends behind it: it is the end of the body, or of a branch that ends
 * such a block, and no copies come behind. What a loop's last line does to a variable in its condition moves to the
 * header.
 */
#include "emit.h"

typedef struct {
    Plan *plan;
    const Value *loop, *flag;
    int set;         /* what it is when the loop ends: 1, or 0 for a flag that says to go on */
    int accounted;   /* uses of the flag that go with it */
    bool test_reads; /* a test in the body reads it */
    VEC(Note) saved; /* what was changed before something did not fit */
    ValueList touched;
} Shape;

/* ---- flags ---- */

static bool is_int(const Value *v, int64_t i)
{
    return v->kind == VAL_INT && v->type->kind == TYPE_INT && v->i == i;
}

static const Value *flag_in(const Value *loop, const Value *negation)
{
    const Value *flag = negation->kind == VAL_LNOT ? negation->args[0] : NULL;
    return flag && flag->kind == VAL_CARRIED && flag->region == loop ? flag : NULL;
}

const Value *exit_flag(const Value *loop, const Value **rest)
{
    *rest = NULL;
    if (loop->kind != VAL_LOOP || loop->counted)
        return NULL;
    const Value *c = loop->blocks[0]->yields[0];
    if (c->kind == VAL_CARRIED && c->region == loop)
        return c;
    if (c->kind == VAL_LNOT)
        return flag_in(loop, c);
    if (c->kind == VAL_LAND) {
        const int side = flag_in(loop, c->args[0]) ? 0 : 1;
        *rest = c->args[1 - side];
        return flag_in(loop, c->args[side]);
    }
    if (c->kind == VAL_RESULT && c->region->kind == VAL_IF && c->region->nresults == 1 &&
        is_int(c->region->blocks[1]->yields[0], 0)) {
        *rest = c->region->blocks[0]->yields[0];
        return flag_in(loop, c->region->args[0]);
    }
    return NULL;
}

static bool ends_when_zero(const Value *loop)
{
    return loop->blocks[0]->yields[0]->kind == VAL_CARRIED;
}

/* A constant; or the flag of a loop around, which is not set while that runs. */
static bool begins_unset(const Value *loop, const Value *init)
{
    const Value *rest;
    if (is_int(init, ends_when_zero(loop)))
        return true;
    return !ends_when_zero(loop) && init->kind == VAL_CARRIED &&
           ir_block_inside(loop->block, init->region->blocks[1]) && exit_flag(init->region, &rest) == init &&
           !ends_when_zero(init->region);
}

static int count_reads(Block *block, const Value *flag)
{
    int count = 0;
    for (Use use = ir_first_use(block); use.block; use = ir_next_use(use, block))
        count += *ir_used(&use) == flag;
    return count;
}

/* ---- where it is set ---- */

bool prints_something(const Plan *plan, const Value *v)
{
    const Note *note = note_of(plan, v);
    if (note->in_header)
        return false;
    return note->place == PLACE_NAME || (note->place == PLACE_STATEMENT && v->kind != VAL_LOCAL) || note->locals.count;
}

static const Value *last_printed(const Plan *plan, const Value *v)
{
    while (v && !prints_something(plan, v))
        v = v->prev;
    return v;
}

static bool prints_nothing(const Plan *plan, const Block *block)
{
    Copies copies = {0};
    copies_of_block(plan, block, &copies);
    return !last_printed(plan, block->last) && !copies.count;
}

/* Notes are changed on trial. */
static Note *touch(Shape *s, const Value *v)
{
    vec_push(&s->saved, *note_of(s->plan, v));
    vec_push(&s->touched, v);
    return note_of(s->plan, v);
}

static void take_back(Shape *s)
{
    for (size_t k = s->touched.count; k > 0; k--)
        *note_of(s->plan, s->touched.at[k - 1]) = s->saved.at[k - 1];
}

static int number_of(const Block *block)
{
    return block == block->owner->blocks[1];
}

static bool has_trivial_copies(const Shape *s, const Block *block)
{
    Copies copies = {0};
    copies_of_block(s->plan, block, &copies);
    return copies.count == 0;
}

/* `if (!flag) rest;`: which of its blocks is the rest, plus one; 0 where it is no such test. */
static int test_of(const Plan *plan, const Value *branch, const Value *flag)
{
    if (!branch || branch->kind != VAL_IF || note_of(plan, branch)->place != PLACE_STATEMENT)
        return 0;
    const Value *c = branch->args[0];
    const int rest = c == flag ? 1 : c->kind == VAL_LNOT && is_folded(plan, c) && c->args[0] == flag ? 0 : -1;
    return rest >= 0 && prints_nothing(plan, branch->blocks[1 - rest]) ? rest + 1 : 0;
}

static bool ends_block(Shape *s, const Block *block, const Value *flag);

/* Both branches end the iteration. */
static bool ends_branch(Shape *s, const Value *result)
{
    const Value *branch = result->region;
    touch(s, result)->is_flag = true;
    return ends_block(s, branch->blocks[0], branch->blocks[0]->yields[result->i]) &&
           ends_block(s, branch->blocks[1], branch->blocks[1]->yields[result->i]);
}

/* stop = c ? 1 : stop */
static bool ends_by_choice(Shape *s, const Block *block, const Value *chosen)
{
    if (!is_folded(s->plan, chosen) || !is_int(chosen->args[1], s->set))
        return false;
    if (chosen->args[2] != s->flag && !is_int(chosen->args[2], !s->set))
        return false;
    s->accounted += chosen->args[2] == s->flag;
    touch(s, block->owner)->break_if[number_of(block)] = chosen->args[0];
    note_of(s->plan, block->owner)->breaks[number_of(block)] = s->loop;
    return true;
}

/* The result of a branch that is printed as one, not as an operator. */
static bool is_result_of(const Shape *s, const Value *flag, const Value *branch)
{
    return flag->kind == VAL_RESULT && flag->region == branch && branch->kind == VAL_IF &&
           note_of(s->plan, branch)->place == PLACE_STATEMENT;
}

/* A flag that something before has set, and a last statement that asks for it. */
static bool ends_by_test(Shape *s, const Value *last, const Value *flag)
{
    const int rest = s->set ? test_of(s->plan, last, flag) : 0;
    if (!rest)
        return false;
    const Value *before = last_printed(s->plan, last->prev);
    if (is_result_of(s, flag, before) && note_of(s->plan, flag)->uses == 2) {
        touch(s, last)->test = rest;
        return ends_branch(s, flag);
    }
    const Web *web = web_of(s->plan, flag);
    if (!web || web != web_of(s->plan, s->flag))
        return false;
    Note *note = touch(s, last);
    note->test = rest;
    note->test_breaks = true;
    note->breaks[2 - rest] = s->loop;
    s->test_reads = true;
    return true;
}

static bool leaves_anyway(const Shape *s, const Value *result)
{
    return is_int(result->region->blocks[0]->yields[result->i], s->set) &&
           is_int(result->region->blocks[1]->yields[result->i], s->set);
}

/* Both branches before set the flag: one break behind them. */
static bool ends_by_break(Shape *s, const Block *block, const Value *result)
{
    touch(s, result)->is_flag = true;
    touch(s, block->owner)->breaks[number_of(block)] = s->loop;
    return block->owner->kind == VAL_IF;
}

/* The block ends the iteration, and `flag` is the flag's value there. */
static bool ends_block(Shape *s, const Block *block, const Value *flag)
{
    if (flag == s->flag || is_int(flag, !s->set)) {
        s->accounted += flag == s->flag;
        return true;
    }
    if (is_int(flag, s->set)) {
        touch(s, block->owner)->breaks[number_of(block)] = s->loop;
        return block->owner->kind == VAL_IF;
    }
    if (!has_trivial_copies(s, block))
        return false;
    if (flag->kind == VAL_SELECT)
        return ends_by_choice(s, block, flag);
    const Value *last = last_printed(s->plan, block->last);
    if (is_result_of(s, flag, last) && note_of(s->plan, flag)->uses == 1)
        return leaves_anyway(s, flag) ? ends_by_break(s, block, flag) : ends_branch(s, flag);
    return ends_by_test(s, last, flag);
}

static void find_break(Plan *plan, const Value *loop)
{
    const Value *rest, *flag = exit_flag(loop, &rest);
    if (note_of(plan, loop)->do_flag)
        return;
    if (!flag || !web_of(plan, flag) || !begins_unset(loop, loop->args[flag->i]))
        return;
    Shape s = {.plan = plan, .loop = loop, .flag = flag, .set = !ends_when_zero(loop), .accounted = 1};
    Note *note = touch(&s, loop);
    note->flag = (int)flag->i + 1;
    note->flag_sets = s.set;
    if (!ends_block(&s, loop->blocks[1], loop->blocks[1]->yields[flag->i])) {
        take_back(&s);
        return;
    }
    const int reads = count_reads(loop->blocks[0], flag) + count_reads(loop->blocks[1], flag);
    note->flag_is_needed = note_of(plan, loop->results[flag->i])->uses > 0 || s.test_reads || reads > s.accounted;
    web_of(plan, flag)->silent |= !note->flag_is_needed;
}

/* ---- do ---- */

bool needs_name_of(const Plan *plan, const Value *v, const Block *block)
{
    if (v->kind == VAL_LOCAL && note_of(plan, v)->home)
        return ir_block_inside(note_of(plan, v)->home, block);
    if (is_operator_result(plan, v) && is_folded(plan, v))
        return needs_name_of(plan, v->region->args[0], block) ||
               needs_name_of(plan, v->region->blocks[0]->yields[0], block) ||
               needs_name_of(plan, v->region->blocks[1]->yields[0], block);
    for (int k = 0; is_folded(plan, v) && k < v->nargs; k++)
        if (needs_name_of(plan, v->args[k], block))
            return true;
    const Web *web = is_folded(plan, v) ? NULL : web_of(plan, v);
    return web && !web->param && ir_block_inside(web->scope, block);
}

/* The flag's next value can be the condition itself where the other copies leave its operands alone. */
static bool is_condition_behind_copies(const Plan *plan, const Value *loop, const Value *next)
{
    Webs reads = {0};
    Copies copies = {0};
    reads_of(plan, next, &reads);
    copies_of_block(plan, loop->blocks[1], &copies);
    for (size_t k = 0; k < copies.count; k++)
        for (size_t r = 0; r < reads.count; r++)
            if (reads.at[r] == copies.at[k].to)
                return false;
    return !needs_name_of(plan, next, loop->blocks[1]);
}

static void find_do_condition(Plan *plan, const Value *loop)
{
    Note *note = note_of(plan, loop);
    if (!note->do_flag)
        return;
    const Value *next = loop->blocks[1]->yields[note->do_flag - 1];
    note->do_direct = is_condition_behind_copies(plan, loop, next);
    web_of(plan, loop->carried[note->do_flag - 1])->silent = true;
}

/* ---- steps in the header ---- */

/* The block ends with a break, on a condition that reads the variable. */
static bool breaks_by(const Plan *plan, const Block *block, const Web *web)
{
    const Value *condition = note_of(plan, block->owner)->break_if[number_of(block)];
    Webs reads = {0};
    if (condition)
        reads_of(plan, condition, &reads);
    for (size_t k = 0; k < reads.count; k++)
        if (reads.at[k] == web)
            return true;
    return false;
}

/* The value, computed by the last line of the block, that the carried value has in the next iteration. */
static const Value *find_step(const Plan *plan, const Block *block, const Value *next, const Web *web)
{
    const Value *last = last_printed(plan, block->last);
    if (!last || breaks_by(plan, block, web))
        return NULL;
    if (next == last)
        return note_of(plan, last)->place == PLACE_NAME && web_of(plan, next) == web &&
                       !note_of(plan, last)->locals.count
                   ? next
                   : NULL;
    if (next->kind != VAL_RESULT || next->region != last || last->kind != VAL_IF || web_of(plan, next) != web)
        return NULL;
    const Note *note = note_of(plan, last);
    const int going_on = note->test ? note->test - 1 : note->breaks[0] ? 1 : note->breaks[1] ? 0 : -1;
    if (going_on < 0 || (note->breaks[0] && note->breaks[1] && !note->test))
        return NULL;
    return find_step(plan, last->blocks[going_on], last->blocks[going_on]->yields[next->i], web);
}

/* The variable exists for the loop only, begins with it, and its condition reads it. */
static bool is_loop_variable(const Plan *plan, const Value *loop, int k, const Value *condition)
{
    Web *web = web_of(plan, loop->carried[k]);
    const Value *init = loop->args[k];
    Webs reads = {0};
    if (!web || web->param || web->first_value != loop || web->first_block != web->scope || !condition ||
        note_of(plan, loop->results[k])->uses)
        return false;
    if (!is_literal(init) && !(ir_is_leaf(init->kind) && !is_operator_result(plan, init)))
        return false;
    if (web_is_live_from(web, 2 * note_of(plan, loop)->end + 2))
        return false;
    reads_of(plan, condition, &reads);
    for (size_t r = 0; r < reads.count; r++)
        if (reads.at[r] == web)
            return true;
    return false;
}

static bool reads_names_inside(const Plan *plan, const Value *step, const Block *body)
{
    for (int k = 0; k < step->nargs; k++)
        if (needs_name_of(plan, step->args[k], body))
            return true;
    return false;
}

static void find_for(Plan *plan, const Value *loop)
{
    Note *note = note_of(plan, loop);
    const Value *rest;
    if (loop->counted || note->do_flag || !block_is_folded(plan, loop->blocks[0]))
        return;
    const Value *condition = note->flag ? (exit_flag(loop, &rest), rest) : loop->blocks[0]->yields[0];
    for (int k = 0; k < loop->nresults; k++) {
        if (!is_loop_variable(plan, loop, k, condition))
            continue;
        const Value *step =
            find_step(plan, loop->blocks[1], loop->blocks[1]->yields[k], web_of(plan, loop->carried[k]));
        if (!step || step->kind == VAL_CALL || step->kind == VAL_POP || step->kind == VAL_ALLOC ||
            step->kind == VAL_SELECT || reads_names_inside(plan, step, loop->blocks[1]))
            continue;
        note->step = step;
        note->stepped = k + 1;
        note_of(plan, step)->in_header = true;
        return;
    }
}

static void shape_block(Plan *plan, const Block *block)
{
    for (const Value *v = block->first; v; v = v->next) {
        if (note_of(plan, v)->place != PLACE_STATEMENT)
            continue;
        for (int k = 0; k < 2; k++)
            if (v->blocks[k])
                shape_block(plan, v->blocks[k]);
        if (v->kind == VAL_LOOP) {
            find_do_condition(plan, v);
            find_break(plan, v);
            find_for(plan, v);
        }
    }
}

void shape_loops(Plan *plan)
{
    shape_block(plan, plan->fn->body);
}
