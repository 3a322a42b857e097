/*
 * lower.h: the typed tree to IR, shared by the lower_*.c files.
 *
 * Every variable is an object in memory here (transform/promote.c makes values of them), so that only control flow
 * needs thought. The IR has no jumps. A jump (`break`, `continue`, `return`, `goto`) ends the list of statements that
 * it stands in; what it skips is kept from running in one of two ways:
 *
 *   - Statements after an `if` one of whose branches always jumps go into its other branch.
 *   - Otherwise a flag is set by the jump, and a guard around what is skipped tests it.
 *
 * A Frame is a place that a jump passes on its way: it has a flag to be set, or it is where some jumps arrive.
 */
#ifndef ADGEN_LOWER_H
#define ADGEN_LOWER_H

#include "tree.h"

/* ---- state ---- */

/* A set of jumps: three bits, and one for each label that some goto names. */
typedef uint64_t Jumps;
enum { JUMP_BREAK = 1, JUMP_CONTINUE = 2, JUMP_RETURN = 4, JUMP_FIRST_LABEL = 3, JUMP_MAX_LABELS = 61 };

typedef struct Frame {
    Jumps absorbs; /* the jumps that arrive here */
    Value *repeat; /* a flag that is set when one does */
    Value *flag;   /* a flag that gets the value `left` when one passes */
    bool left;
    struct Frame *outer;
} Frame;

/* What Decl.lowered points to. */
typedef struct {
    Value *address;
    size_t nextents; /* run-time extents of its type, or of what it points to, outermost first (size_t) */
    Value **extents;
} Variable;

typedef struct {
    Builder b;
    const BasicTypes *types;
    Function *function;
    Value *result;    /* the object that `return` stores to; NULL for void */
    Value *loop;      /* the innermost one */
    Block *loop_body; /* where its statements begin */
    Block *scope;     /* of the statements being lowered; temporaries live in it */
    Frame *frames;
    VEC(const char *) labels; /* that gotos name */
    VEC(Value *) allocas;     /* variables with memory that the function's end gives back */
} Lower;

/* The end of a loop's body: a step, or the condition of a do loop. */
typedef struct {
    const Expr *step;
    const Expr *condition;
    Value *again; /* gets the condition's value */
} Tail;

/* Statements that come next: a list or the tail of a loop's body, then another such. */
typedef struct Rest {
    Stmt *const *stmts;
    size_t count;
    const Tail *tail;
    const struct Rest *next;
} Rest;

/* ---- lower_scan.c: questions about the tree ---- */

typedef struct {
    bool completes; /* control may reach its end */
    Jumps jumps;    /* out of it */
} Flow;

Flow scan_flow(const Stmt *s);
Flow scan_list_flow(Stmt *const *stmts, size_t count);
bool scan_has_effects(const Expr *e);
/* Can it be computed wherever control is? No traps, and no loads through pointers but those that `known` does too. */
bool scan_is_safe(const Expr *e, const Expr *known);
/* Is a real value that is chosen and not computed: a constant or a variable, perhaps negated or converted? */
bool scan_is_choice(const Expr *e, const Expr *known);
/* Is it a constant, and is that not zero? */
bool scan_constant_truth(const Expr *e, bool *truth);
bool scan_uses(const Stmt *s, const Decl *d);
bool scan_has_case_label(const Stmt *s); /* of a switch around it */
/* The first statement of the kind; NULL where there is none. */
const Stmt *scan_find(const Stmt *s, StmtKind kind);
typedef bool ExprTest(const Expr *e, const void *what);
/* Does any expression in it pass? */
bool scan_any(const Stmt *s, ExprTest *test, const void *what);
bool scan_has_goto(const Stmt *s);
/* A call of a function that neither reads nor writes memory. */
bool scan_is_pure_call(const Expr *call);

/* ---- lower_expr.c ---- */

/* The value of a scalar; the address of a record; NULL for void. */
Value *lower_value(Lower *lo, const Expr *e);
/* A scalar as a condition: an integer that is not zero where it holds. */
Value *lower_condition(Lower *lo, const Expr *e);
Value *lower_truth(Lower *lo, Value *v);
/* left && right (VAL_LAND) or left || right (VAL_LOR), `right` computed only where C does. */
Value *lower_short_circuit(Lower *lo, ValueKind kind, Value *left, const Expr *right);
Value *lower_convert(Lower *lo, Type *type, Value *v);

/* ---- lower_address.c ---- */

