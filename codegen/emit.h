/*
 * emit.h: what the files of codegen/ share. A function is printed in three steps:
 *
 *     plan.c      which values are printed inside the expression of their user, and which get a line of their own
 *     coalesce.c  which of the values with a name share one C variable (out of SSA), and where it is declared
 *     emit_*.c    the text
 */
#ifndef ADGEN_EMIT_H
#define ADGEN_EMIT_H

#include "../transform/analyses.h"
#include "../transform/ir.h"
#include "../transform/rules.h"
#include "codegen.h"

enum { LINE_WIDTH = 110, EXPRESSION_WIDTH = 88, TERNARY_WIDTH = 72 };

/* ---- text ------------------------------------------------------------------------------------------------------- */

typedef VEC(char) Text;

void text_add(Text *text, const char *s);
void text_add_n(Text *text, const char *s, size_t n);
void text_printf(Text *text, const char *format, ...) __attribute__((format(printf, 2, 3)));
/* Puts `s` in the middle of what is there. */
void text_insert(Text *text, size_t at, const char *s);
const char *text_string(Text *text);
/* Adds one line, broken where it is too wide; `indent` in columns. */
void text_line(Text *text, int indent, const char *line);

/* ---- plan.c ----------------------------------------------------------------------------------------------------- */

typedef enum {
    PLACE_NONE,     /* not printed: nothing uses it */
    PLACE_FOLD,     /* inside the expressions of its users */
    PLACE_NAME,     /* computed on a line of its own, into a variable */
    PLACE_STATEMENT /* a line (or a region's lines) without a value of its own */
} Place;

typedef struct Web Web;
typedef VEC(Web *) Webs;
typedef VEC(const Value *) ValueList;

/* The extents of the dimensions of run-time size in what a pointer leads to, outermost first. */
typedef struct {
    Value *const *extents;
    int count;
} Rows;

/*
 * What is known of each value, by id. Positions count the values of the function in the order in which they are
 * printed; a block has one where it begins and one where it ends (its yields), a loop two before its first block: the
 * copies of the initial values, and the header.
 */
typedef struct {
    Place place;
    unsigned pos, end;          /* listed values; `end`: regions, behind all of it */
    unsigned begin[2], stop[2]; /* regions: of their blocks */
    unsigned uses;              /* in the printed text; for a folded user as often as that is printed */
    unsigned first;             /* position of the first line that uses it, */
    const Block *first_block;   /* in this block */
    const Block *around;        /* the innermost block with all uses in it */
    bool by_yield;              /* its only user is a block's yield (not a condition) */
    bool sunk;                  /* computed in the copy at the end of its block, not where it stands */
    bool chosen;                /* a branch that is an operator, though it keeps a value that has another variable */
    bool indexed;               /* a pointer that stands before brackets somewhere */
    bool again_and_again;       /* printed where it is evaluated more than once, or later than it stands */
    const Rows *rows;           /* a pointer to arrays of run-time size: C knows their extents; or NULL, */
    const Rows *held;           /* VAL_ALLOC, VAL_TAPE: of the pointers that it holds; */
    bool no_rows;               /* since what flows in does not agree */
    bool yielded;               /* flows into a result or a loop's variable */
    bool to_const;              /* a pointer that comes from one to const */
    bool written;               /* a pointer that something is stored through */
    bool keep;                  /* must be a variable: its address is needed, or its expression would be too wide */
    int do_flag;                /* a loop that is a do while: number of the carried flag, plus one */
    int flag;                   /* a loop that is left by break: number of the carried flag, plus one; */
    int flag_sets;              /* the flag's value then; */
    bool do_direct;             /* a do while: the flag's next value is the condition itself */
    bool flag_is_needed;        /* the flag is read elsewhere too; */
    bool is_flag;               /* the result of a branch that only says whether to break */
    const Value *breaks[2];     /* a branch, or a loop's body: its block ends with a break of this loop, */
    const Value *break_if[2];   /* on this condition */
    int test;                   /* a branch that is only done when no break was: its block, plus one; */
    bool test_breaks;           /* the break is here, on its condition */
    const Value *step;          /* a loop: the value computed in the header of a for, */
    int stepped;                /* of this carried value, plus one */
    bool in_header;             /* it is such a value */
    bool expression;            /* an `if` printed as an operator: ?:, && or || */
    bool *left_out[2];          /* an `if`: by result, what the block need not assign, or NULL (initial.c) */
    int width;                  /* columns of its expression */
    unsigned second;            /* VAL_LOCAL: as `first`, of the line after that */
    const Block *second_block;
    bool cleared_late;    /* VAL_LOCAL: its VAL_ZERO is part of the declaration */
    const Block *home;    /* VAL_LOCAL: the block where it is declared, */
    const Value *before;  /* before this statement of it */
    const Value *stored;  /* an array of adgen's: the first value that goes into it */
    const Block *lasts;   /* ... or a block around it: pointers to the object are used there */
    ValueList locals;     /* VAL_LOCALs declared before this one */
    Webs bare;            /* variables declared without a value before this one */
    Web *web;             /* its variable */
    const Block *read_in; /* where it was read last, while that is looked for (coalesce.c) */
    const char *name;     /* of what is no variable that changes: objects, counters, tapes, trip counts */
} Note;

