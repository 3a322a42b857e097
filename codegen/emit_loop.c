/*
 * emit_loop.c: the headers of loops, counted ones forwards and backwards, and the others as while, do or for (;;).
 */
#include "emit.h"

#include <stdlib.h>

/* ---- counted loops ---- */

static const char *counter_declaration(Emitter *e, const Value *loop)
{
    return declare(variable_type(loop->counter->type), note_of(e->plan, loop->counter)->name, NULL);
}

static const char *step_text(const Value *loop, const char *name, int64_t step)
{
    if (step == 1)
        return arena_printf("%s++", name);
    if (step == -1)
        return arena_printf("%s--", name);
    const Type *type = loop->counter->type;
    if (type->kind == TYPE_INT && type->rank < 3)
        return arena_printf("%s = (%s)(%s %s %lld)", name, type->name, name, step < 0 ? "-" : "+", llabs(step));
    return arena_printf("%s %s %lld", name, step < 0 ? "-=" : "+=", llabs(step));
}

static const char *relation_text(ValueKind rel)
{
    static const char *const text[] = {"==", "!=", "<", "<=", ">", ">="};
    return text[rel - VAL_EQ];
}

static const char *forward_header(Emitter *e, const Value *loop)
{
    const char *name = note_of(e->plan, loop->counter)->name;
    const Type *type = loop->counter->type;
    return arena_printf("for (%s = %s; %s %s %s; %s)", counter_declaration(e, loop), expr_assigned(e, loop->from, type),
                        name, relation_text(loop->rel), expr_assigned(e, loop->to, type),
                        step_text(loop, name, loop->step));
}

/* `bound + shift` with the shift done on constants. */
static const char *shifted(Emitter *e, const Value *bound, int shift)
{
    if (bound->kind == VAL_INT && bound->type->kind == TYPE_INT)
        return int_text(bound->type, bound->i + shift, true);
    const Type *type = bound->type;
    const bool narrow = type->kind == TYPE_INT && type->rank < 3;
    if (!shift)
        return expr_assigned(e, bound, type);
    /* n + 1 - 1 */
    if ((bound->kind == VAL_ADD || bound->kind == VAL_SUB) && is_folded(e->plan, bound) &&
        bound->args[1]->kind == VAL_INT) {
        const int64_t inner = bound->kind == VAL_ADD ? bound->args[1]->i : -bound->args[1]->i;
        const int64_t sum = inner + shift;
        const char *x = wrapped(expr(e, bound->args[0]), PREC_ADD);
        if (sum == 0)
            return x;
        return arena_printf("%s %s %lld", x, sum < 0 ? "-" : "+", llabs(sum));
    }
    const char *text = arena_printf("%s %s %d", wrapped(expr(e, bound), PREC_ADD), shift < 0 ? "-" : "+", abs(shift));
    return narrow ? arena_printf("(%s)(%s)", type->name, text) : text;
}

/* Signed counters by steps of one: the same counter values from the other end. */
static const char *reversed_signed(Emitter *e, const Value *loop)
{
    const char *name = note_of(e->plan, loop->counter)->name;
    const Type *type = loop->counter->type;
    const bool upward = loop->step > 0;
    const bool inclusive = loop->rel == VAL_LE || loop->rel == VAL_GE; /* up to != means below: the loop ends */
    const char *start = shifted(e, loop->to, inclusive ? 0 : upward ? -1 : 1);
    return arena_printf("for (%s = %s; %s %s %s; %s)", counter_declaration(e, loop), start, name,
                        upward ? ">=" : "<=", expr_assigned(e, loop->from, type), step_text(loop, name, -loop->step));
}

