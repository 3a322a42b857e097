/*
 * lower_switch.c: switch. Its body is a list of segments, each behind its labels; segments that fall through into each
 * other are an arm. Arms become a chain of branches on a value computed once, the default one last:
 *
 *     case 1: a; break;  case 2: b;  case 3: c; break;  default: d;
 *     if (v == 1) { a } else if (v == 2 || v == 3) { if (v == 2) { b }  c } else { d }
 *
 * Segment k of an arm runs when one of the labels up to its own is met, so that falling through needs no flag.
 */
#include "lower.h"

typedef struct {
    VEC(const Stmt *) labels; /* STMT_CASE */
    bool is_default;
    VEC(Stmt *) stmts;
    Flow flow;
    Value *match;
} Segment;

typedef struct {
    size_t first, last; /* segments */
    bool is_default;
    bool completes; /* behind the switch */
} Arm;

typedef struct {
    const Stmt *stmt;
    VEC(Segment) segments;
    VEC(Arm) arms;
    bool has_default;
    size_t nbefore; /* statements before the first label */
} Switch;

/* ---- segments ---- */

/* Reads the labels; returns the statement behind them. */
static Stmt *open_segment(Switch *sw, Stmt *s)
{
    Segment segment = {0};
    while (s && (s->kind == STMT_CASE || s->kind == STMT_DEFAULT)) {
        if (s->kind == STMT_CASE)
            vec_push(&segment.labels, s);
        else
            segment.is_default = sw->has_default = true;
        s = s->body;
    }
    vec_push(&sw->segments, segment);
    return s;
}

static Switch find_segments(const Stmt *s)
{
    Switch sw = {.stmt = s};
    Stmt *const *body = s->body->kind == STMT_BLOCK ? s->body->stmts : &s->body;
    const size_t count = s->body->kind == STMT_BLOCK ? s->body->nstmts : 1;
    for (size_t k = 0; k < count; k++) {
        Stmt *item = body[k];
        if (item->kind == STMT_CASE || item->kind == STMT_DEFAULT)
            item = open_segment(&sw, item);
        if (sw.segments.count == 0) {
            sw.nbefore = k + 1;
            continue;
        }
        if (item)
            vec_push(&sw.segments.at[sw.segments.count - 1].stmts, item);
    }
    return sw;
}

static void find_arms(Switch *sw)
{
    Arm arm = {0};
    for (size_t k = 0; k < sw->segments.count; k++) {
        Segment *segment = &sw->segments.at[k];
        const Flow flow = segment->flow = scan_list_flow(segment->stmts.at, segment->stmts.count);
        const bool is_last = k + 1 == sw->segments.count;
        arm.last = k;
        arm.is_default |= segment->is_default;
        arm.completes |= (flow.jumps & JUMP_BREAK) || (is_last && flow.completes);
        if (flow.completes && !is_last)
            continue;
        vec_push(&sw->arms, arm);
        arm = (Arm){.first = k + 1};
    }
}

Flow lower_switch_flow(const Stmt *s)
{
    Switch sw = find_segments(s);
    find_arms(&sw);
    Flow flow = {.completes = !sw.has_default};
    for (size_t k = 0; k < sw.segments.count; k++)
        flow.jumps |= sw.segments.at[k].flow.jumps;
    for (size_t k = 0; k < sw.arms.count; k++)
        flow.completes |= sw.arms.at[k].completes;
    flow.jumps &= ~(Jumps)JUMP_BREAK;
    return flow;
}

/* ---- declarations that several segments see ---- */

static bool is_used_elsewhere(const Switch *sw, const Decl *d, size_t home)
{
    for (size_t k = 0; k < sw->segments.count; k++)
        for (size_t i = 0; k != home && i < sw->segments.at[k].stmts.count; i++)
            if (scan_uses(sw->segments.at[k].stmts.at[i], d))
                return true;
    return false;
}

static void declare_shared(Lower *lo, const Switch *sw)
{
    for (size_t k = 0; k < sw->nbefore && sw->stmt->body->kind == STMT_BLOCK; k++)
        lower_declare_all_early(lo, sw->stmt->body->stmts[k]);
    for (size_t k = 0; k < sw->segments.count; k++) {
        const Segment *segment = &sw->segments.at[k];
        for (size_t i = 0; i < segment->stmts.count; i++)
            for (size_t d = 0; d < segment->stmts.at[i]->ndecls; d++)
                if (is_used_elsewhere(sw, segment->stmts.at[i]->decls[d], k))
                    lower_declare_early(lo, segment->stmts.at[i]->decls[d]);
    }
}

/* ---- matching ---- */

