/*
 * lower_duff.c: switches whose labels stand inside blocks and loops of their body (Duff's device) become plain
 * statements, before anything else is lowered. A flag says whether the label has been met; what stands before it is
 * skipped:
 *
 *     switch (v) { case 0: do { a; case 1: b; } while (c); }
 *     entered = 0;
 *     entered = entered || v == 0;
 *     if (entered || v == 1)
 *         do { if (entered) { a; }  entered = entered || v == 1;  if (entered) { b; } } while (c);
 */
#include "lower.h"

typedef struct {
    const Lower *lo;
    const Stmt *whole; /* the body of the switch */
    Loc loc;
    Decl *selected, *entered;
    VEC(Decl *) declared; /* in blocks that are entered in their middle */
} Duff;

typedef VEC(Stmt *) Stmts;

/* ---- making trees ---- */

static Expr *make_expr(const Duff *d, ExprKind kind, Type *type, Expr *x, Expr *y)
{
    Expr *e = ARENA_NEW(Expr);
    *e = (Expr){.kind = kind, .type = type, .loc = d->loc, .nkids = !!x + !!y, .kids = ARENA_ARRAY(Expr *, 2)};
    e->kids[0] = x;
    e->kids[1] = y;
    return e;
}

static Expr *constant(const Duff *d, Type *type, int64_t i)
{
    Expr *e = make_expr(d, EXPR_INT, type, NULL, NULL);
    e->i = i;
    return e;
}

static Expr *variable(const Duff *d, Decl *decl)
{
    Expr *e = make_expr(d, EXPR_VAR, decl->type, NULL, NULL);
    e->decl = decl;
    return e;
}

static Expr *value_of(const Duff *d, Decl *decl)
{
    return make_expr(d, EXPR_LOAD, decl->type, variable(d, decl), NULL);
}

static Expr *either(const Duff *d, Expr *x, Expr *y)
{
    return x ? make_expr(d, EXPR_OR, d->lo->types->int_, x, y) : y;
}

static Expr *operation(const Duff *d, ExprKind kind, ValueKind op, Expr *x, Expr *y)
{
    Expr *e = make_expr(d, kind, d->lo->types->int_, x, y);
    e->op = op;
    return e;
}

static Stmt *make_stmt(const Duff *d, StmtKind kind, Expr *expr, Stmt *body)
{
    Stmt *s = ARENA_NEW(Stmt);
    *s = (Stmt){.kind = kind, .loc = d->loc, .expr = expr, .body = body};
    return s;
}

static Stmt *make_block(const Duff *d, const Stmts *list)
{
    Stmt *block = make_stmt(d, STMT_BLOCK, NULL, NULL);
    block->stmts = list->at;
    block->nstmts = list->count;
    return block;
}

static Stmt *make_declaration(const Duff *d, Decl *const *decls, size_t count, bool only_declares)
{
    Stmt *s = make_stmt(d, STMT_DECL, NULL, NULL);
    s->decls = arena_grow(decls, sizeof(Decl *) * count, sizeof(Decl *) * count);
    s->ndecls = count;
    s->i = only_declares;
    return s;
}

static Decl *make_variable(const Duff *d, const char *name, Type *type, Expr *init)
{
    Decl *decl = ARENA_NEW(Decl);
    *decl = (Decl){.name = name, .type = type, .loc = d->loc, .init = init};
    return decl;
}

/* ---- labels ---- */

static Expr *compare(const Duff *d, ValueKind rel, Expr *label)
{
    Expr *converted = make_expr(d, EXPR_CAST, d->selected->type, label, NULL);
    return operation(d, EXPR_BINARY, rel, value_of(d, d->selected), converted);
}

static Expr *match_cases(const Duff *d, const Stmt *s, Expr *match, bool *has_default)
{
    if (!s || s->kind == STMT_SWITCH)
        return match;
    if (s->kind == STMT_DEFAULT)
        *has_default = true;
    if (s->kind == STMT_CASE) {
        Expr *own = compare(d, s->high ? VAL_GE : VAL_EQ, s->expr);
        if (s->high)
            own = make_expr(d, EXPR_AND, d->lo->types->int_, own, compare(d, VAL_LE, s->high));
        match = either(d, match, own);
    }
    for (size_t k = 0; k < s->nstmts; k++)
        match = match_cases(d, s->stmts[k], match, has_default);
    match = match_cases(d, s->body, match, has_default);
    return match_cases(d, s->other, match, has_default);
}

/* Is one of the labels in s the one that is selected? */
static Expr *match_any(const Duff *d, const Stmt *s)
{
    bool has_default = false, unused = false;
    Expr *match = match_cases(d, s, NULL, &has_default);
    if (!has_default)
        return match;
    Expr *any = match_cases(d, d->whole, NULL, &unused);
    Expr *none = any ? operation(d, EXPR_UNARY, VAL_LNOT, any, NULL) : constant(d, d->lo->types->int_, 1);
    return either(d, match, none);
}

/* ---- statements ---- */

static Stmt *enter(Duff *d, Stmt *s);

static Expr *entered(const Duff *d)
{
    return value_of(d, d->entered);
}

static Stmt *guarded(const Duff *d, Stmt *s)
{
    return make_stmt(d, STMT_IF, entered(d), s);
}

static Expr *entered_or(const Duff *d, Expr *match)
{
    return either(d, entered(d), match);
}

