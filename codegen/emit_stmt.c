/*
 * emit_stmt.c: blocks as C statements. What is declared where, and which values share a variable, is settled when this
 * begins (plan.c, coalesce.c, emit_name.c); here it becomes lines.
 *
 * The one thing decided here is the order of the copies at the end of a block: all yields are read before any result is
 * written. A copy waits for those that still read its target; where they wait for each other in a ring, one is kept in
 * a temporary.
 */
#include "emit.h"

#include <ctype.h>
#include <limits.h>
#include <stdlib.h>

enum { INDENT = 4, COMMENT_WIDTH = 90, JOIN_WIDTH = 90 };

static void emit_block(Emitter *e, const Block *block);
static void emit_yields(Emitter *e, const Block *block);

/* ---- lines ---- */

static void line(Emitter *e, const char *text)
{
    text_line(e->out, e->indent, text);
}

static void blank_line(Emitter *e)
{
    if (e->out->count > 1 && strcmp(e->out->at + e->out->count - 2, "{\n") != 0 &&
        strcmp(e->out->at + e->out->count - 2, "\n\n") != 0)
        text_add(e->out, "\n");
}

/* Text that may stand in a comment. */
static const char *harmless(const char *text)
{
    char *copy = arena_strdup(text);
    for (char *c = copy; *c; c++)
        if ((c[0] == '*' && c[1] == '/') || (c[0] == '/' && c[1] == '*'))
            c[1] = c[1] == '/' ? '|' : '.';
    return copy;
}

static const char *quoted_line(const char *source)
{
    while (isspace((unsigned char)*source))
        source++;
    size_t n = strlen(source);
    while (n && isspace((unsigned char)source[n - 1]))
        n--;
    if (n <= COMMENT_WIDTH)
        return harmless(arena_strndup(source, n));
    return harmless(arena_printf("%.*s...", COMMENT_WIDTH, source));
}

/* What differentiation does for a parameter has the function's own place. */
static bool is_signature(const Emitter *e, Loc loc)
{
    const Function *fn = e->fn->primal ? e->fn->primal : e->fn;
    return loc.line == fn->loc.line || loc.line == fn->definition_loc.line;
}

/* In the reverse sweep, the user's line above the adjoint of it. */
static void quote_line(Emitter *e, const Value *v)
{
    if (!v->adjoint || !v->loc.line || is_signature(e, v->loc))
        return;
    const bool same_file = e->last_file && v->loc.file && strcmp(e->last_file, v->loc.file) == 0;
    if (same_file && e->last_line == v->loc.line)
        return;
    e->last_line = v->loc.line;
    e->last_file = v->loc.file;
    const char *source = diag_source_line(v->loc.file, v->loc.line);
    const char *quoted = source ? quoted_line(source) : "";
    if (!*quoted)
        return;
    const char *slash = strrchr(v->loc.file, '/');
    const bool is_main = e->module->file && strcmp(e->module->file, v->loc.file) == 0;
    const char *where = is_main ? "" : arena_printf("%s:", slash ? slash + 1 : v->loc.file);
    text_printf(e->out, "%*s/* %s%u: %s */\n", e->indent, "", where, v->loc.line, quoted);
}

/* ---- variables ---- */

/* `double a = 0.0, b = 0.0;` */
static void declaration_line(Emitter *e, const char *type, const char *declarator, bool may_join)
{
    const char *space = type[strlen(type) - 1] == '*' ? "" : " ";
    if (may_join && e->join_at == e->out->count && e->join_type && strcmp(e->join_type, type) == 0) {
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
    line(e, arena_printf("%s%s%s;", type, space, declarator));
    e->join_at = may_join ? e->out->count : 0;
    e->join_type = type;
}

static void declare_bare(Emitter *e, Web *web)
{
    web->declared = true;
    if (web->type->kind == TYPE_POINTER || web->type->kind == TYPE_OPAQUE)
        line(e, arena_printf("%s;", declare(web->type, web->name, NULL)));
    else
        declaration_line(e, declare(web->type, "", NULL), web->name, true);
}

static bool is_literal(const Value *v)
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
static const char *compound_text(Emitter *e, const char *target, ValueKind kind, const Value *x)
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
    return compound_text(e, target, VAL_ADD, index);
}