static Value *either(Lower *lo, Value *x, Value *y)
{
    if (!x || !y)
        return x ? x : y;
    return ir_binary(&lo->b, VAL_LOR, lo->types->int_, x, y);
}

static Value *compare(Lower *lo, ValueKind rel, Value *v, const Expr *label)
{
    return ir_binary(&lo->b, rel, lo->types->int_, v, lower_convert(lo, v->type, lower_value(lo, label)));
}

static Value *match_label(Lower *lo, Value *v, const Stmt *label)
{
    if (!label->high)
        return compare(lo, VAL_EQ, v, label->expr);
    Value *low = compare(lo, VAL_GE, v, label->expr);
    return ir_binary(&lo->b, VAL_LAND, lo->types->int_, low, compare(lo, VAL_LE, v, label->high));
}

static Value *match_labels(Lower *lo, Value *v, const Segment *segment)
{
    Value *match = NULL;
    for (size_t k = 0; k < segment->labels.count; k++)
        match = either(lo, match, match_label(lo, v, segment->labels.at[k]));
    return match;
}

/* The default label is met where no other one is. */
static Value *match_default(Lower *lo, Value *v, const Switch *sw)
{
    Value *any = NULL;
    for (size_t k = 0; k < sw->segments.count; k++)
        any = either(lo, any, match_labels(lo, v, &sw->segments.at[k]));
    return any ? ir_unary(&lo->b, VAL_LNOT, lo->types->int_, any) : ir_int(&lo->b, lo->types->int_, 1);
}

/* Sets the matches of an arm's segments; returns the arm's. */
static Value *match_arm(Lower *lo, Value *v, Switch *sw, const Arm *arm)
{
    Value *entered = NULL;
    if (arm->is_default && arm->first == arm->last)
        return NULL;
    for (size_t k = arm->first; k <= arm->last; k++) {
        Segment *segment = &sw->segments.at[k];
        segment->match = match_labels(lo, v, segment);
        if (segment->is_default)
            segment->match = either(lo, segment->match, match_default(lo, v, sw));
        entered = either(lo, entered, segment->match);
    }
    return entered;
}

/* ---- arms ---- */

static void lower_segments(Lower *lo, const Switch *sw, const Arm *arm, size_t k, Value *entered, const Rest *after);

/* Segment k of an arm, which falls through into the next one unless it jumps. */
static void lower_falling_segment(Lower *lo, const Switch *sw, const Arm *arm, size_t k, Value *entered,
                                  const Rest *after)
{
    const Segment *segment = &sw->segments.at[k];
    const Jumps jumps = segment->flow.jumps;
    Frame own = {.left = true};
    Frame *frame = jumps ? frame_of(lo, jumps) : NULL;
    entered = either(lo, entered, segment->match);
    if (jumps && !frame) {
        own.flag = frame_flag(lo, frame_flag_name(jumps), false);
        frame_push(lo, frame = &own);
    }
    Value *region = ir_if(&lo->b, entered);
    lower_branch(lo, region->blocks[0], &(Rest){.stmts = segment->stmts.at, .count = segment->stmts.count});
    if (frame == &own)
        frame_pop(lo);
    Block *const outer = lo->b.block, *const scope = lo->scope;
    if (frame)
        lo->b.block = lo->scope = ir_if(&lo->b, frame_intact(lo, frame))->blocks[0];
    lower_segments(lo, sw, arm, k + 1, entered, after);
    lo->b.block = outer;
    lo->scope = scope;
}

static void lower_segments(Lower *lo, const Switch *sw, const Arm *arm, size_t k, Value *entered, const Rest *after)
{
    const Segment *segment = &sw->segments.at[k];
    if (k < arm->last)
        lower_falling_segment(lo, sw, arm, k, entered, after);
    else
        lower_rest(lo, &(Rest){.stmts = segment->stmts.at, .count = segment->stmts.count, .next = after});
}

static void lower_arm(Lower *lo, const Switch *sw, const Arm *arm)
{
    Frame arrival = {.absorbs = JUMP_BREAK};
    frame_push(lo, &arrival);
    lower_segments(lo, sw, arm, arm->first, NULL, NULL);
    frame_pop(lo);
}

/*
 * The one arm that gets behind the switch takes what comes after: without a break, or with one that ends it. NULL arm:
 * no label is met.
 */
static void lower_arm_with_rest(Lower *lo, Switch *sw, const Arm *arm, const Rest *after)
{
    if (!arm) {
        lower_rest(lo, after);
        return;
    }
    Segment *segment = &sw->segments.at[arm->last];
    if (segment->stmts.count && segment->stmts.at[segment->stmts.count - 1]->kind == STMT_BREAK)
        segment->stmts.count--;
    lower_segments(lo, sw, arm, arm->first, NULL, after);
}

