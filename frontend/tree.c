/*
 * tree.c: functions and variables of the tree; tree_expr.c, tree_init.c and tree_stmt.c build what is in them. A body
 * is built when it is first asked for, from cursors that stay valid for the whole run.
 */
#include "clang.h"

static Keyed *decls;    /* by declaration: Decl */
static Keyed *typedefs; /* of variable size, by declaration: TypedefExtents */
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

/* ---- arrays of variable size ---- */

static const TypedefExtents *typedef_extents(CXType t)
{
    while (t.kind == CXType_Elaborated)
        t = clang_Type_getNamedType(t);
    return t.kind == CXType_Typedef ? keyed_find(typedefs, cursor_key(clang_getTypeDeclaration(t))) : NULL;
}

/* Array levels as written, outermost first, that libclang gives an extent expression for: not `[]` or `[*]`; `rest` is
 * what they are arrays of, a typedef perhaps. */
static int written_levels(CXType t, bool *variable, int capacity, CXType *rest)
{
    int levels = 0;
    for (;;) {
        *rest = t;
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

static Expr *value_of(Decl *decl, Loc loc)
{
    Expr *var = ARENA_NEW(Expr), *load = ARENA_NEW(Expr);
    *var = (Expr){.kind = EXPR_VAR, .type = decl->type, .loc = loc, .decl = decl};
    *load = (Expr){.kind = EXPR_LOAD, .type = decl->type, .loc = loc, .nkids = 1, .kids = ARENA_ARRAY(Expr *, 1)};
    load->kids[0] = var;
    return load;
}

/*
 * libclang lists the extents innermost first, constant ones too. The IR's type has an ARRAY_VARIABLE level for each
 * variable one, but for a parameter's outermost array, which is a pointer. A typedef's extents were computed where
 * control passed it, and kept in variables.
 */
size_t tree_extents(CXType written, const CXCursor *exprs, int nexprs, bool is_parameter, Expr ***extents)
{
    enum { DEEPEST = 32 };
    bool variable[DEEPEST];
    CXType rest;
    const int levels = written_levels(written, variable, DEEPEST, &rest);
    VEC(Expr *) found = {0};
    const bool drops_first =
        is_parameter && (written.kind == CXType_VariableArray || written.kind == CXType_ConstantArray);
    for (int i = drops_first; i < levels && levels == nexprs; i++)
        if (variable[i])
            vec_push(&found, tree_value(exprs[levels - 1 - i]));
    const TypedefExtents *of = typedef_extents(rest);
    for (size_t i = 0; of && i < of->count; i++)
        vec_push(&found, value_of(of->at[i], of->at[i]->loc));
    *extents = found.at;
    return found.count;
}

/* The extents among the children of a declaration. */
static size_t declared_extents(CXCursor c, CXType written, bool is_parameter, Expr ***extents)
{
    const Cursors children = cursor_children(c);
    const CXCursor initializer =
        cursor_kind(c) == CXCursor_TypedefDecl ? clang_getNullCursor() : clang_Cursor_getVarDeclInitializer(c);
    VEC(CXCursor) exprs = {0};
    for (int i = 0; i < children.count; i++)
        if (cursor_is_expression(children.at[i]) && !clang_equalCursors(children.at[i], initializer))
            vec_push(&exprs, children.at[i]);
    return tree_extents(written, exprs.at, (int)exprs.count, is_parameter, extents);
}

static void read_extents(Decl *decl, CXCursor c, bool is_parameter)
{
    if (types_variable_levels(decl->type) > 0)
        decl->nextents = declared_extents(c, clang_getCursorType(c), is_parameter, &decl->extents);
}

const TypedefExtents *tree_typedef(CXCursor c)
{
    const CXType written = clang_getTypedefDeclUnderlyingType(c);
    Type *size = parse_module()->types.size;
    Expr **extents = NULL;
    const size_t count =
        types_variable_levels(types_of(written)) > 0 ? declared_extents(c, written, false, &extents) : 0;
    TypedefExtents *of = ARENA_NEW(TypedefExtents);
    for (size_t i = 0; i < count; i++) {
        Decl *decl = ARENA_NEW(Decl);
        decl->name = arena_printf("%s_extent", cursor_spelling(c));
        decl->type = size;
        decl->loc = cursor_loc(c);
        decl->init = tree_converted(extents[i], size);
        vec_push(of, decl);
    }
    keyed_add(&typedefs, cursor_key(c), of);
    return of;
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