/* `target op= x` where v is target op x, or NULL. */
static const char *compound(Emitter *e, const Value *v, const Web *web, const char *target, bool is_definition)
{
    if (!is_definition && !is_folded(e->plan, v))
        return NULL;
    if (v->kind == VAL_PTRADD && v->nargs == 2 && !is_variable_array(v->type->to) &&
        is_target(e, v->args[0], web, target))
        return increment_text(e, target, v);
    if (v->nargs != 2 || !compound_operators[v->kind] || v->type->kind == TYPE_POINTER)
        return NULL;
    if (is_target(e, v->args[0], web, target))
        return compound_text(e, target, v->kind, v->args[1]);
    if (is_commutative(v->kind) && is_target(e, v->args[1], web, target))
        return compound_text(e, target, v->kind, v->args[0]);
    return NULL;
}

static void assign(Emitter *e, Web *web, const Value *v, bool is_definition);

static const char *rhs_text(Emitter *e, const Value *v, const Type *type, bool is_definition)
{
    return is_definition ? expr_definition_assigned(e, v, type) : expr_assigned(e, v, type);
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
        line(e, arena_printf("%s = %s;", declare(web->type, web->name, NULL), text));
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
        line(e, arena_printf("if (%s)", expr_condition(e, v->args[0], keeps == 1)));
        e->indent += INDENT;
        assign(e, web, v->args[3 - keeps], false);
        e->indent -= INDENT;
        return true;
    }
    return false;
}

/* Gives the variable the value; `is_definition`: v stands here, its expression is printed also if it has a name. */
static void assign(Emitter *e, Web *web, const Value *v, bool is_definition)
{
    if (!web->declared && !web->param && !web->bare) {
        declare_with_value(e, web, v, is_definition);
        return;
    }
    if (assign_chosen(e, web, v, is_definition))
        return;
    const char *text = compound(e, v, web, web->name, is_definition);
    line(e, text ? arena_printf("%s;", text)
                 : arena_printf("%s = %s;", web->name, rhs_text(e, v, web->type, is_definition)));
}

/* ---- copies ---- */

typedef struct {
    Web *to;
    const Value *from;
    const char *kept; /* the temporary that holds it already */
    Webs reads;
    bool done;
} Copy;

typedef VEC(Copy) Copies;

static void add_copy(const Emitter *e, Copies *copies, const Value *to, const Value *from)
{
    Copy copy = {.to = web_of(e->plan, to), .from = from};
    if (!copy.to || (!is_folded(e->plan, from) && web_of(e->plan, from) == copy.to))
        return;
    reads_of(e->plan, from, &copy.reads);
    vec_push(copies, copy);
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
        quote_line(e, copy->from);
    if (copy->kept)
        line(e, arena_printf("%s = %s;", copy->to->name, copy->kept));
    else
        assign(e, copy->to, copy->from, false);
    count_readers(copy, -1);
    copy->reads.count = 0;
    copy->done = true;
}

/* Breaks a ring: the value is read now and written later. */
static void keep_copy(Emitter *e, Copy *copy)
{
    copy->kept = names_fresh(e->names, arena_printf("%s_next", copy->to->name));
    const char *is_const = copy->to->type->kind == TYPE_POINTER ? "" : "const ";
    line(e, arena_printf("%s%s = %s;", is_const, declare(copy->to->type, copy->kept, NULL),
                         expr_assigned(e, copy->from, copy->to->type)));
    count_readers(copy, -1);
    copy->reads.count = 0;
}

static void emit_copies(Emitter *e, Copies *copies)
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

/* ---- single statements ---- */

/* -1 for what is no bit-field. */
static int64_t bit_width(const Value *address)
{
    return address->kind == VAL_FIELD ? address->args[0]->type->to->record->fields[address->i].bit_width : -1;
}

/* A bit-field takes what its width leaves of the value; the mask says so to the compiler. */
static void emit_bit_field_store(Emitter *e, const Value *v)
{
    const char *target = expr_lvalue(e, v->args[0]).text;
    const Value *x = v->args[1];
    const int64_t width = bit_width(v->args[0]);
    const char *text = expr_assigned(e, x, v->args[0]->type->to);
    if (x->kind != VAL_INT && !x->type->is_signed && !x->type->is_bool && width < 32)
        text = arena_printf("%s & %lluu", wrapped(expr(e, x), PREC_UNARY), (1ULL << width) - 1);
    line(e, arena_printf("%s = %s;", target, text));
}

