/*
 * emit_stmt.c: blocks, branches and functions as C text. What is declared where, and which values share a variable, is
 * settled when this begins (plan.c, coalesce.c, shape.c, emit_name.c); here it becomes lines.
 */
#include "emit.h"

/* ---- regions ---- */

/* The block's lines, with its copies, one step further in. Answers whether there are any. */
static bool emit_inside(Emitter *e, const Block *block)
{
    const size_t begin = e->out->count;
    e->join_at = 0;
    e->indent += INDENT;
    emit_block(e, block);
    emit_block_end(e, block);
    e->indent -= INDENT;
    e->join_at = 0;
    return e->out->count > begin;
}

Text emit_body_text(Emitter *e, const Block *block)
{
    Text text = {0};
    Text *outer = e->out;
    e->out = &text;
    emit_inside(e, block);
    e->out = outer;
    return text;
}

/* Is the text from `begin` to `end` a line that is not a comment? */
static bool is_one_line(const Text *text, size_t begin, size_t end)
{
    if (begin == end)
        return false;
    const char *line = text->at + begin, *newline = memchr(line, '\n', end - begin);
    return newline == text->at + end - 1 && line[strspn(line, " ")] != '/';
}

void emit_text(Emitter *e, const Text *text)
{
    if (text->count)
        text_add(e->out, text->at);
}

/* `header` and its body, in braces where that takes more than a line. */
void emit_with_body(Emitter *e, const char *header, const Text *body)
{
    const bool braces = !is_one_line(body, 0, body->count);
    emit_line(e, arena_printf("%s%s", header, braces ? " {" : ""));
    emit_text(e, body);
    if (braces)
        emit_line(e, "}");
}

/* The branch that is all that the block holds, for `else if`. */
static const Value *only_branch(Emitter *e, const Block *block)
{
    const Value *only = NULL;
    for (const Value *v = block->first; v; v = v->next) {
        if (!prints_something(e->plan, v))
            continue;
        if (only || v->kind != VAL_IF || note_of(e->plan, v)->place != PLACE_STATEMENT)
            return NULL;
        only = v;
    }
    if (!only)
        return NULL;
    const Note *note = note_of(e->plan, only), *owner = note_of(e->plan, block->owner);
    if (note->bare.count || note->locals.count || note->test || note->breaks[0] || note->breaks[1] || owner->breaks[1])
        return NULL;
    Copies copies = {0};
    copies_of_block(e->plan, block, &copies);
    return copies.count ? NULL : only;
}

/* An arm of an `if ... else if ... else` chain; the last one may be without condition. */
typedef struct {
    const char *condition;
    size_t body, end; /* where its lines are in the output */
} Arm;

typedef VEC(Arm) Arms;

static void open_arm(Emitter *e, const Arm *arm, bool is_first, bool braces)
{
    const char *start = is_first ? "" : braces ? "} else" : "else";
    const char *end = braces ? " {" : "";
    if (arm->condition)
        emit_line(e, arena_printf("%s%sif (%s)%s", start, is_first ? "" : " ", arm->condition, end));
    else
        emit_line(e, arena_printf("%s%s", start, end));
}

/* The arm, in braces, unless it is empty: branches may be nested deeply, and what is inside is not copied again for
 * each that is around it. */
static bool emit_arm(Emitter *e, Arms *arms, const char *condition, const Block *block)
{
    Arm arm = {.condition = condition};
    const size_t begin = e->out->count;
    open_arm(e, &arm, !arms->count, true);
    arm.body = e->out->count;
    if (!emit_inside(e, block)) {
        e->out->count = begin;
        return false;
    }
    arm.end = e->out->count;
    vec_push(arms, arm);
    return true;
}

static void emit_arms(Emitter *e, const Value *v, Arms *arms)
{
    const Value *chained = only_branch(e, v->blocks[1]);
    if (!emit_arm(e, arms, expr_condition(e, v->args[0], false), v->blocks[0]))
        emit_arm(e, arms, expr_condition(e, v->args[0], true), v->blocks[1]);
    else if (chained)
        emit_arms(e, chained, arms);
    else
        emit_arm(e, arms, NULL, v->blocks[1]);
}

/* Arms of one line each need no braces. Those are at the end of the output, from `begin` on. */
static void close_arms(Emitter *e, const Arms *arms, size_t begin)
{
    Text *out = e->out;
    for (size_t k = 0; k < arms->count; k++) {
        if (is_one_line(out, arms->at[k].body, arms->at[k].end))
            continue;
        emit_line(e, "}");
        return;
    }
    const char *lines = out->count > begin ? arena_strndup(out->at + begin, out->count - begin) : "";
    out->count = begin;
    for (size_t k = 0; k < arms->count; k++) {
        const Arm *arm = &arms->at[k];
        open_arm(e, arm, k == 0, false);
        text_add_n(out, lines + arm->body - begin, arm->end - arm->body);
    }
}

