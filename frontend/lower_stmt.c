/*
 * lower_stmt.c: statements. A list is lowered with its continuation at hand (Rest), so that
 *
 *     if (c) return x;  y; z;      becomes      if (c) { result = x } else { y; z; }
 *
 * and a guard is needed only behind statements that both may jump and may complete.
 */
#include "lower.h"

static bool is_empty(const Rest *rest)
{
    for (; rest; rest = rest->next)
        if (rest->count || rest->tail)
            return false;
    return true;
}

/* How many statements there are until more than MAX_NEST may jump. */
static size_t length_of_part(Stmt *const *stmts, size_t count)
{
    enum { MAX_NEST = 16 };
    int jumping = 0;
    for (size_t k = 0; k < count; k++)
        if (scan_flow(stmts[k]).jumps && ++jumping > MAX_NEST)
            return k;
    return count;
}

/* Its extents are known only where it stands. */
static bool declares_variable_array(const Stmt *s)
{
    for (size_t k = 0; k < s->ndecls; k++)
        if (s->decls[k]->nextents)
            return true;
    return false;
}

/*
 * Each statement that may jump takes what comes after it into a branch. A list with many of them would nest as deep,
 * and each value in it would be handed out through all of the branches around it: it is lowered in parts, one behind
 * the other, each guarded by a flag that the jumps set. False: the list has no need of it.
 */
static bool lower_in_parts(Lower *lo, const Rest *rest)
{
    size_t end = length_of_part(rest->stmts, rest->count);
    if (end == rest->count)
        return false;
    for (size_t k = 0; k < rest->count; k++)
        if (declares_variable_array(rest->stmts[k]))
            return false;
    for (size_t k = 0; k < rest->count; k++)
        lower_declare_all_early(lo, rest->stmts[k]);
    const Jumps jumps = scan_list_flow(rest->stmts, rest->count).jumps;
    Frame own = {.left = true};
    Frame *frame = frame_of(lo, jumps);
    if (!frame) {
        lo->b.loc = rest->stmts[0]->loc;
        own.flag = frame_flag(lo, frame_flag_name(jumps), false);
        frame_push(lo, frame = &own);
    }
    lower_list(lo, rest->stmts, end);
    bool completes = scan_list_flow(rest->stmts, end).completes;
    for (size_t begin = end; completes && begin < rest->count; begin = end) {
        Stmt *const *stmts = rest->stmts + begin;
        const size_t count = length_of_part(stmts, rest->count - begin);
        end = begin + count;
        completes = scan_list_flow(stmts, count).completes;
        lo->b.loc = stmts[0]->loc;
        Value *guard = ir_if(&lo->b, frame_intact(lo, frame));
        lower_branch(lo, guard->blocks[0], &(Rest){.stmts = stmts, .count = count});
    }
    if (frame == &own)
        frame_pop(lo);
    if (completes && rest->next)
        lower_branch(lo, ir_if(&lo->b, frame_intact(lo, frame))->blocks[0], rest->next);
    return true;
}

void lower_rest(Lower *lo, const Rest *rest)
{
    for (; rest; rest = rest->next) {
        if (rest->tail)
            lower_tail(lo, rest->tail);
        if (lower_in_parts(lo, rest))
            return;
        for (size_t k = 0; k < rest->count; k++) {
            const Rest after = {.stmts = rest->stmts + k + 1, .count = rest->count - k - 1, .next = rest->next};
            if (!lower_statement(lo, rest->stmts[k], &after))
                return;
        }
    }
}

void lower_list(Lower *lo, Stmt *const *stmts, size_t count)
{
    lower_rest(lo, &(Rest){.stmts = stmts, .count = count});
}

void lower_branch(Lower *lo, Block *block, const Rest *rest)
{
    Block *const outer = lo->b.block, *const scope = lo->scope;
    lo->b.block = lo->scope = block;
    lower_rest(lo, rest);
    lo->b.block = outer;
    lo->scope = scope;
}

/* ---- branches ---- */

/* Both branches, each with its continuation. */
static void lower_if(Lower *lo, Stmt *s, const Rest *after_then, const Rest *after_else)
{
    Value *condition = lower_condition(lo, s->expr);
    lo->b.loc = s->loc;
    Value *region = ir_if(&lo->b, condition);
    lower_branch(lo, region->blocks[0], &(Rest){.stmts = &s->body, .count = 1, .next = after_then});
    lower_branch(lo, region->blocks[1], &(Rest){.stmts = &s->other, .count = s->other ? 1 : 0, .next = after_else});
}

/* `if` with a branch that always jumps: what comes after belongs to the other one. */
static bool lower_if_with_rest(Lower *lo, Stmt *s, const Rest *after)
{
    const bool then_completes = scan_flow(s->body).completes;
    const bool else_completes = !s->other || scan_flow(s->other).completes;
    if (then_completes && else_completes)
        return false;
    lower_if(lo, s, then_completes ? after : NULL, else_completes ? after : NULL);
    return true;
}

/* ---- simple statements ---- */

static void lower_return(Lower *lo, const Stmt *s)
{
    Value *v = s->expr ? lower_value(lo, s->expr) : NULL;
    lo->b.loc = s->loc;
    if (v && lo->result && type_is_record(lo->function->result))
        lower_copy(lo, lo->result, v);
    else if (v && lo->result)
        lower_store(lo, lo->result, v);
    frame_jump(lo, JUMP_RETURN, s->loc);
}

static void lower_checkpoint(Lower *lo, const Stmt *s)
{
    if (lo->loop && lo->b.block == lo->loop_body) {
        lo->loop->snapshots = s->i;
    } else {
        fence_refuse(s->loc, "ADGEN_CHECKPOINT stands outside of a loop",
                     "write it as the first statement of the loop's body");
    }
}

