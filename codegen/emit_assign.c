/*
 * emit_assign.c: lines, and values that go into variables. The one thing decided here is the order of the copies at the
 * end of a block: all yields are read before any result is written. A copy waits for those that still read its target;
 * where copies wait for each other in a ring, one value is kept in a temporary.
 */
#include "emit.h"

#include <ctype.h>

enum { COMMENT_WIDTH = 90, LEAST_COMMENT_WIDTH = 60, COMMENT_COLUMNS = 106, JOIN_WIDTH = 90 };

/* ---- lines ---- */

void emit_line(Emitter *e, const char *text)
{
    text_line(e->out, e->indent, text);
}

void emit_blank_line(Emitter *e)
{
    if (e->out->count > 1 && strcmp(e->out->at + e->out->count - 2, "{\n") != 0 &&
        strcmp(e->out->at + e->out->count - 2, "\n\n") != 0)
        text_add(e->out, "\n");
}

/* Text that may stand in a comment. */
const char *emit_harmless(const char *text)
{
    char *copy = arena_strdup(text);
    for (char *c = copy; *c; c++)
        if ((c[0] == '*' && c[1] == '/') || (c[0] == '/' && c[1] == '*'))
            c[1] = c[1] == '/' ? '|' : '.';
    return copy;
}

/* Does the statement go on in the next line? */
static bool goes_on(const char *line)
{
    size_t n = line ? strlen(line) : 0;
    while (n && isspace((unsigned char)line[n - 1]))
        n--;
    const bool ends_comment = n > 1 && line[n - 2] == '*' && line[n - 1] == '/';
    return n && strchr("+-*/%=&|^?<>,(", line[n - 1]) && !ends_comment;
}

enum { MAX_LINES = 8 }; /* of a statement */

/* The statement that the line is of begins there. */
static Loc statement_start(Loc loc)
{
    for (int k = 1; k < MAX_LINES && goes_on(diag_source_line(loc.file, loc.line - 1)); k++)
        loc.line--;
    return loc;
}

static void add_line(Text *text, const char *line)
{
    while (isspace((unsigned char)*line))
        line++;
    size_t n = strlen(line);
    while (n && isspace((unsigned char)line[n - 1]))
        n--;
    if (n && text->count && text->at[text->count - 1] != '(')
        text_add(text, " ");
    text_add_n(text, line, n);
}

/* As much of the text as there is room for, in whole words. */
static const char *shortened(const char *text, int room)
{
    int n = room;
    while (n > room / 2 && text[n] != ' ')
        n--;
    return arena_printf("%.*s ...", n > room / 2 ? n : room, text);
}

/* The statement that begins there, as far as there is room. */
static const char *quoted_statement(Loc start, int indent)
{
    const int left = COMMENT_COLUMNS - indent;
    const int room = left > COMMENT_WIDTH ? COMMENT_WIDTH : left > LEAST_COMMENT_WIDTH ? left : LEAST_COMMENT_WIDTH;
    Text text = {0};
    const char *line = diag_source_line(start.file, start.line);
    for (unsigned k = 1; line; k++) {
        add_line(&text, line);
        line = k < MAX_LINES && goes_on(line) ? diag_source_line(start.file, start.line + k) : NULL;
    }
    const bool fits = text.count <= (size_t)room;
    const char *quoted = text_string(&text);
    return emit_harmless(fits ? quoted : shortened(quoted, room));
}

/* What differentiation does for a parameter has the function's own place. */
static bool is_signature(const Emitter *e, Loc loc)
{
    const Function *fn = e->fn->primal ? e->fn->primal : e->fn;
    return loc.line == fn->loc.line || loc.line == fn->definition_loc.line;
}

/* Does it have to do with an adjoint, or only with values of the primal that are needed again? */
static bool mentions_adjoint(const Emitter *e, const Value *v, int depth)
{
    const Web *web = is_folded(e->plan, v) ? NULL : web_of(e->plan, v);
    if (is_bar(web && web->hint ? web->hint : v->hint))
        return true;
    if (depth > 0 && !is_folded(e->plan, v))
        return false;
    if (is_operator_result(e->plan, v))
        return mentions_adjoint(e, v->region->blocks[0]->yields[0], depth + 1) ||
               mentions_adjoint(e, v->region->blocks[1]->yields[0], depth + 1);
    for (int k = 0; k < v->nargs; k++)
        if (mentions_adjoint(e, v->args[k], depth + 1))
            return true;
    return false;
}