static void enter_list(Duff *d, Stmts *out, Stmt *const *stmts, size_t count)
{
    Stmts skipped = {0};
    for (size_t k = 0; k <= count; k++) {
        Stmt *s = k < count ? stmts[k] : NULL;
        const bool is_entered = s && scan_has_case_label(s);
        if ((!s || is_entered) && skipped.count) {
            vec_push(out, guarded(d, make_block(d, &skipped)));
            skipped = (Stmts){0};
        }
        if (is_entered)
            vec_push(out, enter(d, s));
        else if (s)
            vec_push(&skipped, s);
        for (size_t i = 0; s && s->kind == STMT_DECL && i < s->ndecls; i++)
            vec_push(&d->declared, s->decls[i]);
    }
}

static Stmt *enter_label(Duff *d, Stmt *s)
{
    Stmts list = {0};
    Stmt label = *s;
    label.body = NULL;
    Expr *met = make_expr(d, EXPR_CAST, d->entered->type, entered_or(d, match_any(d, &label)), NULL);
    vec_push(&list,
             make_stmt(d, STMT_EXPR, make_expr(d, EXPR_ASSIGN, d->entered->type, variable(d, d->entered), met), NULL));
    enter_list(d, &list, &s->body, s->body ? 1 : 0);
    return make_block(d, &list);
}

/* A loop is begun in its body: without its first statement, and without a test. */
static Stmt *enter_loop(Duff *d, Stmt *s)
{
    Stmts list = {0};
    Stmt *loop = make_stmt(d, s->kind, NULL, NULL);
    *loop = *s;
    enter_list(d, &list, &s->init, s->init ? 1 : 0);
    loop->init = NULL;
    if (s->kind != STMT_DO && s->expr)
        loop->expr = either(d, operation(d, EXPR_UNARY, VAL_LNOT, entered(d), NULL), s->expr);
    loop->body = enter(d, s->body);
    vec_push(&list, make_stmt(d, STMT_IF, entered_or(d, match_any(d, s)), loop));
    return make_block(d, &list);
}

static Stmt *enter_if(Duff *d, Stmt *s)
{
    Expr *match = match_any(d, s->body);
    Expr *condition = make_expr(d, EXPR_AND, d->lo->types->int_, entered(d), s->expr);
    if (match) {
        Expr *outside = operation(d, EXPR_UNARY, VAL_LNOT, entered(d), NULL);
        condition = either(d, condition, make_expr(d, EXPR_AND, d->lo->types->int_, outside, match));
    }
    Stmt *branch = make_stmt(d, STMT_IF, condition, enter(d, s->body));
    branch->other = s->other ? enter(d, s->other) : NULL;
    return branch;
}

/* s, where control may come to one of the labels in it without having been before it. */
static Stmt *enter(Duff *d, Stmt *s)
{
    Stmts list = {0};
    if (!scan_has_case_label(s))
        return guarded(d, s);
    switch (s->kind) {
    case STMT_CASE:
    case STMT_DEFAULT:
        return enter_label(d, s);
    case STMT_IF:
        return enter_if(d, s);
    case STMT_WHILE:
    case STMT_DO:
    case STMT_FOR:
        return enter_loop(d, s);
    case STMT_LABEL:
        s->body = enter(d, s->body);
        return s;
    default:
        enter_list(d, &list, s->stmts, s->nstmts);
        return make_block(d, &list);
    }
}

/* The switch as a block; what is left of it, a switch with one label, is where its breaks go. */
static void replace_switch(const Lower *lo, Stmt *s)
{
    Duff d = {.lo = lo, .whole = s->body, .loc = s->loc};
    Stmts outer = {0}, inner = {0};
    d.selected = make_variable(&d, "selected", s->expr->type, s->expr);
    d.entered = make_variable(&d, "entered", lo->types->bool_, constant(&d, lo->types->bool_, 0));
    Stmt *body = enter(&d, s->body);
    vec_push(&inner, make_stmt(&d, STMT_DEFAULT, NULL, body));
    vec_push(&outer, make_declaration(&d, (Decl *[]){d.selected, d.entered}, 2, false));
    vec_push(&outer, make_declaration(&d, d.declared.at, d.declared.count, true));
    vec_push(&outer, make_stmt(&d, STMT_SWITCH, constant(&d, lo->types->int_, 0), make_block(&d, &inner)));
    *s = *make_block(&d, &outer);
}

static bool has_nested_label(const Stmt *body)
{
    for (size_t k = 0; k < body->nstmts; k++) {
        const Stmt *s = body->stmts[k];
        while (s && (s->kind == STMT_CASE || s->kind == STMT_DEFAULT))
            s = s->body;
        if (scan_has_case_label(s))
            return true;
    }
    return body->kind != STMT_BLOCK && body->kind != STMT_CASE && body->kind != STMT_DEFAULT &&
           scan_has_case_label(body);
}

void lower_nested_labels(const Lower *lo, Stmt *s)
{
    if (!s)
        return;
    if (s->kind == STMT_SWITCH && has_nested_label(s->body))
        replace_switch(lo, s);
    for (size_t k = 0; k < s->nstmts; k++)
        lower_nested_labels(lo, s->stmts[k]);
    lower_nested_labels(lo, s->body);
    lower_nested_labels(lo, s->other);
}
