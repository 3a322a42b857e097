/*
 * lower_scan.c: questions about the tree that lowering asks before it acts: where control can go, what has side
 * effects, what may be computed ahead of its turn.
 */
#include "lower.h"

/* ---- walking ---- */

static bool stmt_any(const Stmt *s, ExprTest *test, const void *what);

static bool expr_any(const Expr *e, ExprTest *test, const void *what)
{
    if (!e)
        return false;
    if (test(e, what))
        return true;
    for (int k = 0; k < e->nkids; k++)
        if (expr_any(e->kids[k], test, what))
            return true;
    for (size_t k = 0; k < e->nplaces; k++)
        if (expr_any(e->places[k].value, test, what))
            return true;
    return e->body && stmt_any(e->body, test, what);
}

static bool decl_any(const Decl *d, ExprTest *test, const void *what)
{
    for (size_t k = 0; k < d->nextents; k++)
        if (expr_any(d->extents[k], test, what))
            return true;
    return !d->global && expr_any(d->init, test, what);
}

static bool stmt_any(const Stmt *s, ExprTest *test, const void *what)
{
    if (!s)
        return false;
    for (size_t k = 0; k < s->nstmts; k++)
        if (stmt_any(s->stmts[k], test, what))
            return true;
    for (size_t k = 0; k < s->ndecls; k++)
        if (decl_any(s->decls[k], test, what))
            return true;
    return expr_any(s->expr, test, what) || expr_any(s->high, test, what) || expr_any(s->step, test, what) ||
           stmt_any(s->init, test, what) || stmt_any(s->body, test, what) || stmt_any(s->other, test, what);
}

static bool names_variable(const Expr *e, const void *decl)
{
    return e->kind == EXPR_VAR && e->decl == decl;
}

bool scan_uses(const Stmt *s, const Decl *d)
{
    return stmt_any(s, names_variable, d);
}

const Stmt *scan_find(const Stmt *s, StmtKind kind)
{
    if (!s || s->kind == kind)
        return s;
    const Stmt *found = NULL;
    for (size_t k = 0; k < s->nstmts && !found; k++)
        found = scan_find(s->stmts[k], kind);
    const Stmt *const parts[] = {s->init, s->body, s->other};
    for (size_t k = 0; k < sizeof parts / sizeof parts[0] && !found; k++)
        found = scan_find(parts[k], kind);
    return found;
}

bool scan_any(const Stmt *s, ExprTest *test, const void *what)
{
    return stmt_any(s, test, what);
}

bool scan_has_goto(const Stmt *s)
{
    return scan_find(s, STMT_GOTO) != NULL;
}

bool scan_has_case_label(const Stmt *s)
{
    if (!s || s->kind == STMT_SWITCH)
        return false;
    if (s->kind == STMT_CASE || s->kind == STMT_DEFAULT)
        return true;
    for (size_t k = 0; k < s->nstmts; k++)
        if (scan_has_case_label(s->stmts[k]))
            return true;
    return scan_has_case_label(s->body) || scan_has_case_label(s->other);
}

/* ---- expressions ---- */

bool scan_is_pure_call(const Expr *call)
{
    const Function *f = call->function;
    return f && !f->has_body && (f->rule || f->effect == EFFECT_PURE);
}

static bool is_volatile_type(const Type *t)
{
    while (t->kind == TYPE_ARRAY && !t->is_volatile)
        t = t->to;
    return t->is_volatile;
}

/* Is the lvalue volatile, and seen by others? */
static bool is_volatile(const Expr *e)
{
    switch (e->kind) {
    case EXPR_VAR:
        return e->decl->global && is_volatile_type(e->decl->type);
    case EXPR_MEMBER:
        return is_volatile_type(e->kids[0]->type->record->fields[e->field].type) || is_volatile(e->kids[0]);
    case EXPR_INDEX:
    case EXPR_DEREF:
        return type_is_pointer(e->kids[0]->type) && is_volatile_type(e->kids[0]->type->to);
    default:
        return false;
    }
}

static bool is_effect(const Expr *e, const void *unused)
{
    (void)unused;
    switch (e->kind) {
    case EXPR_VAR:
    case EXPR_MEMBER:
    case EXPR_INDEX:
    case EXPR_DEREF:
        return is_volatile(e);
    case EXPR_ASSIGN:
    case EXPR_COMPOUND:
    case EXPR_INCDEC:
    case EXPR_COMPOUND_LITERAL:
    case EXPR_STATEMENT:
    case EXPR_ALLOCA:
    case EXPR_ASSERT:
    case EXPR_ASSEMBLY:
        return true;
    case EXPR_CALL:
        return !scan_is_pure_call(e);
    case EXPR_COND: /* a record is copied */
        return type_is_record(e->type);
    default:
        return false;
    }
}