typedef struct {
    const Function *fn;
    Note *notes; /* by id */
    unsigned npositions;
    const Value **at;   /* by position: the value listed there */
    unsigned body_stop; /* position of the function's yields */
} Plan;

void plan_function(Plan *plan, const Function *fn);
/* A branch one of whose blocks leaves its result as it was: what it yields is the value under the same name. */
bool branch_keeps(const Value *region, const Value *yield);

Note *note_of(const Plan *plan, const Value *v);
/* Where a value's text is decided: for an `if`'s result that is the region's note if it is an operator. */
bool is_folded(const Plan *plan, const Value *v);
bool is_operator_result(const Plan *plan, const Value *v); /* the result of an `if` printed as an operator */
bool is_boolean(const Plan *plan, const Value *v);         /* an int that is 0 or 1 */
/* A path into an array of run-time extents that is declared as such: C knows the extents. */
bool is_declared_path(const Plan *plan, const Value *address);
bool has_run_time_extent(const Value *pointer);
bool rows_are_same(const Rows *a, const Rows *b); /* NULL: not known */
/* Does C see a pointer to const? */
bool points_to_const(const Plan *plan, const Value *pointer);
unsigned block_begin(const Plan *plan, const Block *block);
unsigned block_stop(const Plan *plan, const Block *block);
const Block *common_block(const Block *a, const Block *b);
/* The statement of `block` in which the position (in a block inside it) lies. */
const Value *statement_in(const Block *block, const Block *inner, const Value *v);
/* The loop around a block, or NULL. */
const Value *loop_around(const Block *block);
/* Nothing is printed for the block's values but through its yields. */
bool block_is_folded(const Plan *plan, const Block *block);

/* ---- coalesce.c ------------------------------------------------------------------------------------------------- */

/* Points in time: a position is read at 2 p and written at 2 p + 1. */
typedef struct {
    unsigned from, to;
} Span;

typedef VEC(Span) Spans;

/* A C variable: values that share it, joined by union-find. */
struct Web {
    Web *parent;
    Type *type;
    const Rows *rows; /* a pointer to arrays of these extents */
    Spans live;       /* sorted, disjoint */
    bool sorted;
    const char *hint;
    int hint_rank;            /* whose name it is: a loop's variable goes before a temporary */
    const Param *param;       /* it is this parameter */
    bool has_primal;          /* one of the values is no adjoint */
    const Block *scope;       /* where it is declared */
    unsigned first;           /* position of its first write, */
    const Block *first_block; /* in this block, */
    const Value *first_value; /* which is this value; for a loop's initial copies, the loop */
    const Value *computed;    /* one of its values that has a line of its own, or NULL; */
    bool is_several;          /* there are others */
    unsigned writes;          /* how often it is assigned in the text */
    bool bare;                /* declared without a value of its own, */
    const Value *initial;     /* but with this constant; or NULL */
    bool fresh;               /* while looking for that: not assigned since its declaration */
    bool silent;              /* some of what is assigned to it is not printed: others may not join it by name */
    bool declared;            /* while printing: its declaration is out */
    unsigned readers;         /* while ordering copies */
    const char *name;
};

/* Makes the webs and joins them. False: plan again, some values were sunk. */
bool coalesce(Plan *plan, Webs *webs);
/* The position where the variable is declared. */
unsigned web_declared_at(const Plan *plan, const Web *web);
/* When no more webs are joined: which variables are declared without a value, and before which statement. */
void coalesce_declare(Plan *plan, const Webs *webs);
Web *web_find(Web *web);
Web *web_of(const Plan *plan, const Value *v); /* NULL where v has no variable */
bool webs_have_one_type(const Web *a, const Web *b);
bool webs_interfere(Web *a, Web *b);
void web_join(Web *into, Web *from);
bool web_is_live_from(Web *web, unsigned point);
/* A name of differentiation's making: x_bar. */
bool is_bar(const char *hint);
/* The variables read where the expression is printed. */
void reads_of(const Plan *plan, const Value *v, Webs *reads);

