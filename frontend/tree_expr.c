/*
 * tree_expr.c: expressions. libclang shows every implicit conversion as a node without a name; what it is follows from
 * the types on both sides. A parameter declared as an array keeps its array type in libclang's tree: here, types come
 * from the operands wherever that could show.
 */
#include <ctype.h>
#include <math.h>
#include <stdlib.h>

#include "clang.h"

static Expr *new_expr(ExprKind kind, Loc loc, Type *type)
{
    Expr *e = ARENA_NEW(Expr);
    e->kind = kind;
    e->loc = loc;
    e->type = type_unqualified(type);
    return e;
}

Expr *tree_new(ExprKind kind, CXCursor c, Type *type)
{
    return new_expr(kind, cursor_loc(c), type);
}

Expr *tree_with_kids(Expr *e, int nkids, Expr *const *kids)
{
    e->nkids = nkids;
    e->kids = arena_grow(kids, sizeof(Expr *) * (size_t)nkids, sizeof(Expr *) * (size_t)nkids);
    return e;
}

static Expr *unary(ExprKind kind, CXCursor c, Type *type, Expr *kid)
{
    return tree_with_kids(tree_new(kind, c, type), 1, &kid);
}

static Expr *binary(ExprKind kind, CXCursor c, Type *type, Expr *x, Expr *y)
{
    return tree_with_kids(tree_new(kind, c, type), 2, (Expr *[]){x, y});
}

Expr *tree_unsupported(Loc loc, Type *type, const char *what)
{
    Expr *e = new_expr(EXPR_UNSUPPORTED, loc, type);
    e->text = what;
    return e;
}

Expr *tree_unsupported_at(CXCursor c, const char *what)
{
    return tree_unsupported(cursor_loc(c), types_of_value(clang_getCursorType(c)), what);
}

static BasicTypes *basic_types(void)
{
    return &parse_module()->types;
}

static CXCursor last_of(Cursors children)
{
    return children.count ? children.at[children.count - 1] : clang_getNullCursor();
}

static bool is_lvalue(const Expr *e)
{
    switch (e->kind) {
    case EXPR_VAR:
    case EXPR_INDEX:
    case EXPR_DEREF:
    case EXPR_COMPOUND_LITERAL:
    case EXPR_STRING:
        return true;
    case EXPR_MEMBER:
        return is_lvalue(e->kids[0]);
    default:
        return false;
    }
}

Expr *tree_converted(Expr *e, Type *type)
{
    if (type_same(e->type, type) || type->kind == TYPE_ARRAY)
        return e;
    Expr *cast = tree_with_kids(new_expr(EXPR_CAST, e->loc, type), 1, &e);
    cast->is_implicit = true;
    return cast;
}

/* ---- constants ---- */

/* What the output may write for a constant: a macro of the system's headers by name, anything else by its token. */
static const char *constant_text(CXCursor c)
{
    const char *macro = cursor_constant_macro(c);
    return macro ? macro : cursor_first_token(c);
}

static Expr *integer(CXCursor c)
{
    int64_t value = 0;
    if (!cursor_integer(c, &value))
        return tree_unsupported_at(c, "an integer constant that does not fit");
    Expr *e = tree_new(EXPR_INT, c, types_of_value(clang_getCursorType(c)));
    e->i = value;
    const char *text = constant_text(c);
    e->text = isdigit((unsigned char)*text) || strchr(text, '\'') || cursor_constant_macro(c) ? text : NULL;
    return e;
}

Expr *tree_integer(CXCursor c, int64_t value)
{
    Expr *e = tree_new(EXPR_INT, c, types_of_value(clang_getCursorType(c)));
    e->i = value;
    return e;
}

/* The token's value in its own precision: libclang's evaluation knows no long double. */
static bool real_value(const char *token, const Type *type, long double *value)
{
    char *end;
    if (type->rank == 1)
        *value = (long double)strtof(token, &end);
    else if (type->rank == 2)
        *value = (long double)strtod(token, &end);
    else
        *value = strtold(token, &end);
    return end != token && (isdigit((unsigned char)*token) || *token == '.') && strspn(end, "fFlLdDqQ") == strlen(end);
}

