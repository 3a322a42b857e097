/*
 * tree_stmt.c: statements. C leaves no holes but in `for` (cursor.c finds them), so the children of the others tell by
 * their number.
 */
#include "clang.h"

static Stmt *new_stmt(StmtKind kind, CXCursor c)
{
    Stmt *s = ARENA_NEW(Stmt);
    s->kind = kind;
    s->loc = cursor_loc(c);
    return s;
}

static Stmt *unsupported(CXCursor c, const char *what)
{
    Stmt *s = new_stmt(STMT_UNSUPPORTED, c);
    s->text = what;
    return s;
}

static Stmt *compound(CXCursor c, Cursors kids)
{
    Stmt *s = new_stmt(STMT_BLOCK, c);
    s->nstmts = (size_t)kids.count;
    s->stmts = ARENA_ARRAY(Stmt *, kids.count + 1);
    for (int i = 0; i < kids.count; i++)
        s->stmts[i] = tree_stmt(kids.at[i]);
    return s;
}

static Stmt *expression(CXCursor c)
{
    Stmt *s = new_stmt(STMT_EXPR, c);
    s->expr = tree_expr(c);
    return s;
}

/* ---- declarations ---- */

static const char checkpoint[] = "\"adgen:checkpoint:";

/* ADGEN_CHECKPOINT(n) is _Static_assert((n) > 0, "adgen:checkpoint:n"). */
static Stmt *static_assertion(CXCursor c)
{
    const Cursors kids = cursor_children(c);
    const CXCursor message = kids.count ? kids.at[kids.count - 1] : clang_getNullCursor();
    if (kids.count != 2 || cursor_kind(message) != CXCursor_StringLiteral ||
        strncmp(cursor_spelling(message), checkpoint, sizeof checkpoint - 1) != 0)
        return new_stmt(STMT_EMPTY, c);
    Cursors condition = cursor_children(kids.at[0]);
    while (condition.count == 1)
        condition = cursor_children(condition.at[0]);
    Stmt *s = new_stmt(STMT_CHECKPOINT, c);
    if (condition.count != 2 || !cursor_integer(condition.at[0], &s->i))
        return unsupported(c, "a number of snapshots that is not constant");
    return s;
}

static bool is_variable(CXCursor c)
{
    return cursor_kind(c) == CXCursor_VarDecl;
}

static void add_extents(TypedefExtents *decls, const TypedefExtents *of)
{
    for (size_t i = 0; i < of->count; i++)
        vec_push(decls, of->at[i]);
}

static Stmt *declaration(CXCursor c, Cursors kids)
{
    Stmt *s = new_stmt(STMT_DECL, c);
    TypedefExtents decls = {0};
    for (int i = 0; i < kids.count; i++) {
        if (cursor_kind(kids.at[i]) == CXCursor_StaticAssert && kids.count == 1)
            return static_assertion(kids.at[i]);
        if (is_variable(kids.at[i]) && clang_Cursor_hasVarDeclGlobalStorage(kids.at[i]) == 1)
            tree_decl(kids.at[i]);
        else if (cursor_kind(kids.at[i]) == CXCursor_TypedefDecl)
            add_extents(&decls, tree_typedef(kids.at[i]));
        else if (is_variable(kids.at[i]))
            vec_push(&decls, tree_local(kids.at[i]));
    }
    if (!decls.count)
        return new_stmt(STMT_EMPTY, c);
    for (size_t i = 0; i < decls.count; i++)
        if (decls.at[i]->nextents != (size_t)types_variable_levels(decls.at[i]->type))
            return unsupported(c, "a variable whose type of variable size is not seen");
    s->ndecls = decls.count;
    s->decls = decls.at;
    return s;
}

/* ---- control ---- */

static Stmt *branch(CXCursor c, Cursors kids)
{
    if (kids.count < 2 || kids.count > 3)
        return unsupported(c, "this 'if'");
    Stmt *s = new_stmt(STMT_IF, c);
    s->expr = tree_expr(kids.at[0]);
    s->body = tree_stmt(kids.at[1]);
    s->other = kids.count == 3 ? tree_stmt(kids.at[2]) : NULL;
    return s;
}

static Stmt *with_condition(StmtKind kind, CXCursor c, Cursors kids)
{
    if (kids.count != 2)
        return unsupported(c, "this statement");
    const bool condition_last = kind == STMT_DO;
    Stmt *s = new_stmt(kind, c);
    s->expr = tree_expr(kids.at[condition_last]);
    s->body = tree_stmt(kids.at[!condition_last]);
    return s;
}

static Stmt *while_loop(CXCursor c, Cursors kids)
{
    return with_condition(STMT_WHILE, c, kids);
}

static Stmt *do_loop(CXCursor c, Cursors kids)
{
    return with_condition(STMT_DO, c, kids);
}

static Stmt *switch_statement(CXCursor c, Cursors kids)
{
    return with_condition(STMT_SWITCH, c, kids);
}

static int bits(int parts)
{
    return (parts & 1) + (parts >> 1 & 1) + (parts >> 2 & 1);
}