static void emit_store(Emitter *e, const Value *v)
{
    if (bit_width(v->args[0]) >= 0) {
        emit_bit_field_store(e, v);
        return;
    }
    const Piece target = expr_lvalue(e, v->args[0]);
    const char *text = compound(e, v->args[1], NULL, target.text, false);
    if (text && target.text[0] == '*' && strstr(text + strlen(text) - 2, "++"))
        text = NULL; /* *p++ is another thing */
    line(e, text ? arena_printf("%s;", text)
                 : arena_printf("%s = %s;", target.text, expr_assigned(e, v->args[1], v->args[0]->type->to)));
}

static void emit_accum(Emitter *e, const Value *v)
{
    const Piece target = expr_lvalue(e, v->args[0]);
    const bool is_real = v->args[1]->type->kind == TYPE_REAL;
    line(e, is_real || v->args[1]->kind != VAL_INT
                ? arena_printf("%s;", compound_text(e, target.text, VAL_ADD, v->args[1]))
                : arena_printf("%s += %s;", target.text, expr_assigned(e, v->args[1], v->args[1]->type)));
}

static bool is_scalar(const Type *type)
{
    return type->kind == TYPE_REAL || type->kind == TYPE_INT || type->kind == TYPE_COMPLEX ||
           type->kind == TYPE_POINTER;
}

static const char *zero_of(const Type *type)
{
    return type->kind == TYPE_REAL ? real_text(type, 0, NULL, false) : "0";
}

static void emit_zero(Emitter *e, const Value *v)
{
    const Value *object = v->args[0];
    const Type *type = object->type->to;
    const char *name = expr_lvalue(e, object).text;
    if (is_scalar(type)) {
        line(e, arena_printf("%s = %s;", name, zero_of(type)));
        return;
    }
    e->needs->string = true;
    line(e, arena_printf("memset(%s%s, 0, sizeof %s);", type->kind == TYPE_ARRAY ? "" : "&", name, name));
}

static void emit_call(Emitter *e, const Value *v)
{
    const Function *callee = v->callee;
    const char *text = expr_call(e, v);
    if (callee && callee->result && callee->result->kind == TYPE_RECORD && v->nargs > callee->nparams)
        text = arena_printf("%s = %s", expr_lvalue(e, v->args[v->nargs - 1]).text, text);
    line(e, arena_printf("%s;", text));
}

/* The address of a restrict pointer is passed as one of bytes. */
static const char *unrestricted(Emitter *e, const Value *v)
{
    const Web *web = is_folded(e->plan, v) ? NULL : web_of(e->plan, v);
    return web && web->param && web->type->kind == TYPE_POINTER ? "(void *)" : "";
}

/* What is pushed is a variable, a location, or a constant in a literal of its own. */
static void emit_push(Emitter *e, const Value *v)
{
    const Value *pushed = v->args[1];
    const char *tape = expr(e, v->args[0]).text;
    if (is_literal(pushed)) {
        const char *type = declare(pushed->type, "", NULL);
        line(e, arena_printf("adgen_push(%s, &(%s){%s}, sizeof(%s));", tape, type,
                             expr_assigned(e, pushed, pushed->type), type));
        return;
    }
    const char *text = expr(e, pushed).text;
    const char *address = text[0] == '*' ? text + 1 : arena_printf("%s&%s", unrestricted(e, pushed), text);
    line(e, arena_printf("adgen_push(%s, %s, sizeof %s);", tape, address, text));
}

static void emit_pop(Emitter *e, const Value *v)
{
    Web *web = web_of(e->plan, v);
    if (!web->declared && !web->param)
        declare_bare(e, web);
    line(e, arena_printf("adgen_pop(%s, %s&%s, sizeof %s);", expr(e, v->args[0]).text, unrestricted(e, v), web->name,
                         web->name));
}

static void emit_alloc(Emitter *e, const Value *v)
{
    Web *web = web_of(e->plan, v);
    const char *count = expr_assigned(e, v->args[0], e->module->types.size);
    const char *call = arena_printf("adgen_alloc(%s, sizeof *%s)", count, web->name);
    const bool declares = !web->declared && !web->bare && !web->param;
    web->declared = true;
    line(e, arena_printf("%s = %s;", declares ? declare(web->type, web->name, NULL) : web->name, call));
}