static Expr *real(CXCursor c)
{
    Expr *e = tree_new(EXPR_REAL, c, types_of_value(clang_getCursorType(c)));
    const char *token = cursor_first_token(c);
    if (e->type->kind != TYPE_REAL || !real_value(token, e->type, &e->real))
        return tree_unsupported_at(c, "a constant of this type");
    e->text = constant_text(c);
    return e;
}

static Expr *string(CXCursor c)
{
    Expr *e = tree_new(EXPR_STRING, c, types_of(clang_getCursorType(c)));
    e->text = cursor_spelling(c);
    return e;
}

/* INFINITY, NAN, HUGE_VAL: calls of builtins in the tree, constants to everybody else. */
static Expr *special_real(CXCursor c, const char *name)
{
    const bool is_nan = strncmp(name, "__builtin_nan", 13) == 0;
    if (!is_nan && strncmp(name, "__builtin_inf", 13) != 0 && strncmp(name, "__builtin_huge_val", 18) != 0)
        return NULL;
    Type *type = types_of_value(clang_getCursorType(c));
    if (type->kind != TYPE_REAL)
        return NULL;
    Expr *e = tree_new(EXPR_REAL, c, type);
    const char *macro = cursor_system_macro(c);
    e->real = is_nan ? (long double)NAN : (long double)INFINITY;
    e->text =
        macro && (strcmp(macro, "INFINITY") == 0 || strcmp(macro, "NAN") == 0 || strncmp(macro, "HUGE_VAL", 8) == 0)
            ? macro
            : arena_printf("%s(%s)", name, is_nan ? "\"\"" : "");
    return e;
}

/* ---- names ---- */

static Expr *enumerator(CXCursor c, CXCursor constant)
{
    Expr *e = tree_new(EXPR_INT, c, types_of_value(clang_getCursorType(c)));
    e->i = clang_getEnumConstantDeclValue(constant);
    e->text = types_is_local(constant) ? NULL : cursor_spelling(constant);
    return e;
}

static Expr *function_expr(CXCursor c, CXCursor declaration)
{
    Expr *e = tree_new(EXPR_FUNCTION, c, types_of(clang_getCursorType(c)));
    e->function = module_function(declaration);
    return e;
}

static Expr *name_expr(CXCursor c)
{
    const CXCursor declaration = clang_getCursorReferenced(c);
    switch (cursor_kind(declaration)) {
    case CXCursor_EnumConstantDecl:
        return enumerator(c, declaration);
    case CXCursor_FunctionDecl:
        return function_expr(c, declaration);
    case CXCursor_ParmDecl:
    case CXCursor_VarDecl: {
        Decl *decl = tree_decl(declaration);
        Expr *e = tree_new(EXPR_VAR, c, decl->type);
        e->decl = decl;
        return e;
    }
    default:
        return tree_unsupported_at(c, "this name");
    }
}

static bool is_anonymous_field(CXCursor c)
{
    const CXCursor field = clang_getCursorReferenced(c);
    const char *name = cursor_is_null(field) ? "" : cursor_spelling(field);
    return !*name || strchr(name, '(') != NULL;
}

static Expr *member_of(CXCursor c, Expr *base, const char *name)
{
    enum { DEEPEST = 32 };
    int path[DEEPEST];
    if (base->type->kind == TYPE_POINTER)
        base = unary(EXPR_DEREF, c, base->type->to, base);
    const int steps = types_field_path(base->type, name, path, DEEPEST);
    for (int i = 0; i < steps; i++) {
        const Field *field = &base->type->record->fields[path[i]];
        Expr *e = unary(EXPR_MEMBER, c, field->type, base);
        e->field = path[i];
        base = e;
    }
    return steps ? base : tree_unsupported_at(c, "this member");
}

static Expr *member(CXCursor c)
{
    const char *name = cursor_spelling(clang_getCursorReferenced(c));
    CXCursor base = last_of(cursor_expressions(c));
    while (!cursor_is_null(base) && cursor_kind(base) == CXCursor_MemberRefExpr && is_anonymous_field(base))
        base = last_of(cursor_expressions(base));
    return cursor_is_null(base) ? tree_unsupported_at(c, "this member") : member_of(c, tree_expr(base), name);
}

