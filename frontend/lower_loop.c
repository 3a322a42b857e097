/*
 * lower_loop.c: loops, all in while form.
 *
 *     for (init; c; step) body     init; loop { c } { body; step }
 *     do body while (c)            again = 1; loop { again } { body; again = c }
 *     while (c++ < n) body         again = 1; loop { again } { if (c++ < n) { body } else { again = 0 } }
 *
 * With `break` (or another jump out of it) in the body a flag `stop` comes to the condition: loop { !stop && c }. Where
 * the loop has `again`, the jump clears that instead.
 */
#include "lower.h"

bool lower_is_once(const Stmt *s)
{
    bool truth;
    return s->kind == STMT_DO && scan_constant_truth(s->expr, &truth) && !truth;
}

void lower_tail(Lower *lo, const Tail *tail)
{
    if (tail->step)
        lower_value(lo, tail->step);
    if (tail->condition) {
        Value *condition = lower_condition(lo, tail->condition);
        ir_store(&lo->b, tail->again, lower_convert(lo, lo->types->bool_, condition));
    }
}

/* `continue` arrives behind the body, where the tail is left to do unless another jump has been made. */
static void lower_body_then_tail(Lower *lo, Stmt *body, Flow flow, const Frame *stop, const Tail *tail)
{
    Frame arrival = {.absorbs = JUMP_CONTINUE};
    frame_push(lo, &arrival);
    lower_list(lo, &body, 1);
    frame_pop(lo);
    if (!tail)
        return;
    if (!(flow.jumps & ~(Jumps)JUMP_CONTINUE)) {
        lower_tail(lo, tail);
        return;
    }
    Value *guard = ir_if(&lo->b, frame_intact(lo, stop));
    lower_branch(lo, guard->blocks[0], &(Rest){.tail = tail});
}

static void lower_body(Lower *lo, Stmt *body, const Frame *stop, const Tail *tail)
{
    const Flow flow = scan_flow(body);
    const Rest end = {.tail = tail};
    if (flow.jumps & JUMP_CONTINUE)
        lower_body_then_tail(lo, body, flow, stop, tail);
    else
        lower_rest(lo, &(Rest){.stmts = &body, .count = 1, .next = tail ? &end : NULL});
}

static void set_condition(Lower *lo, Value *loop, const Stmt *s, const Frame *stop, bool tested_in_body)
{
    Block *const outer = lo->b.block;
    lo->b.block = loop->blocks[0];
    Value *intact = stop ? frame_intact(lo, stop) : NULL;
    Value *condition = intact;
    if (s->expr && !tested_in_body)
        condition = intact ? lower_short_circuit(lo, VAL_LAND, intact, s->expr) : lower_condition(lo, s->expr);
    ir_set_condition(loop, condition ? condition : ir_int(&lo->b, lo->types->int_, 1));
    lo->b.block = outer;
}

/* A condition with side effects opens the body: the rest of it runs where the condition holds. */
static void lower_tested_body(Lower *lo, const Stmt *s, const Frame *again, const Tail *tail)
{
    Block *const body = lo->b.block;
    Value *region = ir_if(&lo->b, lower_condition(lo, s->expr));
    lo->b.block = region->blocks[1];
    ir_store(&lo->b, again->flag, ir_int(&lo->b, lo->types->bool_, false));
    lo->b.block = lo->scope = region->blocks[0];
    lower_body(lo, s->body, again, tail);
    lo->b.block = body;
}

static void fill_loop(Lower *lo, const Stmt *s, const Frame *stop, bool tested_in_body)
{
    Value *const outer_loop = lo->loop;
    Block *const outer = lo->b.block, *const scope = lo->scope;
    const bool is_do = s->kind == STMT_DO;
    const Tail tail = {.step = s->step, .condition = is_do ? s->expr : NULL, .again = is_do ? stop->flag : NULL};
    lo->b.loc = s->loc;
    Value *loop = lo->loop = ir_loop(&lo->b);
    set_condition(lo, loop, s, stop, tested_in_body);
    lo->b.block = lo->scope = loop->blocks[1];
    if (tested_in_body && !is_do)
        lower_tested_body(lo, s, stop, s->step ? &tail : NULL);
    else
        lower_body(lo, s->body, stop, s->step || is_do ? &tail : NULL);
    lo->b.block = outer;
    lo->scope = scope;
    lo->loop = outer_loop;
}

/* do { } while (0) in a macro: a block that break and continue leave. */
static void lower_once(Lower *lo, Stmt *s)
{
    Frame arrival = {.absorbs = JUMP_BREAK | JUMP_CONTINUE};
    frame_push(lo, &arrival);
    lower_list(lo, &s->body, 1);
    frame_pop(lo);
}

void lower_loop(Lower *lo, Stmt *s)
{
    if (lower_is_once(s)) {
        lower_once(lo, s);
        return;
    }
    if (s->init)
        lower_list(lo, &s->init, 1);
    lo->b.loc = s->loc;
    const Jumps leaving = scan_flow(s->body).jumps & ~(Jumps)JUMP_CONTINUE;
    const bool tested_in_body = s->kind == STMT_DO || scan_has_effects(s->expr);
    Frame arrival = {.absorbs = JUMP_BREAK};
    Frame own = {.left = !tested_in_body};
    Frame *stop = NULL;
    if (!tested_in_body && !(leaving & JUMP_BREAK))
        stop = leaving ? frame_of(lo, leaving) : NULL;
    if (tested_in_body || (leaving && !stop)) {
        own.flag = tested_in_body ? frame_flag(lo, "again", true) : frame_flag(lo, "stop", false);
        stop = &own;
    }
    frame_push(lo, &arrival);
    if (stop == &own)
        frame_push(lo, &own);
    fill_loop(lo, s, stop, tested_in_body);
    lo->frames = arrival.outer;
}

/* L: ...; if (c) goto L; ...      again = 1; loop { again } { again = 0; ...; if (c) { again = 1 } else { ... } } */
void lower_backward(Lower *lo, const Stmt *s)
{
    Value *const outer_loop = lo->loop;
    Block *const outer = lo->b.block;
    lower_declare_all_early(lo, s);
    Frame arrival = {.absorbs = (Jumps)1 << s->i};
    Frame again = {.flag = frame_flag(lo, "again", true)};
    Value *loop = lo->loop = ir_loop(&lo->b);
    lo->b.block = loop->blocks[0];
    ir_set_condition(loop, frame_intact(lo, &again));
    lo->b.block = loop->blocks[1];
    ir_store(&lo->b, again.flag, ir_int(&lo->b, lo->types->bool_, false));
    lo->b.block = outer;
    arrival.repeat = again.flag;
    frame_push(lo, &arrival);
    lower_branch(lo, loop->blocks[1], &(Rest){.stmts = s->stmts, .count = s->nstmts});
    frame_pop(lo);
    lo->loop = outer_loop;
}