static Stmt *for_loop(CXCursor c, Cursors kids)
{
    int parts = kids.count == 4 ? FOR_INIT | FOR_CONDITION | FOR_STEP : 0;
    if (kids.count == 2 || kids.count == 3)
        parts = cursor_for_parts(tree_current_function(), c);
    const bool declares = kids.count > 1 && cursor_kind(kids.at[0]) == CXCursor_DeclStmt;
    if (parts < 0 || bits(parts) + 1 != kids.count || (declares && !(parts & FOR_INIT)))
        return unsupported(c, "a 'for' whose parts cannot be told apart (write out its condition)");
    Stmt *s = new_stmt(STMT_FOR, c);
    int next = 0;
    s->init = parts & FOR_INIT ? tree_stmt(kids.at[next++]) : NULL;
    s->expr = parts & FOR_CONDITION ? tree_expr(kids.at[next++]) : NULL;
    s->step = parts & FOR_STEP ? tree_expr(kids.at[next++]) : NULL;
    s->body = tree_stmt(kids.at[next]);
    return s;
}

/* A constant expression of a label; what isn't one name or token is its value. */
static Expr *case_value(CXCursor c)
{
    int64_t value;
    Expr *e = tree_expr(c);
    while (e->kind == EXPR_CAST && e->is_implicit && e->kids[0]->kind == EXPR_INT)
        e = e->kids[0];
    if (e->kind != EXPR_INT && cursor_integer(c, &value)) {
        Expr *folded = ARENA_NEW(Expr);
        folded->kind = EXPR_INT;
        folded->type = e->type;
        folded->loc = e->loc;
        folded->i = value;
        e = folded;
    }
    return e;
}

static Stmt *case_label(CXCursor c, Cursors kids)
{
    if (kids.count < 2 || kids.count > 3)
        return unsupported(c, "this 'case'");
    Stmt *s = new_stmt(STMT_CASE, c);
    s->expr = case_value(kids.at[0]);
    s->high = kids.count == 3 ? case_value(kids.at[1]) : NULL;
    s->body = tree_stmt(kids.at[kids.count - 1]);
    return s;
}

static Stmt *label_of(StmtKind kind, CXCursor c, Cursors kids)
{
    Stmt *s = new_stmt(kind, c);
    s->text = kind == STMT_LABEL ? cursor_spelling(c) : NULL;
    s->body = kids.count ? tree_stmt(kids.at[kids.count - 1]) : new_stmt(STMT_EMPTY, c);
    return s;
}

static Stmt *default_label(CXCursor c, Cursors kids)
{
    return label_of(STMT_DEFAULT, c, kids);
}

static Stmt *label(CXCursor c, Cursors kids)
{
    return label_of(STMT_LABEL, c, kids);
}

static Stmt *jump(CXCursor c, Cursors kids)
{
    if (!kids.count)
        return unsupported(c, "this 'goto'");
    Stmt *s = new_stmt(STMT_GOTO, c);
    s->text = cursor_spelling(kids.at[0]);
    return s;
}

static Stmt *return_statement(CXCursor c, Cursors kids)
{
    Stmt *s = new_stmt(STMT_RETURN, c);
    s->expr = kids.count ? tree_expr(kids.at[kids.count - 1]) : NULL;
    return s;
}

static Stmt *break_statement(CXCursor c, Cursors kids)
{
    (void)kids;
    return new_stmt(STMT_BREAK, c);
}

static Stmt *continue_statement(CXCursor c, Cursors kids)
{
    (void)kids;
    return new_stmt(STMT_CONTINUE, c);
}

static Stmt *empty(CXCursor c, Cursors kids)
{
    (void)kids;
    return new_stmt(STMT_EMPTY, c);
}

static Stmt *assembly(CXCursor c, Cursors kids)
{
    Expr *e = tree_assembly(c, kids);
    if (!e)
        return unsupported(c, "inline assembly (asm)");
    Stmt *s = new_stmt(STMT_EXPR, c);
    s->expr = e;
    return s;
}

static Stmt *other_assembly(CXCursor c, Cursors kids)
{
    (void)kids;
    return unsupported(c, "inline assembly (asm)");
}

static Stmt *computed_jump(CXCursor c, Cursors kids)
{
    (void)kids;
    return unsupported(c, "a computed 'goto'");
}

/* A statement under an attribute or a pragma for the loop. */
static Stmt *wrapped(CXCursor c, Cursors kids)
{
    return kids.count == 1 ? tree_stmt(kids.at[0]) : unsupported(c, "this statement");
}

Stmt *tree_stmt(CXCursor c)
{
    static const struct {
        enum CXCursorKind kind;
        Stmt *(*build)(CXCursor c, Cursors kids);
    } builders[] = {
        {CXCursor_CompoundStmt, compound},
        {CXCursor_DeclStmt, declaration},
        {CXCursor_IfStmt, branch},
        {CXCursor_ForStmt, for_loop},
        {CXCursor_WhileStmt, while_loop},
        {CXCursor_DoStmt, do_loop},
        {CXCursor_SwitchStmt, switch_statement},
        {CXCursor_CaseStmt, case_label},
        {CXCursor_DefaultStmt, default_label},
        {CXCursor_ReturnStmt, return_statement},
        {CXCursor_BreakStmt, break_statement},
        {CXCursor_ContinueStmt, continue_statement},
        {CXCursor_LabelStmt, label},
        {CXCursor_GotoStmt, jump},
        {CXCursor_NullStmt, empty},
        {CXCursor_GCCAsmStmt, assembly},
        {CXCursor_MSAsmStmt, other_assembly},
        {CXCursor_IndirectGotoStmt, computed_jump},
        {CXCursor_UnexposedStmt, wrapped},
    };
    if (cursor_is_expression(c))
        return expression(c);
    for (size_t i = 0; i < sizeof builders / sizeof builders[0]; i++)
        if (builders[i].kind == cursor_kind(c))
            return builders[i].build(c, cursor_children(c));
    return unsupported(c, "this statement");
}