static Expr *subscript(CXCursor c)
{
    const Cursors kids = cursor_expressions(c);
    if (kids.count != 2)
        return tree_unsupported_at(c, "this subscript");
    Expr *base = tree_expr(kids.at[0]), *index = tree_expr(kids.at[1]);
    if (base->type->kind == TYPE_INT && index->type->kind == TYPE_POINTER) { /* 2[a] */
        Expr *swap = base;
        base = index;
        index = swap;
    }
    if (base->type->kind != TYPE_POINTER || index->type->kind != TYPE_INT)
        return tree_unsupported_at(c, "a subscript of something that is no array");
    return binary(EXPR_INDEX, c, base->type->to, base, index);
}

/* ---- unary operators ---- */

static Expr *dereference(CXCursor c, Expr *kid)
{
    if (kid->type->kind == TYPE_FUNCTION || (kid->type->kind == TYPE_POINTER && kid->type->to->kind == TYPE_FUNCTION))
        return kid; /* a function designator decays again at once */
    return kid->type->kind == TYPE_POINTER ? unary(EXPR_DEREF, c, kid->type->to, kid)
                                           : tree_unsupported_at(c, "this '*'");
}

static bool is_function_address(const Expr *e)
{
    return e->kind == EXPR_FUNCTION ||
           (!is_lvalue(e) && e->type->kind == TYPE_POINTER && e->type->to->kind == TYPE_FUNCTION);
}

static Expr *address(CXCursor c, Expr *kid)
{
    if (kid->kind == EXPR_UNSUPPORTED || is_function_address(kid)) /* &f is f */
        return kid;
    Type *type = kid->kind == EXPR_VAR ? type_pointer(kid->decl->type) : types_of_value(clang_getCursorType(c));
    return unary(EXPR_ADDRESS, c, type, kid);
}

static Expr *increment(CXCursor c, Expr *kid, ValueKind op, bool is_postfix)
{
    Expr *e = unary(EXPR_INCDEC, c, kid->type, kid);
    e->op = op;
    e->is_postfix = is_postfix;
    return e;
}

static Expr *operation(CXCursor c, ValueKind op, Type *type, Expr *kid)
{
    Expr *e = unary(EXPR_UNARY, c, type, kid);
    e->op = op;
    return e;
}

static Expr *unary_operator(CXCursor c)
{
    const Cursors kids = cursor_expressions(c);
    if (kids.count != 1)
        return tree_unsupported_at(c, "this operator");
    const enum CXUnaryOperatorKind op = clang_getCursorUnaryOperatorKind(c);
    Expr *kid = tree_expr(kids.at[0]);
    switch (op) {
    case CXUnaryOperator_PostInc:
    case CXUnaryOperator_PreInc:
        return increment(c, kid, VAL_ADD, op == CXUnaryOperator_PostInc);
    case CXUnaryOperator_PostDec:
    case CXUnaryOperator_PreDec:
        return increment(c, kid, VAL_SUB, op == CXUnaryOperator_PostDec);
    case CXUnaryOperator_AddrOf:
        return address(c, kid);
    case CXUnaryOperator_Deref:
        return dereference(c, kid);
    case CXUnaryOperator_Plus:
    case CXUnaryOperator_Extension:
        return kid;
    case CXUnaryOperator_Minus:
        return operation(c, VAL_NEG, kid->type, kid);
    case CXUnaryOperator_Not:
        return operation(c, VAL_NOT, kid->type, kid);
    case CXUnaryOperator_LNot:
        return operation(c, VAL_LNOT, basic_types()->int_, kid);
    case CXUnaryOperator_Real:
        return tree_unsupported_at(c, "'__real__'");
    case CXUnaryOperator_Imag:
        return tree_unsupported_at(c, "'__imag__'");
    default:
        return tree_unsupported_at(c, "this operator");
    }
}

/* ---- binary operators ---- */

