/*
 * lower_loop.c: loops, all in while form.
 *
 *     for (init; c; step) body     init; loop { c } { body; step }
 *     do body while (c)            again = 1; loop { again } { body; again = c }
 *     while (c++ < n) body         again = 1; loop { again } { if (c++ < n) { body } else { again = 0 } }
 *
 * A condition that steps a variable as it tests it needs no such flag:
 *
 *     while (i-- > 0) body         loop { i > 0 } { i = i - 1; body }; i = i - 1
 *     while (--i >= 0) body        i = i - 1; loop { i >= 0 } { body; i = i - 1 }
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

/* ---- conditions that step a variable ---- */

typedef struct {
    const Expr *test; /* the condition without the step */
    Expr *step;       /* NULL: the condition is another one */
} SteppingTest;

static bool uses_variable(const Expr *e, const Decl *d)
{
    const Stmt statement = {.kind = STMT_EXPR, .expr = (Expr *)e};
    return scan_uses(&statement, d);
}

static bool is_counter_step(const Expr *e)
{
    return e->kind == EXPR_INCDEC && e->kids[0]->kind == EXPR_VAR && !e->kids[0]->decl->global &&
           (type_is_int(e->type) || type_is_pointer(e->type));
}

static Expr *copy_expr(const Expr *e)
{
    Expr *copy = ARENA_NEW(Expr);
    *copy = *e;
    copy->kids = arena_grow(e->kids, sizeof(Expr *) * (size_t)e->nkids, sizeof(Expr *) * (size_t)e->nkids);
    return copy;
}

static SteppingTest find_step(Expr *e)
{
    if (is_counter_step(e)) {
        Expr *load = copy_expr(e);
        load->kind = EXPR_LOAD;
        return (SteppingTest){load, e};
    }
    const bool compares = e->kind == EXPR_BINARY && e->op >= VAL_EQ && e->op <= VAL_GE;
    if (!compares && e->kind != EXPR_CAST)
        return (SteppingTest){0};
    for (int k = 0; k < e->nkids; k++) {
        const SteppingTest inner = find_step(e->kids[k]);
        const Expr *other = e->nkids > 1 ? e->kids[1 - k] : NULL;
        if (!inner.step || (other && (scan_has_effects(other) || uses_variable(other, inner.step->kids[0]->decl))))
            continue;
        Expr *copy = copy_expr(e);
        copy->kids[k] = (Expr *)inner.test;
        return (SteppingTest){copy, inner.step};
    }
    return (SteppingTest){0};
}

static Expr *in_sequence(Expr *first, Expr *second)
{
    if (!first)
        return second;
    Expr *both = copy_expr(second);
    both->kind = EXPR_COMMA;
    both->nkids = 2;
    both->kids = ARENA_ARRAY(Expr *, 2);
    both->kids[0] = first;
    both->kids[1] = second;
    return both;
}

/* ---- bodies ---- */

static void lower_body(Lower *lo, Stmt *body, const Frame *stop, const Tail *tail)
{
    const Flow flow = scan_flow(body);
    const Rest end = {.tail = tail};
    if (flow.jumps & JUMP_CONTINUE)
        lower_body_then_tail(lo, body, flow, stop, tail);
    else
        lower_rest(lo, &(Rest){.stmts = &body, .count = 1, .next = tail ? &end : NULL});
}

/* ---- loops ---- */

typedef struct {
    const Stmt *stmt;
    const Expr *test;    /* computed by the loop's condition block; NULL: none */
    bool tested_in_body; /* or where the body begins or, for do, ends */
    Expr *first, *step;  /* what the body does before and after its statements */
    Frame *stop;         /* NULL: nothing jumps out */
} Loop;

static void set_condition(Lower *lo, Value *region, const Loop *loop)
{
    Block *const outer = lo->b.block;
    lo->b.block = region->blocks[0];
    Value *intact = loop->stop ? frame_intact(lo, loop->stop) : NULL;
    Value *condition = intact;
    if (loop->test)
        condition = intact ? lower_short_circuit(lo, VAL_LAND, intact, loop->test) : lower_condition(lo, loop->test);
    ir_set_condition(region, condition ? condition : ir_int(&lo->b, lo->types->int_, 1));
    lo->b.block = outer;
}

/* A condition with side effects opens the body: the rest of it runs where the condition holds. */
static void lower_tested_body(Lower *lo, const Loop *loop, const Tail *tail)
{
    Block *const body = lo->b.block;
    Value *region = ir_if(&lo->b, lower_condition(lo, loop->stmt->expr));
    lo->b.block = region->blocks[1];
    ir_store(&lo->b, loop->stop->flag, ir_int(&lo->b, lo->types->bool_, false));
    lo->b.block = lo->scope = lo->loop_body = region->blocks[0];
    lower_body(lo, loop->stmt->body, loop->stop, tail);
    lo->b.block = body;
}