bool scan_has_effects(const Expr *e)
{
    return expr_any(e, is_effect, NULL);
}

bool scan_constant_truth(const Expr *e, bool *truth)
{
    if (!e)
        return false;
    switch (e->kind) {
    case EXPR_INT:
        *truth = e->i != 0;
        return true;
    case EXPR_REAL:
        *truth = e->real != 0;
        return true;
    case EXPR_CAST:
        return (e->type->kind == TYPE_INT || e->type->kind == TYPE_POINTER) && e->kids[0]->kind == EXPR_INT &&
               (e->type->is_bool || e->type->size >= e->kids[0]->type->size) && scan_constant_truth(e->kids[0], truth);
    case EXPR_UNARY:
        if (e->op != VAL_LNOT || !scan_constant_truth(e->kids[0], truth))
            return false;
        *truth = !*truth;
        return true;
    default:
        return false;
    }
}

static bool is_constant_int(const Expr *e, int64_t *i)
{
    while (e->kind == EXPR_CAST && type_is_int(e->type))
        e = e->kids[0];
    *i = e->i;
    return e->kind == EXPR_INT;
}

/* An object that is there for sure: a variable, a field of it, an element at a constant place. */
static bool is_sure_place(const Expr *e)
{
    int64_t i;
    switch (e->kind) {
    case EXPR_VAR:
        return true;
    case EXPR_MEMBER:
        return is_sure_place(e->kids[0]);
    case EXPR_INDEX:
        return e->kids[0]->kind == EXPR_DECAY && is_sure_place(e->kids[0]->kids[0]) &&
               is_constant_int(e->kids[1], &i) && i >= 0 && i < e->kids[0]->kids[0]->type->count;
    default:
        return false;
    }
}

static bool same_expr(const Expr *a, const Expr *b)
{
    if (a->kind != b->kind || a->nkids != b->nkids || a->nplaces || b->nplaces || a->body || b->body)
        return false;
    if (a->op != b->op || a->decl != b->decl || a->function != b->function || a->field != b->field || a->i != b->i ||
        a->type_operand != b->type_operand || !type_same(a->type, b->type) || a->kind == EXPR_REAL ||
        a->kind == EXPR_STRING)
        return false;
    for (int k = 0; k < a->nkids; k++)
        if (!a->kids[k] || !b->kids[k] || !same_expr(a->kids[k], b->kids[k]))
            return false;
    return true;
}

/* Does `known`, which has no effects, compute e whatever happens? */
static bool is_known(const Expr *e, const Expr *known)
{
    if (!known || same_expr(e, known))
        return known != NULL;
    const bool lazy = known->kind == EXPR_AND || known->kind == EXPR_OR || known->kind == EXPR_COND;
    for (int k = 0; k < (lazy ? 1 : known->nkids); k++)
        if (known->kids[k] && is_known(e, known->kids[k]))
            return true;
    return false;
}

static bool is_safe_operation(const Expr *e)
{
    int64_t i;
    const bool constant = is_constant_int(e->kids[1], &i);
    if (!type_is_int(e->type) || !type_is_int(e->kids[0]->type))
        return e->op != VAL_PTRDIFF && !type_is_pointer(e->type);
    switch (e->op) {
    case VAL_DIV:
    case VAL_REM:
        return constant && i > 0;
    case VAL_SHL:
    case VAL_SHR:
        return constant && i >= 0 && i < 8 * (int64_t)e->type->size && (e->op == VAL_SHR || !e->type->is_signed);
    case VAL_ADD:
    case VAL_SUB:
    case VAL_MUL: /* no overflow where the operands are indices */
        return !e->type->is_signed || constant || is_constant_int(e->kids[0], &i);
    default:
        return true;
    }
}