static const struct {
    enum CXBinaryOperatorKind clang, compound;
    ValueKind op;
} operators[] = {
    {CXBinaryOperator_Mul, CXBinaryOperator_MulAssign, VAL_MUL},
    {CXBinaryOperator_Div, CXBinaryOperator_DivAssign, VAL_DIV},
    {CXBinaryOperator_Rem, CXBinaryOperator_RemAssign, VAL_REM},
    {CXBinaryOperator_Add, CXBinaryOperator_AddAssign, VAL_ADD},
    {CXBinaryOperator_Sub, CXBinaryOperator_SubAssign, VAL_SUB},
    {CXBinaryOperator_Shl, CXBinaryOperator_ShlAssign, VAL_SHL},
    {CXBinaryOperator_Shr, CXBinaryOperator_ShrAssign, VAL_SHR},
    {CXBinaryOperator_And, CXBinaryOperator_AndAssign, VAL_AND},
    {CXBinaryOperator_Xor, CXBinaryOperator_XorAssign, VAL_XOR},
    {CXBinaryOperator_Or, CXBinaryOperator_OrAssign, VAL_OR},
    {CXBinaryOperator_LT, CXBinaryOperator_Invalid, VAL_LT},
    {CXBinaryOperator_GT, CXBinaryOperator_Invalid, VAL_GT},
    {CXBinaryOperator_LE, CXBinaryOperator_Invalid, VAL_LE},
    {CXBinaryOperator_GE, CXBinaryOperator_Invalid, VAL_GE},
    {CXBinaryOperator_EQ, CXBinaryOperator_Invalid, VAL_EQ},
    {CXBinaryOperator_NE, CXBinaryOperator_Invalid, VAL_NE},
};

static bool find_operator(enum CXBinaryOperatorKind kind, ValueKind *op)
{
    for (size_t i = 0; i < sizeof operators / sizeof operators[0]; i++)
        if (kind != CXBinaryOperator_Invalid && (operators[i].clang == kind || operators[i].compound == kind)) {
            *op = operators[i].op;
            return true;
        }
    return false;
}

static Expr *pointer_operation(CXCursor c, ValueKind op, Expr *x, Expr *y)
{
    Type *type = types_of_value(clang_getCursorType(c));
    if (op == VAL_ADD && x->type->kind == TYPE_INT) {
        Expr *swap = x;
        x = y;
        y = swap;
    }
    if (op == VAL_SUB && y->type->kind == TYPE_POINTER)
        op = VAL_PTRDIFF;
    else if (op == VAL_ADD || op == VAL_SUB)
        type = x->type;
    Expr *e = binary(EXPR_BINARY, c, type, x, y);
    e->op = op;
    return e;
}

static Expr *statement_expression(CXCursor c);

static CXCursor without_parens(CXCursor c)
{
    while (cursor_kind(c) == CXCursor_ParenExpr || cursor_kind(c) == CXCursor_CStyleCastExpr ||
           (cursor_kind(c) == CXCursor_UnaryOperator &&
            clang_getCursorUnaryOperatorKind(c) == CXUnaryOperator_Extension)) {
        const Cursors kids = cursor_expressions(c);
        if (!kids.count)
            break;
        c = last_of(kids);
    }
    return c;
}

static bool is_assert_failure(CXCursor c)
{
    c = without_parens(c);
    if (cursor_kind(c) != CXCursor_CallExpr)
        return false;
    const char *callee = cursor_spelling(clang_getCursorReferenced(c));
    return strcmp(callee, "__assert_fail") == 0 || strcmp(callee, "__assert") == 0 ||
           strcmp(callee, "__assert_rtn") == 0;
}

static Expr *assertion(CXCursor c, CXCursor condition, CXCursor failure)
{
    Expr *kid = tree_expr(condition);
    Expr *e = unary(EXPR_ASSERT, c, basic_types()->void_, kid);
    const Cursors arguments = cursor_expressions(without_parens(failure));
    CXCursor text = arguments.count > 1 ? arguments.at[1] : clang_getNullCursor();
    while (!cursor_is_null(text) && cursor_kind(text) != CXCursor_StringLiteral)
        text = last_of(cursor_expressions(text));
    e->text = cursor_is_null(text) ? NULL : cursor_spelling(text);
    return e;
}