/* A loop as a whole: its line says nothing of what adds up the sums that it left in lanes. */
static bool is_loop_keyword(Loc loc)
{
    const char *line = diag_source_line(loc.file, loc.line);
    const size_t at = loc.col ? loc.col - 1 : 0;
    if (!line || strlen(line) < at)
        return false;
    return strncmp(line + at, "for", 3) == 0 || strncmp(line + at, "while", 5) == 0;
}

/* In the reverse sweep, the user's line above the adjoint of it. */
void emit_quote(Emitter *e, const Value *v)
{
    if (!v->adjoint || !v->loc.line || v->kind == VAL_POP || !mentions_adjoint(e, v, 0))
        return;
    const Loc start = statement_start(v->loc);
    if (is_signature(e, v->loc) || is_signature(e, start) || is_loop_keyword(v->loc))
        return;
    const bool same_file = e->last_file && start.file && strcmp(e->last_file, start.file) == 0;
    if (same_file && e->last_line == start.line)
        return;
    e->last_line = start.line;
    e->last_file = start.file;
    const char *quoted = quoted_statement(start, e->indent);
    if (!*quoted)
        return;
    const char *slash = strrchr(start.file, '/');
    const bool is_main = e->module->file && strcmp(e->module->file, start.file) == 0;
    const char *where = is_main ? "" : arena_printf("%s:", slash ? slash + 1 : start.file);
    text_printf(e->out, "%*s/* %s%u: %s */\n", e->indent, "", where, start.line, quoted);
}

/* ---- variables ---- */

/* `double a = 0.0, b = 0.0;` */
static void declaration_line(Emitter *e, const char *type, const char *declarator, bool may_join)
{
    const char *space = type[strlen(type) - 1] == '*' ? "" : " ";
    if (may_join && e->join_at && e->join_at == e->out->count && e->join_type && strcmp(e->join_type, type) == 0) {
        size_t start = e->out->count - 1;
        while (start && e->out->at[start - 1] != '\n')
            start--;
        if (e->out->count - start + strlen(declarator) < JOIN_WIDTH) {
            e->out->count -= 2;
            text_printf(e->out, ", %s;\n", declarator);
            e->join_at = e->out->count;
            return;
        }
    }
    emit_line(e, arena_printf("%s%s%s;", type, space, declarator));
    e->join_at = may_join ? e->out->count : 0;
    e->join_type = type;
}

const char *const *emit_extents(Emitter *e, Value *const *extents, int count)
{
    const char **texts = ARENA_ARRAY(const char *, count + 1);
    for (int k = 0; k < count; k++)
        texts[k] = expr_index(e, extents[k]);
    return texts;
}

const char *emit_declarator(Emitter *e, const Web *web, const char *name)
{
    const Rows *rows = web->rows;
    return declare(web->type, name, rows ? emit_extents(e, rows->extents, rows->count) : NULL);
}

void emit_bare(Emitter *e, Web *web)
{
    const char *value = web->initial ? arena_printf(" = %s", expr_assigned(e, web->initial, web->type)) : "";
    web->declared = true;
    if (web->type->kind == TYPE_POINTER || web->type->kind == TYPE_OPAQUE)
        emit_line(e, arena_printf("%s%s;", emit_declarator(e, web, web->name), value));
    else
        declaration_line(e, declare(web->type, "", NULL), arena_printf("%s%s", web->name, value), true);
}

bool is_literal(const Value *v)
{
    return v->kind == VAL_INT || v->kind == VAL_REAL;
}

/* ---- assignments ---- */

static const char *const compound_operators[VAL_KIND_COUNT] = {
    [VAL_ADD] = "+=", [VAL_SUB] = "-=", [VAL_MUL] = "*=", [VAL_DIV] = "/=",  [VAL_REM] = "%=",
    [VAL_AND] = "&=", [VAL_OR] = "|=",  [VAL_XOR] = "^=", [VAL_SHL] = "<<=", [VAL_SHR] = ">>=",
};