static const Value *flag_of(const Value *test)
{
    return test->args[0]->kind == VAL_LNOT ? test->args[0]->args[0] : test->args[0];
}

/* The lines of a block as part of the one around it. */
static void emit_unnested(Emitter *e, const Block *block)
{
    emit_block(e, block);
    emit_block_end(e, block);
}

/* What is left behind a break, without a condition. */
static void emit_rest(Emitter *e, const Value *v)
{
    const Note *note = note_of(e->plan, v);
    const int rest = note->test - 1;
    if (note->test_breaks)
        emit_break(e, note->breaks[1 - rest], flag_of(v), false);
    emit_unnested(e, v->blocks[rest]);
}

/* `if (c) { ...; break; }`, and the other branch behind it. */
static void emit_leaving(Emitter *e, const Value *v, int leaving)
{
    const size_t begin = e->out->count;
    Arms arms = {0};
    emit_arm(e, &arms, expr_condition(e, v->args[0], leaving == 1), v->blocks[leaving]);
    close_arms(e, &arms, begin);
    emit_unnested(e, v->blocks[1 - leaving]);
}

/* The branch that always leaves the loop; -1: none. */
static int leaving_branch(const Note *note)
{
    for (int k = 0; k < 2; k++)
        if (note->breaks[k] && !note->break_if[k] && (!note->breaks[1 - k] || note->break_if[1 - k]))
            return k;
    return -1;
}

bool emit_is_unnested(const Plan *plan, const Block *block)
{
    const Value *owner = block->owner;
    if (!owner || owner->kind != VAL_IF)
        return false;
    const Note *note = note_of(plan, owner);
    const int leaving = leaving_branch(note);
    return note->test ? block == owner->blocks[note->test - 1] : leaving >= 0 && block == owner->blocks[1 - leaving];
}

static void emit_if(Emitter *e, const Value *v)
{
    const Note *note = note_of(e->plan, v);
    const int leaving = leaving_branch(note);
    if (note->test) {
        emit_rest(e, v);
        return;
    }
    if (leaving >= 0) {
        emit_leaving(e, v, leaving);
        return;
    }
    const size_t begin = e->out->count;
    Arms arms = {0};
    emit_arms(e, v, &arms);
    close_arms(e, &arms, begin);
}

/* ---- blocks ---- */

static bool is_storage(const Value *v)
{
    return v->kind == VAL_ALLOC || v->kind == VAL_TAPE;
}

static bool is_release(const Value *v)
{
    return v->kind == VAL_FREE || v->kind == VAL_TAPE_FREE;
}

/* Nothing but storage is given back from here to the end. */
static bool is_last_release(Emitter *e, const Value *v)
{
    if (note_of(e->plan, v)->pos < e->releases_until) /* seen before */
        return false;
    for (; v; v = v->next)
        if (prints_something(e->plan, v) && !is_release(v)) {
            e->releases_until = note_of(e->plan, v)->pos;
            return false;
        }
    return true;
}

/* Blank lines in a function's body: behind the storage, before the reverse sweep, before the end. */
static void separate(Emitter *e, const Value *v)
{
    if (v->block->owner)
        return;
    if (e->after_storage && !is_storage(v)) {
        e->after_storage = false;
        emit_blank_line(e);
    }
    e->after_storage |= is_storage(v) && (e->after_storage || e->out->at[e->out->count - 2] == '{');
    if (v->adjoint && !e->in_adjoint) {
        e->in_adjoint = true;
        emit_blank_line(e);
    }
    if (is_release(v) && !e->at_end && is_last_release(e, v)) {
        e->at_end = true;
        emit_blank_line(e);
    }
}

static void emit_value(Emitter *e, const Value *v)
{
    const Note *note = note_of(e->plan, v);
    if (!prints_something(e->plan, v))
        return;
    separate(e, v);
    if (emit_declarations_before(e, v) || note->place == PLACE_NONE)
        return;
    if (note->place == PLACE_NAME)
        emit_named(e, note->expression ? v->results[0] : v);
    else if (v->kind == VAL_IF)
        emit_if(e, v);
    else if (v->kind == VAL_LOOP)
        emit_loop(e, v);
    else
        emit_effect(e, v);
}

void emit_block(Emitter *e, const Block *block)
{
    for (const Value *v = block->first; v; v = v->next)
        emit_value(e, v);
}

void emit_block_end(Emitter *e, const Block *block)
{
    if (block->owner->kind == VAL_LOOP && block == block->owner->blocks[0])
        return;
    Copies copies = {0};
    copies_of_block(e->plan, block, &copies);
    emit_copies(e, &copies);
    const Note *note = note_of(e->plan, block->owner);
    const int k = block == block->owner->blocks[1];
    if (note->breaks[k] && !note->test_breaks)
        emit_break(e, note->breaks[k], note->break_if[k], true);
}