/* glibc's assert with GNU C: ((void) sizeof ((x) ? 1 : 0), __extension__ ({ if (x) ; else __assert_fail(...); })) */
static Expr *comma_assert(CXCursor c, CXCursor right)
{
    const CXCursor inner = without_parens(right);
    if (cursor_kind(inner) != CXCursor_StmtExpr)
        return NULL;
    const CXCursor block = last_of(cursor_children(inner));
    const CXCursor branch = cursor_is_null(block) ? block : last_of(cursor_children(block));
    if (cursor_is_null(branch) || cursor_kind(branch) != CXCursor_IfStmt)
        return NULL;
    const Cursors parts = cursor_children(branch);
    return parts.count == 3 && is_assert_failure(parts.at[2]) ? assertion(c, parts.at[0], parts.at[2]) : NULL;
}

static Expr *comma(CXCursor c, Cursors kids)
{
    Expr *e = comma_assert(c, kids.at[1]);
    if (e)
        return e;
    Expr *left = tree_expr(kids.at[0]), *right = tree_expr(kids.at[1]);
    return binary(EXPR_COMMA, c, right->type, left, right);
}

static Expr *binary_operator(CXCursor c)
{
    const Cursors kids = cursor_expressions(c);
    const enum CXBinaryOperatorKind kind = clang_getCursorBinaryOperatorKind(c);
    if (kids.count != 2)
        return tree_unsupported_at(c, "this operator");
    if (kind == CXBinaryOperator_Comma)
        return comma(c, kids);
    Expr *x = tree_expr(kids.at[0]), *y = tree_expr(kids.at[1]);
    if (kind == CXBinaryOperator_Assign)
        return binary(EXPR_ASSIGN, c, x->type, x, tree_converted(y, x->type));
    if (kind == CXBinaryOperator_LAnd || kind == CXBinaryOperator_LOr)
        return binary(kind == CXBinaryOperator_LAnd ? EXPR_AND : EXPR_OR, c, basic_types()->int_, x, y);
    ValueKind op;
    if (!find_operator(kind, &op))
        return tree_unsupported_at(c, "this operator");
    if (x->type->kind == TYPE_POINTER || y->type->kind == TYPE_POINTER)
        return pointer_operation(c, op, x, y);
    Expr *e = binary(EXPR_BINARY, c, types_of_value(clang_getCursorType(c)), x, y);
    e->op = op;
    return e;
}

/* 0 for what is no real number. */
static int real_rank(const Type *t)
{
    return t->kind == TYPE_REAL ? t->rank : 0;
}

/* libclang doesn't say in which type `x op= y` is computed; C11 6.5.16.2 does. */
static Expr *compound_assignment(CXCursor c)
{
    const Cursors kids = cursor_expressions(c);
    ValueKind op;
    if (kids.count != 2 || !find_operator(clang_getCursorBinaryOperatorKind(c), &op))
        return tree_unsupported_at(c, "this operator");
    Expr *x = tree_expr(kids.at[0]), *y = tree_expr(kids.at[1]);
    Type *compute = types_arithmetic(x->type, y->type);
    if (compute->kind == TYPE_COMPLEX &&
        (real_rank(x->type) > compute->to->rank || real_rank(y->type) > compute->to->rank))
        return tree_unsupported_at(c, "this operator on complex and real numbers of two precisions");
    if (x->type->kind == TYPE_POINTER)
        compute = x->type;
    else if (op == VAL_SHL || op == VAL_SHR)
        compute = types_promoted(x->type);
    else if (compute->kind == TYPE_COMPLEX && y->type->kind != TYPE_COMPLEX) /* stays real: z *= 2.0 */
        y = tree_converted(y, compute->to);
    else
        y = tree_converted(y, compute);
    Expr *e = binary(EXPR_COMPOUND, c, x->type, x, y);
    e->op = op;
    e->compute = compute;
    return e;
}

static Expr *conditional(CXCursor c)
{
    const Cursors kids = cursor_expressions(c);
    if (kids.count != 3)
        return tree_unsupported_at(c, "this '?:'");
    if (is_assert_failure(kids.at[2])) /* assert without GNU extensions: (x) ? (void) 0 : __assert_fail(...) */
        return assertion(c, kids.at[0], kids.at[2]);
    Expr *condition = tree_expr(kids.at[0]), *x = tree_expr(kids.at[1]), *y = tree_expr(kids.at[2]);
    Type *type = types_of_value(clang_getCursorType(c));
    return tree_with_kids(tree_new(EXPR_COND, c, type), 3, (Expr *[]){condition, x, y});
}