static void lower_declarations(Lower *lo, const Stmt *s)
{
    for (size_t k = 0; k < s->ndecls; k++)
        if (s->i)
            lower_declare_early(lo, s->decls[k]);
        else
            lower_declaration(lo, s->decls[k]);
}

/* The block that a forward goto leaves. */
static void lower_forward(Lower *lo, const Stmt *s)
{
    Frame arrival = {.absorbs = (Jumps)1 << s->i};
    lower_declare_all_early(lo, s);
    frame_push(lo, &arrival);
    lower_list(lo, s->stmts, s->nstmts);
    frame_pop(lo);
}

/* The statement alone. */
static void lower_plain(Lower *lo, Stmt *s)
{
    lo->b.loc = s->loc;
    switch (s->kind) {
    case STMT_EXPR:
        lower_value(lo, s->expr);
        break;
    case STMT_DECL:
        lower_declarations(lo, s);
        break;
    case STMT_BLOCK:
        lower_list(lo, s->stmts, s->nstmts);
        break;
    case STMT_IF:
        lower_if(lo, s, NULL, NULL);
        break;
    case STMT_WHILE:
    case STMT_DO:
    case STMT_FOR:
        lower_loop(lo, s);
        break;
    case STMT_SWITCH:
        lower_switch(lo, s, NULL);
        break;
    case STMT_CASE:
    case STMT_DEFAULT:
        fence_refuse(s->loc, "a case label inside a block of its switch",
                     "put case labels at the top level of the switch");
        break;
    case STMT_LABEL:
        lower_list(lo, &s->body, s->body ? 1 : 0);
        break;
    case STMT_BREAK:
        frame_jump(lo, JUMP_BREAK, s->loc);
        break;
    case STMT_CONTINUE:
        frame_jump(lo, JUMP_CONTINUE, s->loc);
        break;
    case STMT_RETURN:
        lower_return(lo, s);
        break;
    case STMT_GOTO:
        frame_jump(lo, s->i < JUMP_FIRST_LABEL ? 0 : (Jumps)1 << s->i, s->loc);
        break;
    case STMT_FORWARD:
        lower_forward(lo, s);
        break;
    case STMT_BACKWARD:
        lower_backward(lo, s);
        break;
    case STMT_CHECKPOINT:
        lower_checkpoint(lo, s);
        break;
    case STMT_UNSUPPORTED:
        fence_unsupported(s->loc, s->text);
        break;
    case STMT_EMPTY:
        break;
    }
}

/* ---- statements and what follows them ---- */

static void lower_guarded(Lower *lo, Stmt *s, Jumps jumps, const Rest *after)
{
    Frame own = {.left = true};
    Frame *frame = frame_of(lo, jumps);
    if (frame) {
        lower_plain(lo, s);
    } else {
        lo->b.loc = s->loc;
        own.flag = frame_flag(lo, frame_flag_name(jumps), false);
        frame_push(lo, &own);
        lower_plain(lo, s);
        frame_pop(lo);
        frame = &own;
    }
    lo->b.loc = s->loc;
    Value *guard = ir_if(&lo->b, frame_intact(lo, frame));
    lower_branch(lo, guard->blocks[0], after);
}

/* Statements whose parts take what comes after them as their own continuation. */
static bool lower_with_rest(Lower *lo, Stmt *s, const Rest *after)
{
    switch (s->kind) {
    case STMT_BLOCK:
        lower_rest(lo, &(Rest){.stmts = s->stmts, .count = s->nstmts, .next = after});
        return true;
    case STMT_LABEL:
        lower_rest(lo, &(Rest){.stmts = &s->body, .count = s->body ? 1 : 0, .next = after});
        return true;
    case STMT_IF:
        return lower_if_with_rest(lo, s, after);
    case STMT_SWITCH:
        return lower_switch(lo, s, after);
    default:
        return false;
    }
}

/* An if whose condition is constant is the branch taken; do { } while (0) without breaks is its body. */
static Stmt *plain_form(Stmt *s)
{
    static Stmt empty = {.kind = STMT_EMPTY};
    bool truth;
    while (s->kind == STMT_IF && scan_constant_truth(s->expr, &truth))
        s = truth ? s->body : s->other ? s->other : &empty;
    if (s->kind == STMT_DO && lower_is_once(s) && !(scan_flow(s->body).jumps & (JUMP_BREAK | JUMP_CONTINUE)))
        return plain_form(s->body);
    return s;
}

bool lower_statement(Lower *lo, Stmt *s, const Rest *after)
{
    s = plain_form(s);
    const Flow flow = scan_flow(s);
    if (!flow.jumps || is_empty(after)) {
        lower_plain(lo, s);
        return flow.completes;
    }
    if (lower_with_rest(lo, s, after))
        return false;
    if (flow.completes)
        lower_guarded(lo, s, flow.jumps, after);
    else
        lower_plain(lo, s);
    return false;
}

/* ({ ...; e; }): its statements, and the last one's value. */
Value *lower_statement_expression(Lower *lo, const Expr *e)
{
    const Stmt *body = e->body;
    Frame *const frames = lo->frames;
    Block *const scope = lo->scope;
    Value *value = NULL;
    lo->scope = lo->b.block;
    lo->frames = NULL;
    const Stmt *last = body->nstmts ? body->stmts[body->nstmts - 1] : NULL;
    const bool has_value = e->type->kind != TYPE_VOID && last && last->kind == STMT_EXPR;
    lower_list(lo, body->stmts, body->nstmts - (has_value ? 1 : 0));
    if (has_value)
        value = lower_value(lo, last->expr);
    else if (e->type->kind != TYPE_VOID)
        value = fence_anything(lo, e->type);
    lo->frames = frames;
    lo->scope = scope;
    return value;
}
