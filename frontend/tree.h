/*
 * tree.h: the user's C as a typed tree. tree.c builds it from libclang's cursors and settles everything that libclang
 * leaves out (operators, holes in `for`, literals' text, implicit casts, parameter arrays); lower_*.c turns it into IR.
 * Behind this header nobody knows libclang.
 */
#ifndef ADGEN_TREE_H
#define ADGEN_TREE_H

#include "../transform/ir.h"

typedef struct Expr Expr;
typedef struct Stmt Stmt;
typedef struct Decl Decl;

typedef enum {
    EXPR_INT,  /* integer or character constant, enumerator: `i`; `text` the user's token where it may be repeated */
    EXPR_REAL, /* `real`, and `text` as the user wrote it (a macro's name where a standard header defines it: M_PI) */
    EXPR_IMAGINARY, /* `real` times the imaginary unit */
    EXPR_STRING,    /* `text`: the C token */
    EXPR_VAR,       /* `decl`: parameter, local or global; an lvalue */
    EXPR_FUNCTION,  /* `function` */
    EXPR_MEMBER,    /* kids[0] is a record lvalue (or rvalue) whose field `field` is meant; `->` is EXPR_DEREF beneath.
                       Anonymous members are spelled out, one level each */
    EXPR_INDEX, /* kids[0][kids[1]]: kids[0] pointer (arrays already decayed by EXPR_DECAY), kids[1] integer; an lvalue
                 */
    EXPR_DEREF, /* *kids[0]; an lvalue */
    EXPR_ADDRESS, /* &kids[0] */
    EXPR_DECAY,   /* array lvalue kids[0] to pointer to its first element */
    EXPR_LOAD,    /* lvalue-to-rvalue conversion of kids[0] */
    EXPR_CALL,    /* `function` if known, else kids[0] is the callee's address; the arguments follow: kids[0..] or
                     kids[1..] */
    EXPR_UNARY,   /* op: VAL_NEG, VAL_NOT, VAL_LNOT; (unary plus is dropped) */
    EXPR_BINARY, /* op: VAL_ADD...VAL_GE; both kids converted already. For pointers: VAL_ADD/VAL_SUB (pointer, integer),
                    VAL_PTRDIFF, comparisons */
    EXPR_AND,
    EXPR_OR,   /* short-circuit */
    EXPR_COND, /* kids[0] ? kids[1] : kids[2]; GNU `a ?: b` has kids[1] NULL */
    EXPR_COMMA,
    EXPR_ASSIGN,   /* kids[0] lvalue, kids[1] value of the lvalue's type; the value is the lvalue's new value */
    EXPR_COMPOUND, /* kids[0] op= kids[1]: computed in `compute` (usual arithmetic conversions), then converted to the
                      lvalue's type. kids[1] has type `compute` unless a shift or pointer arithmetic */
    EXPR_INCDEC,   /* kids[0] lvalue; op VAL_ADD or VAL_SUB; `is_postfix` */
    EXPR_CAST,     /* kids[0] to `type`, explicit or implicit (`is_implicit`); to void: value dropped */
    EXPR_SIZEOF,   /* value `i`, `type_operand`; with `is_variable` (VLA) the run-time size of type_operand, extents in
                      kids (outermost first) */
    EXPR_COMPOUND_LITERAL, /* kids[0] EXPR_INIT_LIST or a scalar initialiser; an lvalue */
    EXPR_INIT_LIST,  /* normalised: every kid names its place from the top: `places` says which leaf (path of indices);
                        unnamed leaves are zero */
    EXPR_STATEMENT,  /* GNU ({ ... }): `body`; its value is the last expression statement's */
    EXPR_ASSERT,     /* assert(kids[0]) of <assert.h> */
    EXPR_ALLOCA,     /* memory of kids[0] bytes, until the function returns, as a pointer of the type; `decl` gets it.
                        Made by lower_alloca.c */
    EXPR_ASSEMBLY,   /* inline assembly: kids are the operands, `text` all the rest, with ASSEMBLY_VALUE for each */
    EXPR_UNSUPPORTED /* `text` says what it is ("inline assembly"): the fence refuses it */
} ExprKind;

/* One initialiser of a braced list: the leaf (or whole sub-object, for a record value) that it sets. */
typedef struct {
    int depth;
    int64_t *path; /* indices of array elements and fields from the outermost object inward */
    Expr *value;
} InitPlace;

struct Expr {
    ExprKind kind;
    Type *type; /* top-level qualifiers dropped; VLA pointers: see `extents` */
    Loc loc;
    ValueKind op;
    int nkids;
    Expr **kids;
    Decl *decl;
    Function *function;
    int field;
    int64_t i;
    long double real;
    const char *text;
    Type *compute;
    Type *type_operand;
    Stmt *body;
    bool is_postfix, is_implicit, is_variable;
    bool through_rows; /* EXPR_DECAY of m[0]: it goes through all of m (lower_rows.c) */
    size_t nplaces;
    InitPlace *places;
};

typedef enum {
    STMT_EXPR,    /* expr */
    STMT_DECL,    /* decls; i: without their initial values (made by lower_duff.c) */
    STMT_BLOCK,   /* stmts */
    STMT_IF,      /* expr, body, other (may be NULL) */
    STMT_WHILE,   /* expr, body */
    STMT_DO,      /* body, expr */
    STMT_FOR,     /* init (may be NULL), expr (may be NULL), step (may be NULL), body */
    STMT_SWITCH,  /* expr, body */
    STMT_CASE,    /* expr [.. high], body: the statement behind the label */
    STMT_DEFAULT, /* body */
    STMT_BREAK,
    STMT_CONTINUE,
    STMT_RETURN, /* expr or NULL */
    STMT_LABEL,  /* text, body */
    STMT_GOTO,   /* text: the label */
    STMT_EMPTY,
    STMT_CHECKPOINT,  /* ADGEN_CHECKPOINT(i) */
    STMT_UNSUPPORTED, /* text: what it is */
    /* Made by lower_goto.c: */
    STMT_FORWARD, /* stmts; gotos of label number `i` in it leave it. decls: to be declared before it */
    STMT_BACKWARD /* stmts; gotos of label number `i` in it start it again. decls: as above */
} StmtKind;

struct Stmt {
    StmtKind kind;
    Loc loc;
    Expr *expr, *high, *step;
    Stmt *init, *body, *other;
    size_t nstmts;
    Stmt **stmts;
    size_t ndecls;
    Decl **decls;
    const char *text;
    int64_t i;
};

/* A variable: parameter, local, static local or global. Functions are ir.h's Function. */
struct Decl {
    const char *name;
    Type *type; /* parameters: adjusted to pointers */
    Loc loc;
    Param *param; /* a parameter: its Param; NULL otherwise */
    int param_index;
    Global *global; /* global or static: its Global */
    bool passive, is_register;
    Expr *init;
    /* Variable array extents in `type` (and in a pointer's pointee), outermost first: one expression for each
     * ARRAY_VARIABLE level. */
    size_t nextents;
    Expr **extents;
    void *lowered; /* for lower_*.c */
};

/* What `fn->source` points to, for functions with a body. */
typedef struct FunctionTree {
    Function *function;
    size_t nparams;
    Decl **params;
    Stmt *body; /* built on demand by tree_function_body */
    void *cursor;
} FunctionTree;

/* The body of `fn` as a tree (cached); NULL where there is none. Reports what it cannot represent and counts it as
 * errors. */
FunctionTree *tree_function_body(Function *fn);
/* Gives a static function the text by which the output can repeat it, if it can (repeat.c). */
bool repeat_function(Function *fn);

#endif