static bool can_take_rest(const Switch *sw, const Arm *arm)
{
    if (!arm)
        return true;
    if (arm->first != arm->last)
        return false;
    const Segment *segment = &sw->segments.at[arm->last];
    const bool ends = segment->stmts.count && segment->stmts.at[segment->stmts.count - 1]->kind == STMT_BREAK;
    return !(scan_list_flow(segment->stmts.at, segment->stmts.count - (ends ? 1 : 0)).jumps & JUMP_BREAK);
}

/* How many ways lead behind the switch; *arm is the last of them (NULL: no label met). */
static size_t count_completing(const Switch *sw, const Arm **arm)
{
    size_t count = !sw->has_default;
    *arm = NULL;
    for (size_t k = 0; k < sw->arms.count; k++) {
        if (sw->arms.at[k].completes) {
            *arm = &sw->arms.at[k];
            count++;
        }
    }
    return count;
}

/* ---- the chain ---- */

typedef struct {
    Switch *sw;
    bool passes_rest;
    const Arm *takes_rest;
    const Rest *after;
} Chain;

static void lower_chain_arm(Lower *lo, const Chain *chain, const Arm *arm)
{
    if (chain->passes_rest && arm == chain->takes_rest)
        lower_arm_with_rest(lo, chain->sw, arm, chain->after);
    else if (arm)
        lower_arm(lo, chain->sw, arm);
}

/*
 * A long chain is taken in parts, one behind the other, or what its last arms compute would be handed out through as
 * many branches: where none of a part's labels is met, the flag says that the next part is still to be tried.
 */
static void begin_part(Lower *lo, Block *outer, Value *flag)
{
    ir_store(&lo->b, flag, ir_int(&lo->b, lo->types->bool_, 1));
    lo->b.block = outer;
    Value *guard = ir_if(&lo->b, ir_load(&lo->b, flag));
    lo->b.block = lo->scope = guard->blocks[0];
    ir_store(&lo->b, flag, ir_int(&lo->b, lo->types->bool_, 0));
}

static void lower_chain(Lower *lo, const Chain *chain, Value *v)
{
    enum { MAX_CHAIN = 64 };
    Switch *sw = chain->sw;
    Block *const outer = lo->b.block, *const scope = lo->scope;
    const Arm *last = NULL;
    Value *flag = sw->arms.count > MAX_CHAIN ? frame_flag(lo, "other", false) : NULL;
    for (size_t k = 0; k < sw->arms.count; k++) {
        const Arm *arm = &sw->arms.at[k];
        lo->b.loc = sw->stmt->loc;
        if (arm->is_default) {
            match_arm(lo, v, sw, arm);
            last = arm;
            continue;
        }
        if (k && k % MAX_CHAIN == 0)
            begin_part(lo, outer, flag);
        Value *region = ir_if(&lo->b, match_arm(lo, v, sw, arm));
        lo->b.block = lo->scope = region->blocks[0];
        lower_chain_arm(lo, chain, arm);
        lo->b.block = lo->scope = region->blocks[1];
    }
    lower_chain_arm(lo, chain, last);
    lo->b.block = outer;
    lo->scope = scope;
}

static bool refuse_nested_labels(const Switch *sw)
{
    for (size_t k = 0; k < sw->segments.count; k++) {
        for (size_t i = 0; i < sw->segments.at[k].stmts.count; i++) {
            const Stmt *s = sw->segments.at[k].stmts.at[i];
            if (!scan_has_case_label(s))
                continue;
            fence_refuse(s->loc, "a case label inside a block of its switch",
                         "put case labels at the top level of the switch");
            return true;
        }
    }
    return false;
}

/* With `after`: false where no arm can take it, and nothing has been lowered. */
bool lower_switch(Lower *lo, const Stmt *s, const Rest *after)
{
    Switch sw = find_segments(s);
    Chain chain = {.sw = &sw, .after = after};
    find_arms(&sw);
    if (after) {
        const size_t ways = count_completing(&sw, &chain.takes_rest);
        if (ways > 1 || (ways == 1 && !can_take_rest(&sw, chain.takes_rest)))
            return false;
        chain.passes_rest = ways == 1;
    }
    if (refuse_nested_labels(&sw))
        return true;
    lo->b.loc = s->loc;
    Value *v = lower_value(lo, s->expr);
    declare_shared(lo, &sw);
    lower_chain(lo, &chain, v);
    return true;
}