static void fill_loop(Lower *lo, const Loop *loop)
{
    Value *const outer_loop = lo->loop;
    Block *const outer = lo->b.block, *const scope = lo->scope, *const outer_body = lo->loop_body;
    const bool is_do = loop->stmt->kind == STMT_DO;
    const Tail tail = {
        .step = loop->step, .condition = is_do ? loop->stmt->expr : NULL, .again = is_do ? loop->stop->flag : NULL};
    const Tail *has_tail = loop->step || is_do ? &tail : NULL;
    lo->b.loc = loop->stmt->loc;
    Value *region = lo->loop = ir_loop(&lo->b);
    set_condition(lo, region, loop);
    lo->b.block = lo->scope = lo->loop_body = region->blocks[1];
    if (loop->first)
        lower_value(lo, loop->first);
    if (loop->tested_in_body && !is_do)
        lower_tested_body(lo, loop, has_tail);
    else
        lower_body(lo, loop->stmt->body, loop->stop, has_tail);
    lo->b.block = outer;
    lo->scope = scope;
    lo->loop = outer_loop;
    lo->loop_body = outer_body;
}

/* do { } while (0) in a macro: a block that break and continue leave. */
static void lower_once(Lower *lo, Stmt *s)
{
    Frame arrival = {.absorbs = JUMP_BREAK | JUMP_CONTINUE};
    frame_push(lo, &arrival);
    lower_list(lo, &s->body, 1);
    frame_pop(lo);
}

/* Where the condition is computed, and what is left of it. */
static SteppingTest place_test(Loop *loop)
{
    const Stmt *s = loop->stmt;
    loop->step = (Expr *)s->step;
    loop->tested_in_body = s->kind == STMT_DO || scan_has_effects(s->expr);
    loop->test = loop->tested_in_body ? NULL : s->expr;
    if (s->kind == STMT_DO || !loop->tested_in_body)
        return (SteppingTest){0};
    const SteppingTest stepping = find_step(s->expr);
    if (!stepping.step)
        return stepping;
    loop->tested_in_body = false;
    loop->test = stepping.test;
    if (stepping.step->is_postfix)
        loop->first = stepping.step;
    else
        loop->step = in_sequence(loop->step, stepping.step);
    return stepping;
}

/* The last step of a test that steps, the one that finds the loop at its end. */
static void finish_step(Lower *lo, const Loop *loop, Expr *step)
{
    Block *const outer = lo->b.block;
    if (loop->stop)
        lo->b.block = ir_if(&lo->b, frame_intact(lo, loop->stop))->blocks[0];
    lower_value(lo, step);
    lo->b.block = outer;
}

static void lower_repeated(Lower *lo, Stmt *s)
{
    Loop loop = {.stmt = s};
    const SteppingTest stepping = place_test(&loop);
    if (stepping.step && !stepping.step->is_postfix)
        lower_value(lo, stepping.step);
    const Jumps leaving = scan_flow(s->body).jumps & ~(Jumps)JUMP_CONTINUE;
    Frame arrival = {.absorbs = JUMP_BREAK};
    Frame own = {.left = !loop.tested_in_body};
    if (leaving && !loop.tested_in_body && !(leaving & JUMP_BREAK))
        loop.stop = frame_of(lo, leaving);
    frame_push(lo, &arrival);
    if (!loop.stop && (leaving || loop.tested_in_body)) {
        own.flag = loop.tested_in_body ? frame_flag(lo, "again", true) : frame_flag(lo, "stop", false);
        loop.stop = &own;
        frame_push(lo, &own);
    }
    fill_loop(lo, &loop);
    lo->frames = arrival.outer;
    if (loop.first)
        finish_step(lo, &loop, loop.first);
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
    bool truth;
    if (s->kind == STMT_DO || !scan_constant_truth(s->expr, &truth) || truth)
        lower_repeated(lo, s);
}

/* L: ...; if (c) goto L; ...      again = 1; loop { again } { again = 0; ...; if (c) { again = 1 } else { ... } } */
void lower_backward(Lower *lo, const Stmt *s)
{
    Value *const outer_loop = lo->loop;
    Block *const outer = lo->b.block, *const outer_body = lo->loop_body;
    lower_declare_all_early(lo, s);
    Frame arrival = {.absorbs = (Jumps)1 << s->i};
    Frame again = {.flag = frame_flag(lo, "again", true)};
    Value *loop = lo->loop = ir_loop(&lo->b);
    lo->b.block = loop->blocks[0];
    ir_set_condition(loop, frame_intact(lo, &again));
    lo->b.block = lo->loop_body = loop->blocks[1];
    ir_store(&lo->b, again.flag, ir_int(&lo->b, lo->types->bool_, false));
    lo->b.block = outer;
    arrival.repeat = again.flag;
    frame_push(lo, &arrival);
    lower_branch(lo, loop->blocks[1], &(Rest){.stmts = s->stmts, .count = s->nstmts});
    frame_pop(lo);
    lo->loop = outer_loop;
    lo->loop_body = outer_body;
}