/* Unsigned ones would wrap around below zero: the test comes before the step. */
static const char *reversed_unsigned(Emitter *e, const Value *loop)
{
    const char *name = note_of(e->plan, loop->counter)->name;
    const Type *type = loop->counter->type;
    const char *from = expr_assigned(e, loop->from, type);
    const bool inclusive = loop->rel == VAL_LE || loop->rel == VAL_GE;
    if (loop->step > 0)
        return arena_printf("for (%s = %s; %s-- %s %s;)", counter_declaration(e, loop), shifted(e, loop->to, inclusive),
                            name, loop->rel == VAL_NE ? "!=" : ">", from);
    return arena_printf("for (%s = %s; %s++ %s %s;)", counter_declaration(e, loop),
                        shifted(e, loop->to, inclusive ? -1 : 0), name, loop->rel == VAL_NE ? "!=" : "<", from);
}

/* How often a loop between constants runs. */
static uint64_t constant_trips(const Value *loop)
{
    const bool upward = loop->step > 0;
    const int64_t low = upward ? loop->from->i : loop->to->i, high = upward ? loop->to->i : loop->from->i;
    const bool inclusive = loop->rel == VAL_LE || loop->rel == VAL_GE;
    const uint64_t step = upward ? (uint64_t)loop->step : -(uint64_t)loop->step;
    if (high < low || (high == low && !inclusive))
        return 0;
    return ((uint64_t)high - (uint64_t)low - !inclusive) / step + 1;
}

/* Both ends are known, or the first value is and the loop goes up: the last value is computed, the rest is the loop
 * backwards. */
static const char *reversed_from_last(Emitter *e, const Value *loop)
{
    const char *name = note_of(e->plan, loop->counter)->name;
    const long long from = loop->from->i, step = llabs(loop->step);
    const bool inclusive = loop->rel == VAL_LE;
    const char *last;
    if (loop->to->kind == VAL_INT) {
        const int64_t trips = (int64_t)constant_trips(loop);
        last = int_text(loop->to->type, loop->from->i + (trips - 1) * loop->step, true);
    } else {
        const char *to = wrapped(expr(e, loop->to), PREC_ADD);
        const char *span = shifted(e, loop->to, (int)(inclusive ? -from : -from - 1));
        const char *rounded =
            arena_printf(strchr(span, ' ') ? "(%s) / %lld * %lld" : "%s / %lld * %lld", span, step, step);
        const char *offset = from ? arena_printf(" + %lld", from) : "";
        last = arena_printf("%s %s %lld ? %s%s : %lld", to, inclusive ? ">=" : ">", from, rounded, offset, from - 1);
    }
    return arena_printf("for (%s = %s; %s %s %lld; %s)", counter_declaration(e, loop), last, name,
                        loop->step > 0 ? ">=" : "<=", from, step_text(loop, name, -loop->step));
}

static bool has_plain_last(const Value *loop)
{
    const Type *type = loop->counter->type;
    const int64_t from = loop->from->i;
    if (!type->is_signed || type->rank < 3 || loop->from->kind != VAL_INT || loop->rel == VAL_NE || from > 1 << 20 ||
        from < -(1 << 20))
        return false;
    const int64_t to = loop->to->i;
    if (loop->to->kind == VAL_INT)
        return to < 1 << 30 && to > -(1 << 30);
    return loop->step > 0 && from >= 0;
}

static bool is_zero(const Value *v)
{
    return v->kind == VAL_INT && v->i == 0;
}

static const char *difference(Emitter *e, const Value *high, const Value *low)
{
    const char *wide = arena_printf("(unsigned long long)%s", wrapped(expr(e, high), PREC_UNARY));
    return is_zero(low) ? wide : arena_printf("(%s - (unsigned long long)%s)", wide, wrapped(expr(e, low), PREC_UNARY));
}

/*
 * Any step: iterations are counted down, and the counter is computed from the number of the iteration. The differences
 * are taken in an unsigned type, so that nothing overflows.
 */