static void emit_free(Emitter *e, const Value *v)
{
    line(e, arena_printf("adgen_free(%s);", expr(e, v->args[0]).text));
}

static void emit_tape(Emitter *e, const Value *v)
{
    const char *name = note_of(e->plan, v)->name;
    line(e, arena_printf("adgen_tape %s = ADGEN_TAPE_INIT;", name));
}

static void emit_effect(Emitter *e, const Value *v)
{
    e->needs->tape |= v->kind >= VAL_ALLOC && v->kind <= VAL_TAPE_FREE;
    if (v->kind != VAL_LOCAL && v->kind != VAL_TAPE && v->kind != VAL_ALLOC)
        quote_line(e, v);
    switch (v->kind) {
    case VAL_LOCAL:
        break; /* declared before its first use */
    case VAL_STORE:
        emit_store(e, v);
        break;
    case VAL_ACCUM:
        emit_accum(e, v);
        break;
    case VAL_COPY:
        line(e, arena_printf("%s = %s;", expr_lvalue(e, v->args[0]).text, expr_lvalue(e, v->args[1]).text));
        break;
    case VAL_ZERO:
        emit_zero(e, v);
        break;
    case VAL_FREE:
        emit_free(e, v);
        break;
    case VAL_TAPE:
        emit_tape(e, v);
        break;
    case VAL_PUSH:
        emit_push(e, v);
        break;
    case VAL_TAPE_FREE:
        line(e, arena_printf("adgen_tape_free(%s);", expr(e, v->args[0]).text));
        break;
    case VAL_CALL:
        emit_call(e, v);
        break;
    default:
        diag_internal(v->loc, "value %u of kind %d is no statement", v->id, (int)v->kind);
    }
}

static void emit_named(Emitter *e, const Value *v)
{
    e->needs->tape |= v->kind == VAL_ALLOC || v->kind == VAL_POP;
    if (v->kind == VAL_ALLOC) {
        emit_alloc(e, v);
        return;
    }
    quote_line(e, v);
    if (v->kind == VAL_POP)
        emit_pop(e, v);
    else
        assign(e, web_of(e->plan, v), v, true);
}

/* ---- objects ---- */

static const char *object_declaration(Emitter *e, const Value *local)
{
    const char **extents = ARENA_ARRAY(const char *, local->nargs + 1);
    for (int k = 0; k < local->nargs; k++)
        extents[k] = expr(e, local->args[k]).text;
    return declare(local->type->to, note_of(e->plan, local)->name, extents);
}

/* Declares an object; true where `next`, which clears it or sets it, is its initialiser. */
static bool emit_object(Emitter *e, const Value *local, const Value *next)
{
    const Type *type = local->type->to;
    const char *declaration = object_declaration(e, local);
    const bool is_first = next->args && next->nargs && next->args[0] == local;
    if (is_first && next->kind == VAL_ZERO && !is_variable_array(type)) {
        const char *zero = is_scalar(type) ? zero_of(type) : "{0}";
        line(e, arena_printf("%s = %s;", declaration, zero));
        return true;
    }
    line(e, arena_printf("%s;", declaration));
    return false;
}

/* What is declared before the statement; true where the statement has become an initialiser. */
static bool emit_declarations_before(Emitter *e, const Value *v)
{
    const Note *note = note_of(e->plan, v);
    bool done = false;
    for (size_t k = 0; k < note->bare.count; k++) {
        Web *web = web_find(note->bare.at[k]);
        if (!web->declared)
            declare_bare(e, web);
    }
    for (size_t k = 0; k < note->locals.count; k++)
        done |= emit_object(e, note->locals.at[k], v);
    return done;
}

/* ---- regions ---- */

/* The block's lines, with its copies, one step further in. */
static Text body_text(Emitter *e, const Block *block)
{
    Text text = {0};
    Text *outer = e->out;
    e->out = &text;
    e->indent += INDENT;
    emit_block(e, block);
    emit_yields(e, block);
    e->indent -= INDENT;
    e->out = outer;
    return text;
}

static bool is_one_line(const Text *text)
{
    if (!text->count)
        return false;
    const char *newline = strchr(text->at, '\n');
    const char *start = text->at + strspn(text->at, " ");
    return newline == text->at + text->count - 1 && start[0] != '/';
}

static void add_text(Emitter *e, const Text *text)
{
    if (text->count)
        text_add(e->out, text->at);
}