/* ---- conversions ---- */

static Expr *implicit_cast(CXCursor c, CXCursor child)
{
    Expr *kid = tree_expr(child);
    const Type *written = types_of(clang_getCursorType(c));
    Type *type = types_of_value(clang_getCursorType(c));
    if (kid->kind == EXPR_UNSUPPORTED || kid->type->kind == TYPE_FUNCTION)
        return kid;
    if (written->kind == TYPE_ARRAY && type_is_int(kid->type)) /* 0 for a parameter that is declared as an array */
        return tree_converted(kid, type_pointer(written->to));
    if (written->kind == TYPE_ARRAY && kid->type->kind != TYPE_POINTER)
        return kid; /* __func__, and a string as an array's initialiser */
    if (is_lvalue(kid) && kid->type->kind == TYPE_ARRAY)
        return unary(EXPR_DECAY, c, type_pointer(kid->type->to), kid);
    if (is_lvalue(kid))
        return unary(EXPR_LOAD, c, kid->type, kid);
    return written->kind == TYPE_ARRAY ? kid : tree_converted(kid, type);
}

static Expr *explicit_cast(CXCursor c)
{
    const Cursors children = cursor_expressions(c);
    if (!children.count)
        return tree_unsupported_at(c, "this cast");
    Type *type = types_of_value(clang_getCursorType(c));
    Expr *kid = tree_expr(last_of(children));
    if (kid->kind == EXPR_UNSUPPORTED)
        return kid;
    VEC(Expr *) kids = {0};
    vec_push(&kids, kid);
    Expr **extents;
    const size_t nextents = tree_extents(clang_getCursorType(c), children.at, children.count - 1, false, &extents);
    if (nextents != (size_t)types_variable_levels(type))
        return tree_unsupported_at(c, "a cast to this type of variable size");
    for (size_t i = 0; i < nextents; i++)
        vec_push(&kids, extents[i]);
    return tree_with_kids(tree_new(EXPR_CAST, c, type), (int)kids.count, kids.at);
}

/* ---- calls ---- */

static Expr *call_expr(CXCursor c, Function *fn, Expr *callee)
{
    const int count = clang_Cursor_getNumArguments(c);
    VEC(Expr *) kids = {0};
    if (callee)
        vec_push(&kids, callee);
    for (int i = 0; i < count; i++)
        vec_push(&kids, tree_expr(clang_Cursor_getArgument(c, (unsigned)i)));
    Expr *e = tree_with_kids(tree_new(EXPR_CALL, c, types_of_value(clang_getCursorType(c))), (int)kids.count, kids.at);
    e->function = fn;
    return e;
}

/* The name by which the user called a builtin: the macro's, isnan, where that is what it stands for. */
static const char *builtin_name(CXCursor c, const char *name)
{
    const char *macro = cursor_system_macro(c);
    if (!macro)
        return name;
    const size_t length = strlen(macro);
    const char *rest = strncmp(name + 10, macro, length) == 0 ? name + 10 + length : NULL;
    return rest && (!*rest || strcmp(rest, "_sign") == 0) ? macro : name;
}

static Expr *builtin_call(CXCursor c, CXCursor declaration, const char *name)
{
    int64_t value;
    Expr *special = special_real(c, name);
    if (special)
        return special;
    if (strcmp(name, "__builtin_expect") == 0 && clang_Cursor_getNumArguments(c) == 2)
        return tree_expr(clang_Cursor_getArgument(c, 0));
    if (strcmp(name, "__builtin_constant_p") == 0)
        return tree_integer(c, cursor_integer(c, &value) ? value : 0);
    if (strcmp(name, "__builtin_va_start") == 0 || strcmp(name, "__builtin_va_end") == 0 ||
        strcmp(name, "__builtin_va_copy") == 0)
        return tree_unsupported_at(c, "a variable argument list");
    const CXType type = clang_getCursorType(declaration);
    if (type.kind == CXType_FunctionProto && clang_getNumArgTypes(type) > 0 && !clang_isFunctionTypeVariadic(type))
        return call_expr(c, module_function(declaration), NULL); /* __builtin_sin: a function as any other */
    Expr *e = call_expr(c, NULL, NULL);
    e->text = strcmp(name, "__builtin_fpclassify") == 0 ? name : builtin_name(c, name);
    e->function = module_builtin(declaration, e->text);
    return e;
}