/* ---- functions ---- */

const char *prototype_of(const Function *fn)
{
    Text text = {0};
    const char *result = fn->result_text;
    const char *space = result[strlen(result) - 1] == '*' ? "" : " ";
    text_printf(&text, "%s%s%s%s(", fn->is_static ? "static " : "", result, space, fn->name);
    for (int k = 0; k < fn->nparams; k++) {
        const Param *param = &fn->params[k];
        text_printf(&text, "%s%s%s%s", k ? ", " : "", param->before, param->name, param->after ? param->after : "");
    }
    text_add(&text, fn->nparams ? ")" : "void)");
    return text_string(&text);
}

enum { CONTRACT_WIDTH = 115 };

/* How much of the line's text stands in one line of the comment: whole words. */
static size_t fitting_words(const char *text)
{
    const size_t n = strcspn(text, "\n");
    if (n <= CONTRACT_WIDTH)
        return n;
    size_t end = CONTRACT_WIDTH;
    while (end && text[end] != ' ')
        end--;
    return end ? end : strcspn(text, " \n");
}

static void emit_contract(Text *out, const char *comment)
{
    if (!comment || !*comment)
        return;
    text_add(out, "/*\n");
    for (const char *start = comment; *start;) {
        const size_t n = fitting_words(start);
        text_printf(out, " *%s%s\n", n ? " " : "", emit_harmless(arena_strndup(start, n)));
        start += n + (start[n] == '\n' || start[n] == ' ');
    }
    text_add(out, " */\n");
}

/* How often each variable is assigned: once and at its declaration makes it const. */
static void count_writes(const Plan *plan, const Block *block)
{
    for (const Value *v = block->first; v; v = v->next) {
        const Note *note = note_of(plan, v);
        if (note->place == PLACE_NAME)
            web_of(plan, note->expression ? v->results[0] : v)->writes += v->kind == VAL_POP ? 2 : 1;
        if (note->place != PLACE_STATEMENT)
            continue;
        for (int k = 0; ir_is_region(v) && k < v->nresults; k++) {
            Web *web = web_of(plan, v->kind == VAL_LOOP ? v->carried[k] : v->results[k]);
            if (web)
                web->writes += 2;
        }
        for (int k = 0; k < 2; k++)
            if (v->blocks[k])
                count_writes(plan, v->blocks[k]);
    }
}

static bool returns_record(const Function *fn)
{
    return fn->result && fn->result->kind == TYPE_RECORD;
}

static void emit_return(Emitter *e)
{
    const Function *fn = e->fn;
    if (e->in_adjoint && !e->at_end && (returns_record(fn) || fn->body->nyields))
        emit_blank_line(e);
    if (returns_record(fn))
        emit_line(e, arena_printf("return %s;", e->result_name));
    else if (fn->body->nyields)
        emit_line(e, arena_printf("return %s;", expr_given(e, fn->body->yields[0], fn->result)));
}

/* A parameter that only the signature asks for. */
static void emit_unused_params(Emitter *e)
{
    for (int k = 0; k < e->fn->nparams; k++) {
        const Param *param = &e->fn->params[k];
        if (!param->value || !note_of(e->plan, param->value)->uses)
            emit_line(e, arena_printf("(void)%s;", param->name));
    }
}

static void emit_body(Emitter *e)
{
    emit_unused_params(e);
    if (returns_record(e->fn)) {
        e->result_name = names_fresh(e->names, "result");
        emit_line(e, arena_printf("%s;", declare(e->fn->result, e->result_name, NULL)));
    }
    emit_block(e, e->fn->body);
    emit_return(e);
}

enum { MAX_ROUNDS = 4 };

void emit_function(Text *out, const Module *module, const Function *fn, Needs *needs)
{
    Plan plan = {0};
    Webs webs = {0};
    plan_function(&plan, fn);
    for (int round = 0; !coalesce(&plan, &webs) && round < MAX_ROUNDS; round++)
        plan_function(&plan, fn);
    shape_loops(&plan);
    Names *names = names_new(module, fn);
    names_assign(names, &plan, &webs);
    coalesce_declare(&plan, &webs);
    initial_find(&plan);
    count_writes(&plan, fn->body);
    Emitter e = {.plan = &plan, .module = module, .fn = fn, .needs = needs, .names = names, .out = out};
    emit_contract(out, fn->comment);
    text_line(out, 0, prototype_of(fn));
    text_add(out, "{\n");
    e.indent = INDENT;
    emit_body(&e);
    text_add(out, "}\n");
}