/* `header` and its body, in braces where that takes more than a line. */
static void emit_with_body(Emitter *e, const char *header, const Text *body)
{
    const bool braces = !is_one_line(body);
    line(e, arena_printf("%s%s", header, braces ? " {" : ""));
    add_text(e, body);
    if (braces)
        line(e, "}");
}

static bool prints_something(Emitter *e, const Value *v)
{
    const Place place = note_of(e->plan, v)->place;
    return place == PLACE_NAME || (place == PLACE_STATEMENT && v->kind != VAL_LOCAL) ||
           note_of(e->plan, v)->locals.count;
}

static void list_copies(Emitter *e, const Block *block, Copies *copies)
{
    const Value *region = block->owner;
    const bool is_loop = region->kind == VAL_LOOP;
    const int flag = is_loop ? note_of(e->plan, region)->do_flag - 1 : -1;
    for (int k = 0; k < region->nresults; k++)
        if (k != flag)
            add_copy(e, copies, is_loop ? region->carried[k] : region->results[k], block->yields[k]);
}

/* The branch that is all that the block holds, for `else if`. */
static const Value *only_branch(Emitter *e, const Block *block)
{
    const Value *only = NULL;
    for (const Value *v = block->first; v; v = v->next) {
        if (!prints_something(e, v))
            continue;
        if (only || v->kind != VAL_IF || note_of(e->plan, v)->place != PLACE_STATEMENT)
            return NULL;
        only = v;
    }
    if (!only || note_of(e->plan, only)->bare.count || note_of(e->plan, only)->locals.count)
        return NULL;
    Copies copies = {0};
    list_copies(e, block, &copies);
    return copies.count ? NULL : only;
}

typedef struct {
    const char *condition;
    Text body;
} Arm;

typedef VEC(Arm) Arms;

/* The arms of an `if ... else if ... else` chain; the last one may be without condition. */
static void list_arms(Emitter *e, const Value *v, Arms *arms)
{
    const Value *chained = only_branch(e, v->blocks[1]);
    Text then = body_text(e, v->blocks[0]);
    if (!then.count) {
        Text otherwise = body_text(e, v->blocks[1]);
        if (otherwise.count)
            vec_push(arms, ((Arm){expr_condition(e, v->args[0], true), otherwise}));
        return;
    }
    vec_push(arms, ((Arm){expr_condition(e, v->args[0], false), then}));
    if (chained) {
        list_arms(e, chained, arms);
        return;
    }
    Text otherwise = body_text(e, v->blocks[1]);
    if (otherwise.count)
        vec_push(arms, ((Arm){NULL, otherwise}));
}

static void emit_if(Emitter *e, const Value *v)
{
    Arms arms = {0};
    list_arms(e, v, &arms);
    bool braces = false;
    for (size_t k = 0; k < arms.count; k++)
        braces |= !is_one_line(&arms.at[k].body);
    for (size_t k = 0; k < arms.count; k++) {
        const Arm *arm = &arms.at[k];
        const char *start = k == 0 ? "" : braces ? "} else " : "else ";
        const char *end = braces ? " {" : "";
        if (arm->condition)
            line(e, arena_printf("%sif (%s)%s", start, arm->condition, end));
        else
            line(e, arena_printf("%selse%s", braces ? "} " : "", end));
        add_text(e, &arm->body);
    }
    if (braces && arms.count)
        line(e, "}");
}

/* ---- loops ---- */

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
    const char *text = arena_printf("%s %s 1", wrapped(expr(e, bound), PREC_ADD), shift < 0 ? "-" : "+");
    return narrow ? arena_printf("(%s)(%s)", type->name, text) : text;
}