/* pick(k)(x): libclang names pick for both calls. */
static bool calls_result_of_call(CXCursor c)
{
    Cursors kids = cursor_expressions(c);
    while (kids.count &&
           (cursor_kind(kids.at[0]) == CXCursor_UnexposedExpr || cursor_kind(kids.at[0]) == CXCursor_ParenExpr))
        kids = cursor_expressions(kids.at[0]);
    return kids.count && cursor_kind(kids.at[0]) == CXCursor_CallExpr;
}

static Expr *call(CXCursor c)
{
    const CXCursor declaration = clang_getCursorReferenced(c);
    if (!calls_result_of_call(c) && !cursor_is_null(declaration) && cursor_kind(declaration) == CXCursor_FunctionDecl) {
        const char *name = cursor_spelling(declaration);
        if (strncmp(name, "__builtin_", 10) == 0)
            return builtin_call(c, declaration, name);
        return call_expr(c, module_function(declaration), NULL);
    }
    const Cursors kids = cursor_expressions(c);
    if (!kids.count)
        return tree_unsupported_at(c, "this call");
    Expr *callee = tree_expr(kids.at[0]);
    if (callee->kind == EXPR_UNSUPPORTED)
        return callee;
    return callee->kind == EXPR_FUNCTION ? call_expr(c, callee->function, NULL) : call_expr(c, NULL, callee);
}

/* ---- the rest ---- */

/* Which association of a _Generic was chosen isn't marked: the only one with the type of the whole. */
static Expr *generic_selection(CXCursor c)
{
    const Cursors kids = cursor_expressions(c);
    const CXType type = clang_getCanonicalType(clang_getCursorType(c));
    CXCursor chosen = clang_getNullCursor();
    int count = 0;
    for (int i = 1; i < kids.count; i++)
        if (clang_equalTypes(clang_getCanonicalType(clang_getCursorType(kids.at[i])), type)) {
            chosen = kids.at[i];
            count++;
        }
    return count == 1 ? tree_expr(chosen) : tree_unsupported_at(c, "this '_Generic', whose associations have one type");
}

static Expr *statement_expression(CXCursor c)
{
    const Cursors children = cursor_children(c);
    if (!children.count)
        return tree_unsupported_at(c, "this statement expression");
    Expr *e = tree_new(EXPR_STATEMENT, c, types_of_value(clang_getCursorType(c)));
    e->body = tree_stmt(last_of(children));
    return e;
}

static Expr *compound_literal(CXCursor c)
{
    const CXCursor list = last_of(cursor_expressions(c));
    Type *type = types_of(clang_getCursorType(c));
    if (cursor_is_null(list))
        return tree_unsupported_at(c, "this compound literal");
    return unary(EXPR_COMPOUND_LITERAL, c, type, tree_initializer(list, type));
}

static Expr *elvis(CXCursor c, Cursors kids)
{
    Expr *x = tree_expr(kids.at[0]), *y = tree_expr(kids.at[3]);
    Type *type = types_of_value(clang_getCursorType(c));
    if (!type_same(x->type, type))
        return tree_unsupported_at(c, "this '?:' without a middle");
    return tree_with_kids(tree_new(EXPR_COND, c, type), 3, (Expr *[]){x, NULL, y});
}

/* What libclang has no name for. Most are implicit casts; the others tell by their first word. */
static Expr *unexposed(CXCursor c)
{
    const Cursors children = cursor_children(c);
    const Cursors kids = cursor_expressions(c);
    int64_t value;
    if (children.count == 1 && cursor_is_implicit_cast(c, children.at[0]))
        return implicit_cast(c, children.at[0]);
    const char *token = cursor_first_token(c);
    if (strcmp(token, "__builtin_offsetof") == 0 || strcmp(token, "__builtin_types_compatible_p") == 0)
        return cursor_integer(c, &value) ? tree_integer(c, value) : tree_unsupported_at(c, "this 'offsetof'");
    if (strcmp(token, "__builtin_va_arg") == 0)
        return tree_unsupported_at(c, "'va_arg'");
    if (strcmp(token, "__builtin_choose_expr") == 0 && kids.count == 3 && cursor_integer(kids.at[0], &value))
        return tree_expr(kids.at[value ? 1 : 2]);
    if (kids.count == 4 && children.count == 4 && strncmp(token, "__", 2) != 0)
        return elvis(c, kids);
    return tree_unsupported_at(c, strncmp(token, "__", 2) == 0 ? arena_printf("'%s'", token) : "this expression");
}