static bool is_commutative(ValueKind kind)
{
    return kind == VAL_ADD || kind == VAL_MUL || kind == VAL_AND || kind == VAL_OR || kind == VAL_XOR;
}

/* `target += x` and the like; x at its simplest. */
const char *emit_compound_text(Emitter *e, const char *target, ValueKind kind, const Value *x)
{
    const bool is_sum = kind == VAL_ADD || kind == VAL_SUB;
    const ValueKind opposite = kind == VAL_ADD ? VAL_SUB : VAL_ADD;
    if (is_sum && x->kind == VAL_INT && x->i == 1)
        return arena_printf("%s%s", target, kind == VAL_ADD ? "++" : "--");
    if (is_sum && x->kind == VAL_NEG && is_folded(e->plan, x) && x->type->kind == TYPE_REAL) {
        kind = opposite;
        x = x->args[0];
    }
    const char *text = expr_assigned(e, x, x->type);
    if (is_sum && is_literal(x) && text[0] == '-') {
        kind = opposite;
        text++;
    }
    return arena_printf("%s %s %s", target, compound_operators[kind], text);
}

/* Does this operand print as the target itself? */
static bool is_target(Emitter *e, const Value *v, const Web *web, const char *target)
{
    if (web)
        return !is_folded(e->plan, v) && web_of(e->plan, v) == web;
    return v->kind == VAL_LOAD && is_folded(e->plan, v) && strcmp(expr_lvalue(e, v->args[0]).text, target) == 0;
}

static const char *increment_text(Emitter *e, const char *target, const Value *v)
{
    const Value *index = v->args[1];
    if (index->kind == VAL_INT && index->i < 0)
        return index->i == -1 ? arena_printf("%s--", target) : arena_printf("%s -= %lld", target, -(long long)index->i);
    return emit_compound_text(e, target, VAL_ADD, index);
}

/* `target op= x` where v is target op x, or NULL. */
const char *emit_compound(Emitter *e, const Value *v, const Web *web, const char *target, bool is_definition)
{
    if (!is_definition && !is_folded(e->plan, v))
        return NULL;
    if (v->kind == VAL_PTRADD && v->nargs == 2 && !type_is_variable_array(v->type->to) &&
        is_target(e, v->args[0], web, target))
        return increment_text(e, target, v);
    if (v->nargs != 2 || !compound_operators[v->kind] || v->type->kind == TYPE_POINTER)
        return NULL;
    if (is_target(e, v->args[0], web, target))
        return emit_compound_text(e, target, v->kind, v->args[1]);
    if (is_commutative(v->kind) && is_target(e, v->args[1], web, target))
        return emit_compound_text(e, target, v->kind, v->args[0]);
    return NULL;
}

static const char *rhs_text(Emitter *e, const Value *v, const Type *type, bool is_definition)
{
    return is_definition ? expr_definition_assigned(e, v, type) : expr_assigned(e, v, type);
}

static const char *assignment_text(Emitter *e, const Web *web, const Value *v, bool is_definition)
{
    const char *text = emit_compound(e, v, web, web->name, is_definition);
    return text ? text : arena_printf("%s = %s", web->name, rhs_text(e, v, web->type, is_definition));
}

static bool may_be_const(const Web *web)
{
    return web->writes == 1 && web->type->kind != TYPE_POINTER && web->type->kind != TYPE_OPAQUE;
}

static void declare_with_value(Emitter *e, Web *web, const Value *v, bool is_definition)
{
    const char *text = rhs_text(e, v, web->type, is_definition);
    web->declared = true;
    if (web->type->kind == TYPE_POINTER || web->type->kind == TYPE_OPAQUE) {
        emit_line(e, arena_printf("%s = %s;", emit_declarator(e, web, web->name), text));
        return;
    }
    const char *type = arena_printf("%s%s", may_be_const(web) ? "const " : "", declare(web->type, "", NULL));
    declaration_line(e, type, arena_printf("%s = %s", web->name, text), is_literal(v));
}