/* Signed counters by steps of one: the same counter values from the other end. */
static const char *reversed_signed(Emitter *e, const Value *loop)
{
    const char *name = note_of(e->plan, loop->counter)->name;
    const Type *type = loop->counter->type;
    const bool upward = loop->step > 0;
    const bool inclusive = loop->rel == VAL_LE || loop->rel == VAL_GE;
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

/*
 * Any step: iterations are counted down, and the counter is computed from the number of the iteration. The differences
 * are taken in an unsigned type, so that nothing overflows.
 */
static const char *reversed_by_number(Emitter *e, const Value *loop, const char **first_line)
{
    const Type *type = loop->counter->type;
    const char *name = note_of(e->plan, loop->counter)->name, *k = names_fresh(e->names, "step");
    const bool upward = loop->step > 0, inclusive = loop->rel == VAL_LE || loop->rel == VAL_GE;
    const char *from = wrapped(expr(e, loop->from), PREC_UNARY), *to = wrapped(expr(e, loop->to), PREC_UNARY);
    const char *low = upward ? from : to, *high = upward ? to : from;
    const long long step = llabs(loop->step);
    const char *range = arena_printf("(unsigned long long)%s - (unsigned long long)%s", high, low);
    const char *trips = loop->rel == VAL_NE ? arena_printf("(%s) / %lld", range, step)
                        : inclusive         ? arena_printf("(%s) / %lld + 1", range, step)
                                            : arena_printf("(%s - 1) / %lld + 1", range, step);
    if (loop->rel != VAL_NE)
        trips = arena_printf("%s %s %s ? %s : 0", from, relation_text(loop->rel), to, trips);
    *first_line = arena_printf("const %s %s = (%s)((unsigned long long)%s %s %s * %lld);", type->name, name, type->name,
                               from, upward ? "+" : "-", k, step);
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
        return reversed_by_number(e, loop, first_line);
    return type->is_signed && loop->rel != VAL_NE ? reversed_signed(e, loop) : reversed_unsigned(e, loop);
}

/* The loop's lines in front of and behind its body's. */
static Text loop_text(Emitter *e, const Value *loop, const char *first_line)
{
    Text text = {0};
    if (first_line)
        text_line(&text, e->indent + INDENT, first_line);
    if (loop->blocks[0] && !block_is_folded(e->plan, loop->blocks[0])) {
        Text condition = body_text(e, loop->blocks[0]);
        text_add(&text, text_string(&condition));
        text_printf(&text, "%*sif (%s)\n%*sbreak;\n", e->indent + INDENT, "",
                    expr_condition(e, loop->blocks[0]->yields[0], true), e->indent + 2 * INDENT, "");
    }
    Text body = body_text(e, loop->blocks[1]);
    text_add(&text, text_string(&body));
    if (note_of(e->plan, loop)->counts_trips)
        text_line(&text, e->indent + INDENT, arena_printf("%s++;", note_of(e->plan, loop)->name));
    return text;
}

static bool is_constant_true(const Value *v)
{
    return v->kind == VAL_INT && v->i != 0;
}

static void emit_while(Emitter *e, const Value *loop)
{
    const Value *condition = loop->blocks[0]->yields[0];
    const bool is_folded_condition = block_is_folded(e->plan, loop->blocks[0]);
    const char *header = is_folded_condition && !is_constant_true(condition)
                             ? arena_printf("while (%s)", expr_condition(e, condition, false))
                             : "for (;;)";
    const Text body = loop_text(e, loop, NULL);
    emit_with_body(e, header, &body);
}

static void emit_counted(Emitter *e, const Value *loop)
{
    const char *first_line = NULL;
    const char *header = counted_header(e, loop, &first_line);
    const Text body = loop_text(e, loop, first_line);
    emit_with_body(e, header, &body);
}

/* Does the expression need something that is declared inside the block? */
static bool needs_name_of(Emitter *e, const Value *v, const Block *block)
{
    if (v->kind == VAL_LOCAL && note_of(e->plan, v)->home)
        return ir_block_inside(note_of(e->plan, v)->home, block);
    if (is_operator_result(e->plan, v) && is_folded(e->plan, v))
        return needs_name_of(e, v->region->args[0], block) ||
               needs_name_of(e, v->region->blocks[0]->yields[0], block) ||
               needs_name_of(e, v->region->blocks[1]->yields[0], block);
    for (int k = 0; is_folded(e->plan, v) && k < v->nargs; k++)
        if (needs_name_of(e, v->args[k], block))
            return true;
    const Web *web = is_folded(e->plan, v) ? NULL : web_of(e->plan, v);
    return web && !web->param && ir_block_inside(web->scope, block);
}

/* The flag's next value can be the condition itself where the other copies leave its operands alone. */
static bool is_condition_behind_copies(Emitter *e, const Value *loop, const Value *next)
{
    Webs reads = {0};
    Copies copies = {0};
    reads_of(e->plan, next, &reads);
    list_copies(e, loop->blocks[1], &copies);
    for (size_t k = 0; k < copies.count; k++)
        for (size_t r = 0; r < reads.count; r++)
            if (reads.at[r] == copies.at[k].to)
                return false;
    return !needs_name_of(e, next, loop->blocks[1]);
}

static void emit_do(Emitter *e, const Value *loop)
{
    Note *note = note_of(e->plan, loop);
    const int flag = note->do_flag - 1;
    const Value *next = loop->blocks[1]->yields[flag];
    const bool direct = is_condition_behind_copies(e, loop, next);
    Web *web = web_of(e->plan, loop->carried[flag]);
    if (!direct)
        note->do_flag = 0;
    const bool is_written = !direct || (!is_folded(e->plan, next) && web_of(e->plan, next) == web);
    if (is_written && !web->declared && !web->param)
        declare_bare(e, web);
    const Text body = loop_text(e, loop, NULL);
    line(e, "do {");
    add_text(e, &body);
    line(e, arena_printf("} while (%s);", direct ? expr_condition(e, next, false) : web->name));
}

static void emit_loop(Emitter *e, const Value *loop)
{
    Note *note = note_of(e->plan, loop);
    Copies copies = {0};
    for (int k = 0; k < loop->nresults; k++)
        if (k != note->do_flag - 1)
            add_copy(e, &copies, loop->carried[k], loop->args[k]);
    emit_copies(e, &copies);
    if (note->counts_trips) {
        note->name = names_fresh(e->names, "trips");
        line(e, arena_printf("size_t %s = 0;", note->name));
    }
    if (loop->counted)
        emit_counted(e, loop);
    else if (note->do_flag)
        emit_do(e, loop);
    else
        emit_while(e, loop);
}

/* ---- blocks ---- */

/* The reverse sweep begins behind a blank line. */
static void separate_sweeps(Emitter *e, const Value *v)
{
    if (v->block->owner || !v->adjoint || e->in_adjoint)
        return;
    e->in_adjoint = true;
    blank_line(e);
}

static void emit_value(Emitter *e, const Value *v)
{
    const Note *note = note_of(e->plan, v);
    if (!prints_something(e, v))
        return;
    separate_sweeps(e, v);
    if (emit_declarations_before(e, v))
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

static void emit_block(Emitter *e, const Block *block)
{
    for (const Value *v = block->first; v; v = v->next)
        emit_value(e, v);
}

static void emit_yields(Emitter *e, const Block *block)
{
    if (block->owner->kind == VAL_LOOP && block == block->owner->blocks[0])
        return;
    Copies copies = {0};
    list_copies(e, block, &copies);
    emit_copies(e, &copies);
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

static void emit_contract(Text *out, const char *comment)
{
    if (!comment || !*comment)
        return;
    text_add(out, "/*\n");
    for (const char *start = comment; *start;) {
        const size_t n = strcspn(start, "\n");
        text_printf(out, " *%s%s\n", n ? " " : "", harmless(arena_strndup(start, n)));
        start += n + (start[n] == '\n');
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
        for (int k = 0; is_region(v) && k < v->nresults; k++) {
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
    if (e->in_adjoint)
        blank_line(e);
    if (returns_record(fn))
        line(e, arena_printf("return %s;", e->result_name));
    else if (fn->body->nyields)
        line(e, arena_printf("return %s;", expr_assigned(e, fn->body->yields[0], fn->result)));
}

/* A parameter that only the signature asks for. */
static void emit_unused_params(Emitter *e)
{
    for (int k = 0; k < e->fn->nparams; k++) {
        const Param *param = &e->fn->params[k];
        if (!param->value || !note_of(e->plan, param->value)->uses)
            line(e, arena_printf("(void)%s;", param->name));
    }
}

static void emit_body(Emitter *e)
{
    emit_unused_params(e);
    if (returns_record(e->fn)) {
        e->result_name = names_fresh(e->names, "result");
        line(e, arena_printf("%s;", declare(e->fn->result, e->result_name, NULL)));
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
    Names *names = names_new(module, fn);
    names_assign(names, &plan, &webs);
    coalesce_declare(&plan, &webs);
    count_writes(&plan, fn->body);
    Emitter e = {.plan = &plan, .module = module, .fn = fn, .needs = needs, .names = names, .out = out};
    emit_contract(out, fn->comment);
    text_line(out, 0, prototype_of(fn));
    text_add(out, "{\n");
    e.indent = INDENT;
    emit_body(&e);
    text_add(out, "}\n");
}
