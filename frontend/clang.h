/*
 * clang.h: what the files of the front end that read libclang's tree share: parse.c, cursor.c, types.c, declare.c,
 * library.c, module.c and tree*.c. Everybody else sees tree.h and ir.h.
 */
#ifndef ADGEN_CLANG_H
#define ADGEN_CLANG_H

#include <clang-c/Index.h>

#include "frontend.h"
#include "tree.h"

#define uthash_malloc(size) arena_alloc(size)
#define uthash_free(pointer, size) ((void)(pointer))
#include <uthash.h>

/* ---- tables (cursor.c) ------------------------------------------------------------------------------------------ */

typedef struct Keyed {
    const void *key;
    void *value;
    UT_hash_handle hh;
} Keyed;

typedef struct Named {
    const char *name;
    void *value;
    UT_hash_handle hh;
} Named;

void *keyed_find(Keyed *table, const void *key);
void keyed_add(Keyed **table, const void *key, void *value);
void *named_find(Named *table, const char *name);
void named_add(Named **table, const char *name, void *value);

/* ---- the translation unit (parse.c) ----------------------------------------------------------------------------- */

CXTranslationUnit parse_unit(void);
CXFile parse_main_file(void);
/* The bytes of the main file. */
const char *parse_main_text(size_t *length);
Module *parse_module(void);

/* ---- library functions (library.c) ------------------------------------------------------------------------------ */

/* What a call does, __builtin_ before the name or not. */
Effect library_effect(const char *name);
/* The row of rules.def for a function that has the name and the shape of one of libm's. */
const Rule *library_rule(const Function *fn);

/* ---- cursors (cursor.c) ----------------------------------------------------------------------------------------- */

typedef struct {
    CXCursor *at;
    int count;
} Cursors;

const char *text_of(CXString s); /* in the arena; disposes of `s` */
Cursors cursor_children(CXCursor c);
/* The children that are expressions: types and tags that the source names on the way are children too. */
Cursors cursor_expressions(CXCursor c);
enum CXCursorKind cursor_kind(CXCursor c);
const char *cursor_spelling(CXCursor c);
bool cursor_is_null(CXCursor c);
bool cursor_is_expression(CXCursor c);
/* What identifies a declaration: the same for all of its redeclarations. */
const void *cursor_key(CXCursor declaration);

Loc cursor_loc(CXCursor c);
Loc cursor_loc_of(CXSourceLocation location);
bool cursor_in_main_file(CXCursor c);
bool cursor_in_system_header(CXCursor c);
/* Byte offsets in the main file of what `c` spans there; false where it is elsewhere. */
bool cursor_main_range(CXCursor c, unsigned *start, unsigned *end);

/* The token that `c` begins with, after macro expansion; "" if there is none. */
const char *cursor_first_token(CXCursor c);
/* Macros that the main file uses: cursor_add_expansion takes each MacroExpansion cursor in order. */
void cursor_add_expansion(CXCursor c);
bool cursor_range_has_macro(unsigned start, unsigned end);
/* The name of the macro whose use in the main file `c` begins at, where a system header defines it; NULL otherwise. */
const char *cursor_system_macro(CXCursor c);
/* The same, where the macro stands for one token, a constant: M_PI, DBL_MAX. */
const char *cursor_constant_macro(CXCursor c);

/* Is `c`, an UnexposedExpr with the only child `child`, an implicit cast? */
bool cursor_is_implicit_cast(CXCursor c, CXCursor child);
/* The integer constant that `c` is; false where it is none. Never for braced lists (libclang crashes). */
bool cursor_integer(CXCursor c, int64_t *value);

/* Is there an annotation `text` on the declaration? With `prefix`, the first that begins so: what follows it. */
bool cursor_has_annotation(CXCursor declaration, const char *text);
const char *cursor_annotation(CXCursor declaration, const char *prefix);

/* Which parts a `for` of the function has: FOR_ bits; -1 where that can't be told. */
enum { FOR_INIT = 1, FOR_CONDITION = 2, FOR_STEP = 4 };
int cursor_for_parts(CXCursor function, CXCursor for_statement);

/* The text of a statement of inline assembly, with ASSEMBLY_VALUE for each operand; NULL where that can't be told. */
const char *cursor_assembly(CXCursor function, CXCursor statement);

/* The declaration as libclang prints it: after macro expansion. `terse`: without its body. */
const char *cursor_printed(CXCursor declaration, bool terse);