/* ---- shape.c ---------------------------------------------------------------------------------------------------- */

/* The flag that ends the loop when it is set, or NULL; *rest gets the other condition, or NULL. */
const Value *exit_flag(const Value *loop, const Value **rest);
/* Needs webs. Finds loops whose flag can be a break, and whose variable can be stepped in the header of a for. */
void shape_loops(Plan *plan);
/* Does the expression need something that is declared inside the block? */
bool needs_name_of(const Plan *plan, const Value *v, const Block *block);
/* v has lines of its own in its block. */
bool prints_something(const Plan *plan, const Value *v);

/* ---- initial.c -------------------------------------------------------------------------------------------------- */

/* Needs shapes, and declarations. Finds constants that variables may be declared with, so that branches need not assign
 * them. */
void initial_find(Plan *plan);

/* ---- emit_name.c ------------------------------------------------------------------------------------------------ */

typedef struct Names Names;
Names *names_new(const Module *module, const Function *fn);
/* Names for everything that is declared in the function. */
void names_assign(Names *names, Plan *plan, Webs *webs);
/* A name that nothing in the function has. */
const char *names_fresh(Names *names, const char *base);

/* ---- emit_word.c ------------------------------------------------------------------------------------------------ */

/* What a variable of this type that the user did not name is called: v is what it holds; NULL: that is several values.
 */
const char *unnamed_base(const Plan *plan, const Value *v, const Type *type);
/* ... and an array. */
const char *unnamed_array(const Plan *plan, const Value *array);

/* ---- emit_type.c ------------------------------------------------------------------------------------------------ */

/* `type name` as C declares it; extents: texts of variable array dimensions, outermost first, or NULL. */
const char *declare(const Type *type, const char *name, const char *const *extents);
/* The type of a variable for pointers of this type: pointers into arrays of run-time extent are pointers to scalars. */
Type *variable_type(Type *type);
/* Does C convert a value from one type to the other silently, exactly, and without a warning? */
bool converts_silently(const Type *from, const Type *to);
Type *promoted(const Module *module, Type *type);

/* ---- emit_expr.c ------------------------------------------------------------------------------------------------ */

/* What the file needs besides the functions. */
typedef struct {
    bool math, complex, string, stddef, stdlib, tape; /* headers */
    bool lanes;                                       /* the macros before loops over lanes */
    bool lane_sums[4];                                /* by the type's rank: the function that adds up lanes */
    VEC(const char *) support;
} Needs;

typedef struct {
    Plan *plan;
    const Module *module;
    const Function *fn;
    Needs *needs;
    Names *names;
    Text *out;
    int indent;
    unsigned last_line; /* of the last adjoint statement's comment */
    const char *last_file;
    size_t join_at;                         /* where the declaration ends that the next one may join, */
    const char *join_type;                  /* of this type */
    const char *result_name;                /* of a record that the function returns */
    bool in_adjoint, after_storage, at_end; /* for blank lines */
    unsigned releases_until;                /* position of a line behind which alone the last releases can be */
} Emitter;

/* Binding strength, weakest first. */
typedef enum {
    PREC_COMMA,
    PREC_ASSIGN,
    PREC_TERNARY,
    PREC_OR,
    PREC_AND,
    PREC_BITOR,
    PREC_BITXOR,
    PREC_BITAND,
    PREC_EQUALITY,
    PREC_RELATION,
    PREC_SHIFT,
    PREC_ADD,
    PREC_MUL,
    PREC_UNARY,
    PREC_POSTFIX,
    PREC_PRIMARY
} Prec;

typedef struct {
    const char *text;
    Prec prec;
    Type *type; /* that C gives the text */
} Piece;

/* The value as its users print it: its name, or its expression. */
Piece expr(Emitter *e, const Value *v);
/* The expression that computes it, also if it has a name. */
Piece expr_definition(Emitter *e, const Value *v);
/* Converted to `to` by an assignment, an initialiser, a return or a prototype. */
const char *expr_assigned(Emitter *e, const Value *v, const Type *to);
const char *expr_definition_assigned(Emitter *e, const Value *v, const Type *to);
/* The same where `to` is a declared type: a pointer to const that the user has cast is cast there. */
const char *expr_given(Emitter *e, const Value *v, Type *to);
/* As the condition of a statement. */
const char *expr_condition(Emitter *e, const Value *v, bool negated);
/* *address */
Piece expr_lvalue(Emitter *e, const Value *address);
/* Between brackets. */
const char *expr_index(Emitter *e, const Value *index);
const char *expr_call(Emitter *e, const Value *call);
/* The text in parentheses where it binds weaker than `least`. */
const char *wrapped(Piece piece, Prec least);
const char *real_text(const Type *type, long double x, const char *text, bool has_float_h);
const char *int_text(const Type *type, int64_t i, bool plain);