Value *lower_address(Lower *lo, const Expr *lvalue);
Value *lower_load(Lower *lo, const Expr *lvalue);
/* What is at the address, which may be volatile. */
Value *lower_read(Lower *lo, Value *address);
void lower_store(Lower *lo, Value *address, Value *v);
/* Scalars in one element that the pointer `e` points to; NULL where the type tells. */
Value *lower_scalars_per_element(Lower *lo, const Expr *e);
/* A cast of the pointer: by way of its scalars where it goes to rows with other extents, since no type says these. */
Value *lower_rows_cast(Lower *lo, const Expr *e, Value *pointer);
Value *lower_extent_product(Lower *lo, const Type *type, Value *const *extents, size_t nextents, Loc loc);
/* pointer + index, or pointer - index. */
Value *lower_pointer_step(Lower *lo, ValueKind op, const Expr *pointer, Value *from, Value *index);

/* ---- lower_object.c ---- */

void lower_declare(Lower *lo, Decl *d);     /* the object, unless it is there already */
void lower_declaration(Lower *lo, Decl *d); /* and its initial value */
/* Before control comes to the declaration, because jumps may skip it. */
void lower_declare_early(Lower *lo, Decl *d);
void lower_declare_all_early(Lower *lo, const Stmt *s);
Value *lower_temporary(Lower *lo, Type *type, const char *name);
void lower_initialise(Lower *lo, Value *object, Type *type, const Expr *init);
/* Records, arrays and scalars, leaf by leaf where there are reals. */
void lower_copy(Lower *lo, Value *to, Value *from);
void lower_extents(Lower *lo, const Decl *d, Variable *variable);

/* ---- lower_call.c ---- */

Value *lower_call(Lower *lo, const Expr *call);

/* ---- lower_rows.c ---- */

/* m, where the lvalue is m[0][0], or m[0]. NULL: it is no such element. */
const Expr *lower_rows_from(const Expr *element);
/* Finds what is handed on as m[0] but goes through all rows of m. */
void lower_find_rows(const Stmt *body);

/* ---- lower_alloca.c ---- */

/* Makes EXPR_ALLOCA of calls of alloca in the function's body that are as good as arrays there. */
void lower_find_allocas(const Stmt *body);
void lower_free_allocas(Lower *lo);
Value *lower_alloca(Lower *lo, const Expr *e);

/* ---- lower_stmt.c, lower_loop.c, lower_switch.c, lower_goto.c ---- */

void lower_rest(Lower *lo, const Rest *rest);
void lower_branch(Lower *lo, Block *block, const Rest *rest); /* into that block */
/* True where what comes `after` is still to be lowered; false where it has been, or is never reached. */
bool lower_statement(Lower *lo, Stmt *s, const Rest *after);
void lower_list(Lower *lo, Stmt *const *stmts, size_t count);
Value *lower_statement_expression(Lower *lo, const Expr *e);

void lower_tail(Lower *lo, const Tail *tail);
void lower_loop(Lower *lo, Stmt *s);
bool lower_is_once(const Stmt *s); /* do { } while (0) */
void lower_backward(Lower *lo, const Stmt *s);

bool lower_switch(Lower *lo, const Stmt *s, const Rest *after);
Flow lower_switch_flow(const Stmt *s);

/* Takes switches out of the body that have labels in inner blocks (lower_duff.c). */
void lower_nested_labels(const Lower *lo, Stmt *body);
/* Takes gotos out of the body: STMT_FORWARD and STMT_BACKWARD stand for them. */
void lower_gotos(Lower *lo, Stmt *body);

/* ---- frames (lower_jump.c) ---- */

void frame_push(Lower *lo, Frame *frame);
void frame_pop(Lower *lo);
/* The frame of an enclosing flag that every one of these jumps sets; NULL where there is none. */
Frame *frame_of(const Lower *lo, Jumps jumps);
/* A new flag object named after the jumps, not set yet. */
Value *frame_flag(Lower *lo, const char *name, bool initial);
const char *frame_flag_name(Jumps jumps);
/* A condition: no jump has passed the frame. */
Value *frame_intact(Lower *lo, const Frame *frame);
void frame_jump(Lower *lo, Jumps jump, Loc loc);

/* ---- fence.c: what is refused ---- */

/* An error at `loc`, and what to do about it. */
void fence_refuse(Loc loc, const char *what, const char *way_out);
void fence_unsupported(Loc loc, const char *text);
/* Complains about types whose values have no place in the IR. */
bool fence_type(const Type *type, Loc loc);
bool fence_object(const Type *type, Loc loc);
bool fence_access(const Value *address, Loc loc);
/* Complains about functions that the IR cannot express a call of. */
bool fence_call(const Function *callee, Loc loc);
/* Is there something in a body, outside of what is differentiated itself, that the IR has no place for? What and where.
 */
bool fence_stops(const Stmt *body, const char **what, Loc *loc);
/* Something of the type, after an error. */
Value *fence_anything(Lower *lo, Type *type);

static inline bool type_is_record(const Type *t)
{
    return t->kind == TYPE_RECORD;
}

#endif