/* ---- types (types.c, declare.c) --------------------------------------------------------------------------------- */

void types_begin(Module *module);
Type *types_of(CXType t);
/* The type of an expression that is a value: what is an array by libclang's word is a parameter that decayed. */
Type *types_of_value(CXType t);
/* The fields that lead to a member by name, through anonymous members; the number of steps, 0 where there is none. */
int types_field_path(const Type *record, const char *name, int *path, int capacity);
/* Usual arithmetic conversions (C11 6.3.1.8) and integer promotions. */
Type *types_promoted(Type *t);
Type *types_arithmetic(Type *a, Type *b);
/* The variable arrays in `t`, also behind pointers. */
int types_variable_levels(const Type *t);
/* A typedef or tag of a function's body: its name can't be written elsewhere. */
bool types_is_local(CXCursor declaration);

/* A parameter's text around the name: "const real " and "[n][m]", and "real " without const, anywhere. */
void declare_param(CXType t, const char **before, const char **before_mutable, const char **after);
/* A whole declaration: declare_text(t, "x") is "const real x[n]". */
const char *declare_text(CXType t, const char *name);
/* Text of the extents of an array type as written, outermost first; NULL entries where none is given. */
int declare_extents(CXType t, const char ***extents);
/* The definition of a tag or typedef, complete with ';'. */
const char *declare_record(CXCursor record, const char *tag);
const char *declare_enum(CXCursor enumeration, const char *tag);
const char *declare_typedef(CXCursor typedef_);
/* Is `tag` a struct's name without its members, that `next` says again: typedef struct node node; */
bool declare_is_implied(CXCursor tag, CXCursor next);
bool declare_is_unnamed(CXCursor tag); /* struct { ... }, whether or not a typedef names it */

/* The initialiser's text: the user's own where no macro or directive is in it, else as libclang prints it (constant.c).
 */
const char *constant_initializer(CXCursor variable, CXCursor initializer);

/* ---- names (scope.c) -------------------------------------------------------------------------------------------- */

/* Does the unit declare the name at file scope, in the source or in what it includes? */
bool scope_has_tag(const char *name);
bool scope_has_name(const char *name); /* of a variable, a function, a typedef, an enumerator */

/* ---- module and tree (module.c, tree.c) ------------------------------------------------------------------------- */

/* Reads the unit's top level into a new module. */
Module *module_read(const char *file, bool with_source);
Function *module_function(CXCursor declaration);
/* A library function that the tree names without a declaration: isnan for what the macro expands to. */
Function *module_builtin(CXCursor declaration, const char *name);
Global *module_global(CXCursor variable, const char *function_name);

/* The definition of a global, or where it is declared. */
const CXCursor *module_global_cursor(const Global *global);

Decl *tree_decl(CXCursor variable); /* parameter, local or global */
Decl *tree_local(CXCursor variable);
Expr *tree_expr(CXCursor c);
Expr *tree_new(ExprKind kind, CXCursor c, Type *type);
Expr *tree_with_kids(Expr *e, int nkids, Expr *const *kids); /* e */
Expr *tree_integer(CXCursor c, int64_t value);
Expr *tree_size(CXCursor c); /* sizeof, _Alignof (tree_sizeof.c) */
/* A statement of inline assembly; NULL where what it says is not seen. */
Expr *tree_assembly(CXCursor c, Cursors operands);
Expr *tree_value(CXCursor c);                   /* where libclang leaves the conversion to a value out: extents */
Expr *tree_converted(Expr *e, Type *type);      /* an implicit cast where the type differs */
Expr *tree_initializer(CXCursor c, Type *type); /* a braced list placed, or an expression */
Expr *tree_unsupported(Loc loc, Type *type, const char *what);
Expr *tree_unsupported_at(CXCursor c, const char *what);
Stmt *tree_stmt(CXCursor c);
CXCursor tree_current_function(void);
/* The variables that hold the extents of a local typedef, to be declared and set where control passes it: none for
 * most. */
typedef VEC(Decl *) TypedefExtents;
const TypedefExtents *tree_typedef(CXCursor typedef_);
/* Extent expressions of a declaration, innermost first, as libclang lists them: those of ARRAY_VARIABLE levels of `t`.
 */
size_t tree_extents(CXType written, const CXCursor *exprs, int nexprs, bool is_parameter, Expr ***extents);

#endif