/* ---- emit_lanes.c ----------------------------------------------------------------------------------------------- */

/* The array whose elements v adds up as adgen_sum_lanes does; NULL: v is anything else. */
const Value *lanes_summed(const Plan *plan, const Value *v);
const char *lanes_call(Needs *needs, const Type *type, const char *array);
void lanes_add_support(Text *out, const Needs *needs);

/* ---- emit_assign.c ---------------------------------------------------------------------------------------------- */

enum { INDENT = 4 };

void emit_line(Emitter *e, const char *text);
void emit_blank_line(Emitter *e);
/* In the reverse sweep, the user's line above what is the adjoint of it. */
void emit_quote(Emitter *e, const Value *v);
/* Text that may stand in a comment. */
const char *emit_harmless(const char *text);
/* The variable's type with a name in it; texts of extents for that. */
const char *emit_declarator(Emitter *e, const Web *web, const char *name);
const char *const *emit_extents(Emitter *e, Value *const *extents, int count);
/* Declares the variable without a value, or with what it begins with. */
void emit_bare(Emitter *e, Web *web);
/* Gives the variable the value; `is_definition`: v stands here, its expression is printed also if it has a name. */
void emit_assign(Emitter *e, Web *web, const Value *v, bool is_definition);
/* `target op= x` where v is target op x, or NULL; the target is a variable, or (web NULL) the text of a location. */
const char *emit_compound(Emitter *e, const Value *v, const Web *web, const char *target, bool is_definition);
const char *emit_compound_text(Emitter *e, const char *target, ValueKind kind, const Value *x);
/* What assigns v to the variable, as an expression: `i++`, `p = p->next`. */
const char *emit_assignment_text(Emitter *e, const Web *web, const Value *v);
bool is_literal(const Value *v);

typedef struct {
    Web *to;
    const Value *from;
    const char *kept; /* the temporary that holds it already */
    Webs reads;
    bool done;
} Copy;

typedef VEC(Copy) Copies;

/* Adds `to = from`, unless they share a variable. */
void copies_add(const Plan *plan, Copies *copies, const Value *to, const Value *from);
/* The copies at the end of a region's block. */
void copies_of_block(const Plan *plan, const Block *block, Copies *copies);
void emit_copies(Emitter *e, Copies *copies);

/* ---- emit_effect.c ---------------------------------------------------------------------------------------------- */

void emit_effect(Emitter *e, const Value *v);
/* A value with a variable. */
void emit_named(Emitter *e, const Value *v);
/* What is declared before the statement; true where the statement has become an initialiser. */
bool emit_declarations_before(Emitter *e, const Value *v);

/* ---- emit_loop.c ------------------------------------------------------------------------------------------------ */

void emit_loop(Emitter *e, const Value *loop);
/* `break;` and what goes before it; on a condition, or NULL. */
void emit_break(Emitter *e, const Value *loop, const Value *condition, bool sets_flag);

/* ---- emit_copy.c ------------------------------------------------------------------------------------------------ */

/* False: the loop is no copy of adgen's. */
bool emit_copy_loop(Emitter *e, const Value *loop);

/* ---- emit_stmt.c ------------------------------------------------------------------------------------------------ */

void emit_function(Text *out, const Module *module, const Function *fn, Needs *needs);
/* Return type, name and parameters. */
const char *prototype_of(const Function *fn);
void emit_block(Emitter *e, const Block *block);
/* What its end does: copies, and a break. */
void emit_block_end(Emitter *e, const Block *block);
/* Do the lines of a branch's block stand behind the branch, since the other block ends with a break? */
bool emit_is_unnested(const Plan *plan, const Block *block);
/* The block's lines, with its copies, one step further in. */
Text emit_body_text(Emitter *e, const Block *block);
void emit_text(Emitter *e, const Text *text);
/* `header` and its body, in braces where that takes more than a line. */
void emit_with_body(Emitter *e, const char *header, const Text *body);

/* ---- emit_file.c ------------------------------------------------------------------------------------------------ */

/* The user's includes, and the types that the main file defines. */
void emit_user_types(Text *out, const Module *module);
/* Does the file include the header, by itself? */
bool emit_includes(const Module *module, const char *header);

/* ---- support.c -------------------------------------------------------------------------------------------------- */

/* The definitions of functions that the output carries itself, with what they call. */
void support_add(Text *out, const char *const *names, size_t nnames);

#endif