/* `if (c) x = y;` for x = c ? y : x. */
static bool assign_chosen(Emitter *e, Web *web, const Value *v, bool is_definition)
{
    if (v->kind != VAL_SELECT || !(is_definition || is_folded(e->plan, v)))
        return false;
    for (int keeps = 1; keeps <= 2; keeps++) {
        if (!is_target(e, v->args[keeps], web, web->name))
            continue;
        emit_line(e, arena_printf("if (%s)", expr_condition(e, v->args[0], keeps == 1)));
        e->indent += INDENT;
        emit_assign(e, web, v->args[3 - keeps], false);
        e->indent -= INDENT;
        return true;
    }
    return false;
}

/* Gives the variable the value; `is_definition`: v stands here, its expression is printed also if it has a name. */
void emit_assign(Emitter *e, Web *web, const Value *v, bool is_definition)
{
    if (!web->declared && !web->param && !web->bare) {
        declare_with_value(e, web, v, is_definition);
        return;
    }
    if (assign_chosen(e, web, v, is_definition))
        return;
    emit_line(e, arena_printf("%s;", assignment_text(e, web, v, is_definition)));
}

const char *emit_assignment_text(Emitter *e, const Web *web, const Value *v)
{
    return assignment_text(e, web, v, true);
}

/* ---- copies ---- */

void copies_add(const Plan *plan, Copies *copies, const Value *to, const Value *from)
{
    Copy copy = {.to = web_of(plan, to), .from = from};
    if (!copy.to || (!is_folded(plan, from) && web_of(plan, from) == copy.to))
        return;
    reads_of(plan, from, &copy.reads);
    vec_push(copies, copy);
}

void copies_of_block(const Plan *plan, const Block *block, Copies *copies)
{
    const Value *region = block->owner;
    const bool is_loop = region->kind == VAL_LOOP;
    const Note *note = note_of(plan, region);
    const bool *left_out = note->left_out[block == region->blocks[1]];
    for (int k = 0; k < region->nresults; k++) {
        const bool is_flag =
            is_loop ? k == note->do_flag - 1 || k == note->flag - 1 : note_of(plan, region->results[k])->is_flag;
        if (!is_flag && !(left_out && left_out[k]))
            copies_add(plan, copies, is_loop ? region->carried[k] : region->results[k], block->yields[k]);
    }
}

static void count_readers(const Copy *copy, int sign)
{
    for (size_t k = 0; k < copy->reads.count; k++)
        if (copy->reads.at[k] != copy->to)
            copy->reads.at[k]->readers += (unsigned)sign;
}

static void finish_copy(Emitter *e, Copy *copy)
{
    if (is_folded(e->plan, copy->from) && !copy->kept)
        emit_quote(e, copy->from);
    if (copy->kept)
        emit_line(e, arena_printf("%s = %s;", copy->to->name, copy->kept));
    else
        emit_assign(e, copy->to, copy->from, false);
    count_readers(copy, -1);
    copy->reads.count = 0;
    copy->done = true;
}

/* Breaks a ring: the value is read now and written later. */
static void keep_copy(Emitter *e, Copy *copy)
{
    copy->kept = names_fresh(e->names, arena_printf("%s_next", copy->to->name));
    const char *is_const = copy->to->type->kind == TYPE_POINTER ? "" : "const ";
    emit_line(e, arena_printf("%s%s = %s;", is_const, emit_declarator(e, copy->to, copy->kept),
                              expr_assigned(e, copy->from, copy->to->type)));
    count_readers(copy, -1);
    copy->reads.count = 0;
}

void emit_copies(Emitter *e, Copies *copies)
{
    size_t left = copies->count;
    for (size_t k = 0; k < copies->count; k++)
        count_readers(&copies->at[k], 1);
    while (left) {
        const size_t before = left;
        Copy *waiting = NULL;
        for (size_t k = 0; k < copies->count; k++) {
            Copy *copy = &copies->at[k];
            if (copy->done)
                continue;
            if (copy->to->readers == 0) {
                finish_copy(e, copy);
                left--;
            } else if (!waiting && !copy->kept) {
                waiting = copy;
            }
        }
        if (left == before && waiting)
            keep_copy(e, waiting);
        else if (left == before)
            diag_internal(e->fn->loc, "copies wait for each other in '%s'", e->fn->name);
    }
}