static Expr *parenthesized(CXCursor c)
{
    const Cursors kids = cursor_expressions(c);
    return kids.count == 1 ? tree_expr(kids.at[0]) : tree_unsupported_at(c, "this expression");
}

static Expr *braces(CXCursor c)
{
    return tree_unsupported_at(c, "a braced list in this place");
}

/* 2.5i; I is a macro for 1.0iF. */
static Expr *imaginary(CXCursor c)
{
    const char *token = cursor_first_token(c);
    char *end;
    const long double value = strtold(token, &end);
    Type *type = types_of_value(clang_getCursorType(c));
    if (end == token || strspn(end, "iIjJfFlL") != strlen(end) || type->kind != TYPE_COMPLEX)
        return tree_unsupported_at(c, "an imaginary constant");
    Expr *e = tree_new(EXPR_IMAGINARY, c, type);
    e->real = value;
    return e;
}

static Expr *label_address(CXCursor c)
{
    return tree_unsupported_at(c, "the address of a label");
}

Expr *tree_value(CXCursor c)
{
    Expr *e = tree_expr(c);
    return is_lvalue(e) && e->type->kind == TYPE_INT ? unary(EXPR_LOAD, c, e->type, e) : e;
}

Expr *tree_expr(CXCursor c)
{
    static const struct {
        enum CXCursorKind kind;
        Expr *(*build)(CXCursor c);
    } builders[] = {
        {CXCursor_UnexposedExpr, unexposed},
        {CXCursor_DeclRefExpr, name_expr},
        {CXCursor_MemberRefExpr, member},
        {CXCursor_CallExpr, call},
        {CXCursor_IntegerLiteral, integer},
        {CXCursor_CharacterLiteral, integer},
        {CXCursor_FloatingLiteral, real},
        {CXCursor_ImaginaryLiteral, imaginary},
        {CXCursor_StringLiteral, string},
        {CXCursor_ParenExpr, parenthesized},
        {CXCursor_UnaryOperator, unary_operator},
        {CXCursor_ArraySubscriptExpr, subscript},
        {CXCursor_BinaryOperator, binary_operator},
        {CXCursor_CompoundAssignOperator, compound_assignment},
        {CXCursor_ConditionalOperator, conditional},
        {CXCursor_CStyleCastExpr, explicit_cast},
        {CXCursor_CompoundLiteralExpr, compound_literal},
        {CXCursor_InitListExpr, braces},
        {CXCursor_AddrLabelExpr, label_address},
        {CXCursor_StmtExpr, statement_expression},
        {CXCursor_GenericSelectionExpr, generic_selection},
        {CXCursor_UnaryExpr, tree_size},
    };
    const enum CXCursorKind kind = cursor_kind(c);
    for (size_t i = 0; i < sizeof builders / sizeof builders[0]; i++)
        if (builders[i].kind == kind)
            return builders[i].build(c);
    return tree_unsupported_at(c, "this expression");
}

/* ---- inline assembly ---- */

static int count_operands(const char *assembly)
{
    int count = 0;
    for (; *assembly; assembly++)
        count += *assembly == ASSEMBLY_VALUE;
    return count;
}

Expr *tree_assembly(CXCursor c, Cursors operands)
{
    const char *text = cursor_assembly(tree_current_function(), c);
    if (!text || count_operands(text) != operands.count)
        return NULL;
    Expr *e = tree_new(EXPR_ASSEMBLY, c, basic_types()->void_);
    e->text = text;
    e->nkids = operands.count;
    e->kids = ARENA_ARRAY(Expr *, operands.count + 1);
    for (int k = 0; k < operands.count; k++)
        e->kids[k] = tree_expr(operands.at[k]);
    return e;
}
