/*
 * tree.c: functions and variables of the tree; tree_expr.c, tree_init.c and tree_stmt.c build what is in them. A body
 * is built when it is first asked for, from cursors that stay valid for the whole run.
 */
#include "clang.h"

static Keyed *decls; /* by declaration: Decl */
static CXCursor current;

CXCursor tree_current_function(void)
{
    return current;
}

static Decl *new_decl(CXCursor c, Type *type)
{
    Decl *decl = ARENA_NEW(Decl);
    decl->name = cursor_spelling(c);
    decl->type = type;
    decl->loc = cursor_loc(c);
    decl->passive = cursor_has_annotation(c, "adgen:passive");
    decl->is_register = clang_Cursor_getStorageClass(c) == CX_SC_Register;
    keyed_add(&decls, cursor_key(c), decl);
    return decl;
}

/* Array levels as written, outermost first, that libclang gives an extent expression for: not `[]`, `[*]`, or a
 * typedef's. */
static int written_levels(CXType t, bool *variable, int capacity)
{
    int levels = 0;
    for (;;) {
        if (t.kind == CXType_Pointer) {
            t = clang_getPointeeType(t);
            continue;
        }
        if (t.kind != CXType_ConstantArray && t.kind != CXType_VariableArray && t.kind != CXType_IncompleteArray)
            return levels;
        if (t.kind != CXType_IncompleteArray && levels < capacity)
            variable[levels++] = t.kind == CXType_VariableArray;
        t = clang_getArrayElementType(t);
    }
}

/*
 * libclang lists the extents innermost first, constant ones too. The IR's type has an ARRAY_VARIABLE level for each
 * variable one, but for a parameter's outermost array, which is a pointer.
 */
size_t tree_extents(CXType written, const CXCursor *exprs, int nexprs, bool is_parameter, Expr ***extents)
{
    enum { DEEPEST = 32 };
    bool variable[DEEPEST];
    const int levels = written_levels(written, variable, DEEPEST);
    VEC(Expr *) found = {0};
    const bool drops_first =
        is_parameter && (written.kind == CXType_VariableArray || written.kind == CXType_ConstantArray);
    for (int i = drops_first; i < levels && levels == nexprs; i++)
        if (variable[i])
            vec_push(&found, tree_value(exprs[levels - 1 - i]));
    *extents = found.at;
    return found.count;
}

static void read_extents(Decl *decl, CXCursor c, bool is_parameter)
{
    if (types_variable_levels(decl->type) == 0)
        return;
    const Cursors children = cursor_children(c);
    const CXCursor initializer = clang_Cursor_getVarDeclInitializer(c);
    VEC(CXCursor) exprs = {0};
    for (int i = 0; i < children.count; i++)
        if (cursor_is_expression(children.at[i]) && !clang_equalCursors(children.at[i], initializer))
            vec_push(&exprs, children.at[i]);
    decl->nextents = tree_extents(clang_getCursorType(c), exprs.at, (int)exprs.count, is_parameter, &decl->extents);
}

Decl *tree_local(CXCursor c)
{
    const CXCursor initializer = clang_Cursor_getVarDeclInitializer(c);
    Decl *decl = new_decl(c, types_of(clang_getCursorType(c)));
    read_extents(decl, c, false);
    if (!cursor_is_null(initializer))
        decl->init = tree_initializer(initializer, decl->type);
    return decl;
}

/* ---- tables of functions ---- */

static bool holds_functions(const Type *t)
{
    if (t->kind == TYPE_RECORD)
        for (size_t k = 0; k < t->record->nfields; k++)
            if (holds_functions(t->record->fields[k].type))
                return true;
    if (t->kind == TYPE_ARRAY)
        return holds_functions(t->to);
    return type_is_pointer(t) && t->to->kind == TYPE_FUNCTION;
}