static const char *reversed_by_number(Emitter *e, const Value *loop, const char **first_line)
{
    const Type *type = loop->counter->type;
    const char *name = note_of(e->plan, loop->counter)->name, *k = names_fresh(e->names, "k");
    const bool upward = loop->step > 0, inclusive = loop->rel == VAL_LE || loop->rel == VAL_GE;
    const char *from = wrapped(expr(e, loop->from), PREC_UNARY), *to = wrapped(expr(e, loop->to), PREC_UNARY);
    const long long step = llabs(loop->step);
    const char *range = upward ? difference(e, loop->to, loop->from) : difference(e, loop->from, loop->to);
    const char *trips = loop->rel == VAL_NE ? arena_printf("%s / %lld", range, step)
                        : inclusive         ? arena_printf("%s / %lld + 1", range, step)
                                            : arena_printf("(%s - 1) / %lld + 1", range, step);
    if (loop->rel != VAL_NE)
        trips = arena_printf("%s %s %s ? %s : 0", from, relation_text(loop->rel), to, trips);
    if (loop->from->kind == VAL_INT && loop->to->kind == VAL_INT && loop->rel != VAL_NE)
        trips = arena_printf("%llu", (unsigned long long)constant_trips(loop));
    const char *offset = arena_printf("%s * %lld", k, step);
    if (!upward || !is_zero(loop->from))
        offset = arena_printf("(unsigned long long)%s %s %s", from, upward ? "+" : "-", offset);
    if (note_of(e->plan, loop->counter)->uses)
        *first_line = arena_printf("const %s %s = (%s)(%s);", type->name, name, type->name, offset);
    return arena_printf("for (unsigned long long %s = %s; %s-- > 0;)", k, trips, k);
}

static const char *reversed_pointer(Emitter *e, const Value *loop, const char **first_line)
{
    const char *name = note_of(e->plan, loop->counter)->name;
    *first_line = arena_printf("%s;", step_text(loop, name, -loop->step));
    const char *rel = loop->rel == VAL_NE ? "!=" : loop->step > 0 ? ">" : "<";
    return arena_printf("for (%s = %s; %s %s %s;)", counter_declaration(e, loop), expr(e, loop->to).text, name, rel,
                        expr(e, loop->from).text);
}

static const char *counted_header(Emitter *e, const Value *loop, const char **first_line)
{
    const Type *type = loop->counter->type;
    if (!loop->reversed)
        return forward_header(e, loop);
    if (type->kind == TYPE_POINTER)
        return reversed_pointer(e, loop, first_line);
    if (loop->step != 1 && loop->step != -1)
        return has_plain_last(loop) ? reversed_from_last(e, loop) : reversed_by_number(e, loop, first_line);
    return type->is_signed ? reversed_signed(e, loop) : reversed_unsigned(e, loop);
}

/* What the header asks for; NULL where only breaks end the loop. */
static const Value *condition_of(Emitter *e, const Value *loop)
{
    const Value *rest;
    if (!note_of(e->plan, loop)->flag)
        return loop->blocks[0]->yields[0];
    exit_flag(loop, &rest);
    return rest;
}

/* The loop's lines in front of and behind its body's. */
static Text loop_text(Emitter *e, const Value *loop, const char *first_line)
{
    Text text = {0};
    if (first_line)
        text_line(&text, e->indent + INDENT, first_line);
    if (loop->blocks[0] && !block_is_folded(e->plan, loop->blocks[0])) {
        Text lines = emit_body_text(e, loop->blocks[0]);
        text_add(&text, text_string(&lines));
        const Value *condition = condition_of(e, loop);
        if (condition)
            text_printf(&text, "%*sif (%s)\n%*sbreak;\n", e->indent + INDENT, "", expr_condition(e, condition, true),
                        e->indent + 2 * INDENT, "");
    }
    Text body = emit_body_text(e, loop->blocks[1]);
    text_add(&text, text_string(&body));
    return text;
}

static bool is_constant_true(const Value *v)
{
    return v->kind == VAL_INT && v->i != 0;
}