bool scan_is_safe(const Expr *e, const Expr *known)
{
    if (!e)
        return false;
    switch (e->kind) {
    case EXPR_INT:
    case EXPR_REAL:
    case EXPR_IMAGINARY:
    case EXPR_FUNCTION:
    case EXPR_STRING:
        return true;
    case EXPR_SIZEOF:
        return !e->is_variable;
    case EXPR_LOAD:
        return !type_is_record(e->type) && !is_volatile(e->kids[0]) &&
               (is_sure_place(e->kids[0]) || is_known(e, known));
    case EXPR_DECAY:
    case EXPR_ADDRESS:
        return is_sure_place(e->kids[0]);
    case EXPR_UNARY:
        return scan_is_safe(e->kids[0], known);
    case EXPR_BINARY:
        return is_safe_operation(e) && scan_is_safe(e->kids[0], known) && scan_is_safe(e->kids[1], known);
    case EXPR_AND:
    case EXPR_OR:
        return scan_is_safe(e->kids[0], known) && scan_is_safe(e->kids[1], known);
    case EXPR_CAST:
        if (e->nkids != 1 || e->type->kind == TYPE_VOID || (type_is_int(e->type) && type_is_real(e->kids[0]->type)))
            return false;
        return scan_is_safe(e->kids[0], known);
    default:
        return false;
    }
}

bool scan_is_choice(const Expr *e, const Expr *known)
{
    switch (e->kind) {
    case EXPR_UNARY:
        return e->op == VAL_NEG && scan_is_choice(e->kids[0], known);
    case EXPR_CAST:
        if (type_is_real(e->kids[0]->type))
            return scan_is_choice(e->kids[0], known);
        return scan_is_safe(e, known);
    case EXPR_BINARY:
    case EXPR_AND:
    case EXPR_OR:
        return false;
    default:
        return scan_is_safe(e, known);
    }
}

/* ---- control flow ---- */

static Flow either(Flow a, Flow b)
{
    return (Flow){a.completes || b.completes, a.jumps | b.jumps};
}

static Flow if_flow(const Stmt *s)
{
    static const Flow nothing = {.completes = true};
    bool truth;
    if (scan_constant_truth(s->expr, &truth))
        return truth ? scan_flow(s->body) : s->other ? scan_flow(s->other) : nothing;
    return either(scan_flow(s->body), s->other ? scan_flow(s->other) : nothing);
}

static Flow loop_flow(const Stmt *s)
{
    bool truth = false;
    const bool is_constant = !s->expr || scan_constant_truth(s->expr, &truth);
    const bool endless = !s->expr || (is_constant && truth);
    if (is_constant && !endless && s->kind != STMT_DO)
        return (Flow){.completes = true};
    const Flow body = scan_flow(s->body);
    Flow flow = {.completes = !endless, .jumps = body.jumps & ~(Jumps)(JUMP_BREAK | JUMP_CONTINUE)};
    if (s->kind == STMT_DO && !body.completes && !(body.jumps & JUMP_CONTINUE))
        flow.completes = false;
    if (body.jumps & JUMP_BREAK)
        flow.completes = true;
    return flow;
}

static Flow label_flow(const Stmt *s)
{
    const Jumps own = (Jumps)1 << s->i;
    Flow flow = scan_list_flow(s->stmts, s->nstmts);
    if (s->kind == STMT_FORWARD && (flow.jumps & own))
        flow.completes = true;
    flow.jumps &= ~own;
    return flow;
}

Flow scan_list_flow(Stmt *const *stmts, size_t count)
{
    Flow list = {.completes = true};
    for (size_t k = 0; k < count && list.completes; k++) {
        const Flow flow = scan_flow(stmts[k]);
        list.completes = flow.completes;
        list.jumps |= flow.jumps;
    }
    return list;
}

Flow scan_flow(const Stmt *s)
{
    if (!s)
        return (Flow){.completes = true};
    switch (s->kind) {
    case STMT_BLOCK:
        return scan_list_flow(s->stmts, s->nstmts);
    case STMT_IF:
        return if_flow(s);
    case STMT_WHILE:
    case STMT_DO:
    case STMT_FOR:
        return loop_flow(s);
    case STMT_SWITCH:
        return lower_switch_flow(s);
    case STMT_CASE:
    case STMT_DEFAULT:
    case STMT_LABEL:
        return scan_flow(s->body);
    case STMT_BREAK:
        return (Flow){.jumps = JUMP_BREAK};
    case STMT_CONTINUE:
        return (Flow){.jumps = JUMP_CONTINUE};
    case STMT_RETURN:
        return (Flow){.jumps = JUMP_RETURN};
    case STMT_GOTO:
        return (Flow){.jumps = s->i < JUMP_FIRST_LABEL ? 0 : (Jumps)1 << s->i};
    case STMT_FORWARD:
    case STMT_BACKWARD:
        return label_flow(s);
    case STMT_EXPR:
    case STMT_DECL:
    case STMT_EMPTY:
    case STMT_CHECKPOINT:
    case STMT_UNSUPPORTED:
        break;
    }
    return (Flow){.completes = true};
}