static Function *function_in(const Expr *e)
{
    while (e->kind == EXPR_CAST || e->kind == EXPR_DECAY || e->kind == EXPR_ADDRESS || e->kind == EXPR_LOAD)
        e = e->kids[0];
    return e->kind == EXPR_FUNCTION ? e->function : NULL;
}

static uint64_t offset_in(const Type *t, const InitPlace *place)
{
    uint64_t offset = 0;
    for (int k = 0; k < place->depth; k++) {
        if (t->kind == TYPE_RECORD) {
            const Field *field = &t->record->fields[place->path[k]];
            offset += field->offset;
            t = field->type;
        } else {
            offset += (uint64_t)place->path[k] * t->to->size;
            t = t->to;
        }
    }
    return offset;
}

/* Which functions a constant variable leads to, and where. */
static void read_targets(Global *global, CXCursor initializer)
{
    VEC(FunctionInTable) targets = {0};
    const Expr *init = tree_initializer(initializer, global->type);
    const InitPlace whole = {.value = (Expr *)(uintptr_t)init};
    const bool is_list = init->kind == EXPR_INIT_LIST;
    for (size_t k = 0; k < (is_list ? init->nplaces : 1); k++) {
        const InitPlace *place = is_list ? &init->places[k] : &whole;
        Function *fn = function_in(place->value);
        if (fn)
            vec_push(&targets, ((FunctionInTable){offset_in(global->type, place), fn}));
    }
    global->targets = targets.at;
    global->ntargets = targets.count;
}

static Decl *global_decl(CXCursor c)
{
    const char *function = cursor_is_null(current) ? NULL : cursor_spelling(current);
    Global *global = module_global(c, function);
    Decl *decl = new_decl(c, global->type);
    decl->global = global;
    decl->passive = global->passive;
    const CXCursor initializer = clang_Cursor_getVarDeclInitializer(*module_global_cursor(global));
    if (global->is_const_data && holds_functions(global->type) && !cursor_is_null(initializer))
        read_targets(global, initializer);
    return decl;
}

Decl *tree_decl(CXCursor c)
{
    Decl *decl = keyed_find(decls, cursor_key(c));
    if (decl)
        return decl;
    if (cursor_kind(c) == CXCursor_VarDecl && clang_Cursor_hasVarDeclGlobalStorage(c) == 1)
        return global_decl(c);
    /* A parameter of a function type inside a declaration, or a local met before its declaration: in an odd order. */
    return new_decl(c, types_of_value(clang_getCursorType(c)));
}

static void read_params(FunctionTree *tree, CXCursor c)
{
    Function *fn = tree->function;
    tree->nparams = (size_t)fn->nparams;
    tree->params = ARENA_ARRAY(Decl *, fn->nparams + 1);
    for (int i = 0; i < fn->nparams; i++) {
        const CXCursor param = clang_Cursor_getArgument(c, (unsigned)i);
        Decl *decl = new_decl(param, fn->params[i].type);
        decl->name = fn->params[i].name;
        decl->param = &fn->params[i];
        decl->param_index = i;
        tree->params[i] = decl;
    }
    for (int i = 0; i < fn->nparams; i++) /* they may name any parameter before them */
        read_extents(tree->params[i], clang_Cursor_getArgument(c, (unsigned)i), true);
}

static CXCursor body_of(CXCursor function)
{
    const Cursors children = cursor_children(function);
    for (int i = children.count - 1; i >= 0; i--)
        if (cursor_kind(children.at[i]) == CXCursor_CompoundStmt)
            return children.at[i];
    return clang_getNullCursor();
}

FunctionTree *tree_function_body(Function *fn)
{
    FunctionTree *tree = fn->source;
    if (!fn->has_body || !tree)
        return NULL;
    if (tree->body)
        return tree;
    const CXCursor outer = current;
    current = *(const CXCursor *)tree->cursor;
    const CXCursor body = body_of(current);
    read_params(tree, current);
    if (!cursor_is_null(body))
        tree->body = tree_stmt(body);
    current = outer;
    return tree->body ? tree : NULL;
}