static const char *step_in_header(Emitter *e, const Value *loop)
{
    const Note *note = note_of(e->plan, loop);
    Web *web = web_of(e->plan, loop->carried[note->stepped - 1]);
    const char *init = expr_assigned(e, loop->args[note->stepped - 1], web->type);
    const char *declaration = emit_declarator(e, web, web->name);
    web->declared = true;
    return arena_printf("for (%s = %s; %s; %s)", declaration, init, expr_condition(e, condition_of(e, loop), false),
                        emit_assignment_text(e, web, note->step));
}

static void emit_while(Emitter *e, const Value *loop)
{
    const Value *condition = condition_of(e, loop);
    const bool is_folded_condition = block_is_folded(e->plan, loop->blocks[0]);
    const char *header = note_of(e->plan, loop)->step ? step_in_header(e, loop)
                         : is_folded_condition && condition && !is_constant_true(condition)
                             ? arena_printf("while (%s)", expr_condition(e, condition, false))
                             : "for (;;)";
    const Text body = loop_text(e, loop, NULL);
    emit_with_body(e, header, &body);
}

/* The loop takes a set of lanes in each iteration. */
static bool goes_by_lanes(const Value *loop)
{
    for (const Value *v = loop->blocks[1]->first; v; v = v->next)
        if (v->kind == VAL_LOOP && v->over_lanes)
            return true;
    return false;
}

static void emit_counted(Emitter *e, const Value *loop)
{
    const char *first_line = NULL;
    const char *header = counted_header(e, loop, &first_line);
    const Text body = loop_text(e, loop, first_line);
    if (loop->over_lanes) {
        e->needs->lanes = true;
        emit_line(e, "ADGEN_LANES");
    } else if (goes_by_lanes(loop)) {
        emit_line(e, "ADGEN_BY_LANES");
    }
    emit_with_body(e, header, &body);
}

static void emit_do(Emitter *e, const Value *loop)
{
    Note *note = note_of(e->plan, loop);
    const int flag = note->do_flag - 1;
    const Value *next = loop->blocks[1]->yields[flag];
    const bool direct = note->do_direct;
    Web *web = web_of(e->plan, loop->carried[flag]);
    if (!direct)
        note->do_flag = 0;
    const bool is_written = !direct || (!is_folded(e->plan, next) && web_of(e->plan, next) == web);
    if (is_written && !web->declared && !web->param)
        emit_bare(e, web);
    const Text body = loop_text(e, loop, NULL);
    emit_line(e, "do {");
    emit_text(e, &body);
    emit_line(e, arena_printf("} while (%s);", direct ? expr_condition(e, next, false) : web->name));
}

void emit_break(Emitter *e, const Value *loop, const Value *condition, bool sets_flag)
{
    const Note *note = note_of(e->plan, loop);
    Text body = {0};
    Text *outer = e->out;
    const int inner = condition ? INDENT : 0;
    e->out = &body;
    e->indent += inner;
    if (sets_flag && note->flag_is_needed)
        emit_line(e, arena_printf("%s = %d;", web_of(e->plan, loop->carried[note->flag - 1])->name, note->flag_sets));
    emit_line(e, "break;");
    e->indent -= inner;
    e->out = outer;
    if (condition)
        emit_with_body(e, arena_printf("if (%s)", expr_condition(e, condition, false)), &body);
    else
        emit_text(e, &body);
}

void emit_loop(Emitter *e, const Value *loop)
{
    const Note *note = note_of(e->plan, loop);
    Copies copies = {0};
    for (int k = 0; k < loop->nresults; k++)
        if (k != note->do_flag - 1 && k != note->stepped - 1 && (k != note->flag - 1 || note->flag_is_needed))
            copies_add(e->plan, &copies, loop->carried[k], loop->args[k]);
    emit_copies(e, &copies);
    if (emit_copy_loop(e, loop))
        return;
    if (loop->counted)
        emit_counted(e, loop);
    else if (note->do_flag)
        emit_do(e, loop);
    else
        emit_while(e, loop);
}
