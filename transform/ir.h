/*
 * ir.h: the intermediate form. A structured dataflow graph: a function is a tree of blocks; a block is an ordered list
 * of values; branches and loops are values that own blocks.
 *
 *   - A value is the instruction that computes it (SSA: one definition). Uses are pointers to it.
 *   - `if` and `loop` have explicit results; a loop has explicit carried values. There are no jumps: early exits are
 *     flags that guard what they skip (lower_stmt.c).
 *   - Locals whose address matters, arrays and records are memory: VAL_LOCAL objects, loads and stores in order.
 *   - A value may be used where its block, or a block around it, is open (ir_visible). The reverse pass breaks this
 * rule on purpose; the storage pass restores it.
 *   - Every value keeps the place in the user's source that it came from, and the user's name for it as a hint.
 */
#ifndef ADGEN_IR_H
#define ADGEN_IR_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "arena.h"
#include "diag.h"

/* ---- types ------------------------------------------------------------------------------------------------------ */

typedef struct Type Type;
typedef struct Record Record;
typedef struct Value Value;
typedef struct Block Block;
typedef struct Function Function;
typedef struct Module Module;

typedef enum {
    TYPE_VOID,
    TYPE_INT,     /* _Bool, char, every integer, enums */
    TYPE_REAL,    /* float, double, long double */
    TYPE_COMPLEX, /* _Complex of a real; `to` is the real type */
    TYPE_POINTER, /* `to` is what it points to */
    TYPE_ARRAY,   /* `to` is the element, `count` how many (ARRAY_VARIABLE where an expression says it) */
    TYPE_RECORD,  /* struct or union */
    TYPE_FUNCTION,
    TYPE_OPAQUE /* anything else: va_list, vectors, atomics */
} TypeKind;

enum { ARRAY_UNKNOWN = -1, ARRAY_VARIABLE = -2 };

typedef struct {
    const char *name;
    int64_t value;
} Enumerator;

struct Type {
    TypeKind kind;
    const char *name; /* as C writes it without declarator or top-level qualifiers: "double", "size_t", "struct point";
                         NULL for pointers, arrays, functions */
    Type *canonical; /* without typedef names and qualifiers; two types are the same iff their canonical ones are one */
    Type *to;
    int64_t count; /* arrays */
    uint64_t size; /* bytes; 0 when unknown or of run-time size */
    bool is_const; /* `const T` */
    bool is_volatile;
    bool is_restrict;                 /* pointers */
    bool is_bool, is_signed, is_enum; /* integers */
    int rank; /* integers and reals: conversion rank: bool 0, char 1, short 2, int 3, long 4, long long 5, int128 6;
                 float 1, double 2, long double 3 */
    Record *record;
    VEC(Enumerator) enumerators; /* of an enum whose name can be written */
    const char *spelling; /* functions and opaque ones: the whole type as C text, with `%s` where the name goes */
    /* Derived types, made once each (type.c). */
    Type *pointer_to_this, *const_of_this, *plain_of_this, *arrays_of_this, *next_array;
};

typedef struct {
    const char *name; /* "" for an anonymous member */
    Type *type;
    int64_t bit_width; /* -1: not a bit-field */
    uint64_t offset;   /* bytes from the start of the record */
    bool passive;      /* ADGEN_PASSIVE */
} Field;

struct Record {
    const char *tag; /* "struct point", or the typedef name of an unnamed one */
    Loc loc;
    bool is_union;
    bool is_complete;
    size_t nfields;
    Field *fields;
};

/* The module's basic types; each is one object for the whole run. */
typedef struct {
    Type *void_, *bool_, *char_, *int_, *long_, *size, *float_, *double_, *ldouble;
} BasicTypes;

Type *type_pointer(Type *to);
Type *type_array(Type *element, int64_t count);
Type *type_unqualified(Type *t); /* without top-level const, volatile, restrict; typedef names stay */
Type *type_const(Type *t);       /* an array is const where its elements are */
Type *type_mutable(Type *t);     /* without top-level const */
bool type_is_const(const Type *t);
/* Can a pointer to a function be there, or where a pointer in there leads? Untyped memory and bytes are anything. */
bool type_may_lead_to_function(const Type *t);
bool type_same(const Type *a, const Type *b);
bool type_is_real(const Type *t);
bool type_is_int(const Type *t);
bool type_is_pointer(const Type *t);
bool type_has_real(
    const Type *t); /* a real, or an array or record with a real (or a pointer to such) in it: may carry derivatives */
bool type_may_lead_to_real(const Type *t); /* ... also through a pointer to void in it */
/* Elements of the innermost scalar type in one `t` (1 for a scalar, n*m for T[n][m]); 0 when that is known only at run
 * time. */
int64_t type_scalar_count(const Type *t);
bool type_is_variable_array(const Type *t); /* with an extent that is known only at run time */
Type *type_scalar(Type *t);                 /* the innermost element of nested arrays */

/* ---- values ----------------------------------------------------------------------------------------------------- */

typedef enum {
    /* Leaves. They belong to no block's list, and are visible everywhere in their function (VAL_CARRIED, VAL_COUNTER:
       in their loop). */
    VAL_INT,          /* integer constant `i` (two's complement in 64 bits); also null pointers (type pointer, i = 0) */
    VAL_REAL,         /* real constant `real`; `text` is how the user wrote it, or NULL */
    VAL_STRING,       /* string literal: `text` is the C token(s) */
    VAL_PARAM,        /* a parameter of the function, index `i`; a record by value is VAL_PARAM_OBJECT instead */
    VAL_PARAM_OBJECT, /* the address of a by-value record parameter, index `i`; a pointer to the record */
    VAL_GLOBAL,       /* the address of the global `global`; a pointer to its type */
    VAL_FUNCTION,     /* the address of the function `callee` */
    VAL_CARRIED,      /* carried value number `i` of the loop `region`, as an iteration begins */
    VAL_COUNTER,      /* the counter of the counted loop `region` */
    VAL_RESULT,       /* result number `i` of the if or loop `region`; visible after it in its block */

    /* Pure operations: listed in their block, computed there; no effect. Operands have the types C would give them
       after conversion. */
    VAL_ADD,
    VAL_SUB,
    VAL_MUL,
    VAL_DIV,
    VAL_REM,
    VAL_NEG, /* args of the result's type (integers, reals, complex); where that is complex, also a real: x * I */
    VAL_AND,
    VAL_OR,
    VAL_XOR,
    VAL_SHL,
    VAL_SHR,
    VAL_NOT, /* bitwise */
    VAL_EQ,
    VAL_NE,
    VAL_LT,
    VAL_LE,
    VAL_GT,
    VAL_GE,   /* operands of one type (ints, reals, pointers); result int */
    VAL_LNOT, /* !x; result int */
    VAL_LAND,
    VAL_LOR,       /* both operands computed before; only where computing the right one is safe */
    VAL_SELECT,    /* args[0] ? args[1] : args[2], both computed before */
    VAL_CAST,      /* args[0] converted to `type` */
    VAL_MATH,      /* a function of rules.def, `rule` (its spelling by type: sin, sinf, sinl) */
    VAL_PURE_CALL, /* a call of an external or builtin function without side effects, reading no memory: `callee`, or
                      `text` for a builtin (isnan, abs, __builtin_inff) */
    VAL_PTRADD, /* args[0] + args[1] elements of what it points to; args[2], if there: scalars per element where that is
                   of run-time size */
    VAL_PTRDIFF, /* args[0] - args[1], in elements; args[2] as above */
    VAL_FIELD,   /* the address of field `i` of the record that args[0] points to */
    VAL_DECAY,   /* args[0] points to an array; the address of its first element */
    VAL_PASSIVE, /* args[0], its derivative taken as zero (ADGEN_PASSIVE) */
    VAL_SIZEOF,  /* sizeof(`aux_type`), as text for readers: a constant of type size_t */

    /* Memory, in order. */
    VAL_LOCAL, /* the address of a new object of type type->to, uninitialised; args: the extents of variable dimensions,
                  outermost first */
    VAL_LOAD,  /* *args[0] */
    VAL_STORE, /* *args[0] = args[1]; void */
    VAL_ACCUM, /* *args[0] += args[1]; void */
    VAL_COPY,  /* *args[0] = *args[1], whole passive records or unions; void */
    VAL_ZERO,  /* clears the object (all of it) that args[0], a VAL_LOCAL, made; void */
    VAL_ALLOC, /* storage for args[0] (size_t) scalars of type->to, which may be an array of them; never null. Where
                  args[0] is a pointer, the storage there (workspace.c). Then the extents of variable dimensions, as of
                  VAL_LOCAL, where these are more than zero */
    VAL_FREE,  /* gives args[0] of VAL_ALLOC back; void */
    VAL_TAPE,  /* a new growing tape of elements of `aux_type`; type pointer to void */
    VAL_PUSH,  /* args[1] onto the tape args[0]; void */
    VAL_POP,   /* the last value pushed on the tape args[0] */
    VAL_TAPE_FREE, /* void */
    VAL_CALL, /* a call with effects; `callee` or, without it, args[0] is the function's address, but for what `text`
                 names (assert, volatile). Record arguments and a record result are addresses (the result's last). */

    /* Regions: listed in their block. */
    VAL_IF,   /* args[0] condition; blocks[0] then, blocks[1] else; both yield the results in order */
    VAL_LOOP, /* args: initial carried values. While form: blocks[0] computes the condition (one yield) from the
               * carried values, without effects; blocks[1] is the body, yielding the next carried values.
               * Counted form (`counted`): blocks[0] is NULL; VAL_COUNTER runs from `from` by `step` while it is `rel`
               * to `to`. */
    VAL_KIND_COUNT
} ValueKind;

typedef struct Rule Rule;
typedef struct Request Request;

/* A function whose address a constant variable holds, at so many bytes from its start. */
typedef struct {
    uint64_t offset;
    Function *function;
} FunctionInTable;

/* A variable outside functions, or a static local. */
typedef struct Global {
    const char *name;
    Type *type;
    bool is_static, is_const_data; /* is_const_data: declared const all the way: never changes */
    bool is_thread_local;
    bool is_local;  /* of a function: nobody else can name it */
    bool in_header; /* declared by something that the output includes: needs no declaration of its own */
    bool passive;
    const char *declaration; /* C text that declares it (`extern double g;`) or repeats it (constant tables, with
                                initialiser) */
    Loc loc;
    size_t ntargets;
    FunctionInTable *targets;   /* is_const_data: in order */
    VEC(struct Global *) needs; /* what the declaration names */
    VEC(struct Function *) names_functions;
    bool repeated; /* `declaration` defines a copy: constant data, or a static that only the differentiated functions
           write */
} Global;

struct Value {
    /* What each walk reads: 64 bytes, a cache line. */
    ValueKind kind;
    int nargs;
    Value **args;
    Type *type;       /* type_unqualified of the C type */
    Block *blocks[2]; /* of regions */
    Block *block;     /* where it is listed; NULL for leaves */
    Value *next;      /* in block */
    unsigned id;      /* unique in its function, from 1, growing in order of creation */
    bool adjoint;     /* made by differentiation; `loc` is the primal statement's */
    bool passive;     /* VAL_LOCAL: declared ADGEN_PASSIVE, its derivatives are taken as zero */
    bool is_private;  /* VAL_LOCAL, VAL_ALLOC, VAL_PARAM_OBJECT: its address is nowhere but in loads, stores and
                         addresses  (memory_mark_private) */
    bool is_chosen;   /* likewise: pointers to it are chosen at run time, or carried by loops (memory_mark_private) */

    Value *prev;        /* in block */
    bool is_shadow;     /* VAL_LOCAL: of adjoints; pointers in it lead to adjoints */
    bool is_of_step;    /* VAL_LOCAL: memory of alloca in a loop: no pointer to it may outlive the iteration (own.c) */
    bool is_kept;       /* VAL_LOCAL, VAL_ALLOC: what the reverse sweep needs; pointers in it may lead anywhere */
    bool rounds_freely; /* VAL_DIV of an adjoint: a product with the reciprocal is as good (divide.c) */
    Loc loc;
    const char *hint; /* the user's name for it, or NULL */

    int64_t i;
    long double real;
    const char *text;
    Type *aux_type;
    const Rule *rule;
    Global *global;
    Function *callee;
    Value *region; /* of CARRIED, COUNTER, RESULT */

    /* regions */
    Value **results; /* VAL_RESULT */
    Value **carried; /* loop: VAL_CARRIED, nresults of them */
    int nresults;    /* if: results; loop: carried values */
    ValueKind rel;   /* VAL_LT, LE, GT, GE, NE: counter rel to */
    Value *counter, *from, *to;
    int64_t step;
    Value *twin;            /* on a region of the reverse sweep: the primal region that it reverses; on a call of a
                               recursive function in one, likewise */
    int64_t snapshots;      /* ADGEN_CHECKPOINT, 0 if not asked for */
    bool counted, reversed; /* reversed: the same counter values, last one first */
    bool over_lanes; /* a short loop that compilers should turn into vector operations, not write out (lanes.c) */
    bool gathers;    /* a loop that reads neighbours of elements (stencil.c) */
    bool is_short;   /* a loop of a few iterations at most, not worth taking apart (stencil.c) */
    bool repeats;    /* a reverse loop: its iterations begin with running steps of the primal again (checkpoint.c) */
};

struct Block {
    Function *function;
    Value *owner;  /* the region that it belongs to; NULL for a function's body */
    Block *parent; /* the block where the owner is listed */
    Value *first, *last;
    int nyields;
    Value **yields;
};

/* Where a value is used. */
typedef struct {
    Value *user; /* NULL: the block hands it on */
    Block *block;
    int arg; /* which operand; -1, -2: a counted loop's `from`, `to`; which of those that are handed on */
} Use;

/* ---- functions -------------------------------------------------------------------------------------------------- */

typedef struct {
    const char *name;
    Type *type;                 /* adjusted: arrays are pointers */
    Type *declared;             /* as written: an array type keeps its extents */
    const char *before, *after; /* the declaration's text around the name: "const double " and "[n][m]" */
    const char *before_mutable; /* `before` without the const of what is pointed to: "double " */
    const char **extents;       /* text of each array extent as written, outermost first; NULL where none is given */
    int nextents;
    bool passive;
    Loc loc;
    Value *value; /* VAL_PARAM, or VAL_PARAM_OBJECT for records */
    Value *bar;   /* in a derivative: its adjoint's parameter, or NULL */
} Param;

typedef enum {
    EFFECT_UNKNOWN,   /* may do anything */
    EFFECT_PURE,      /* reads no memory, writes none */
    EFFECT_PASSIVE_IO /* known library function that may read its arguments' memory and do input or output, but gives no
                         real result back */
} Effect;

/* What a pass decided about a loop or a branch of the primal: for --report and the contract's comment. */
typedef enum {
    DECIDED_ONE_PASS,
    DECIDED_JOINED,
    DECIDED_STORES,
    DECIDED_TAPE,
    DECIDED_TAPE_OF_CALLS, /* of recursive functions: one for all */
    DECIDED_COPIES,
    DECIDED_RESTORES,
    DECIDED_ROWS,
    DECIDED_RECOMPUTES,
    DECIDED_SUMS,
    DECIDED_WRITTEN_OUT,
    DECIDED_REPLAYS,
    DECIDED_JAMMED,
    DECIDED_SNAPSHOTS
} DecisionKind;

typedef struct {
    DecisionKind kind;
    Loc region;          /* the loop, or the branch around all where there is none */
    const char *what;    /* the user's name, or NULL */
    Loc where;           /* of the value */
    uint64_t bytes;      /* of one */
    unsigned overwrites; /* the line that overwrites it; 0: it is computed, and dear */
} Decision;

/* Of a derivative: an array of which each iteration of the loop begins with keeping a copy. */
typedef struct {
    Value *object, *loop;
    Value *twin;   /* the loop's reverse */
    Value *copy;   /* the loop that copies */
    Value *last;   /* the one that copies what the last iteration leaves; NULL: there is none */
    Value *array;  /* VAL_ALLOC, of all copies */
    Value *number; /* of this iteration's copy */
    Value *size;   /* of one copy, in scalars */
    Value *trips;  /* how many there are */
} History;

/* Of a derivative: a load, in the reverse loop of a history, of what an iteration found in the array, or left there. */
typedef struct {
    Value *load;
    Value *element;     /* where that was in the array itself */
    const Value *array; /* of the copies */
    bool is_left;
} CopyLoad;

/* Of a derivative: a value of the primal, and where it is stored for the reverse sweep. */
typedef struct {
    const Value *value;
    Value *store;
} Kept;

/* A loop's result, and the branch's result behind the loop that reads the same value from memory (argmax.c). */
typedef struct {
    Value *result, *again;
} ReadAgain;

/* What a parameter of a recursive function is in a variant of it (variants.c): a function, a null pointer, or a pointer
 * of this type where the function takes a pointer to void. Nothing of these: what it was. */
typedef struct {
    Function *function;
    bool is_null;
    Type *type;
} Binding;

typedef struct {
    Function *function;
    Binding *bindings; /* by parameter */
} Variant;

enum { ASSEMBLY_PLACE = '\1', ASSEMBLY_VALUE = '\2' };

struct Function {
    const char *name;
    Module *module;
    Type *type; /* TYPE_FUNCTION; NULL where it is adgen's own */
    Type *result;
    const char *result_text; /* the result type as text: "double" */
    Loc loc;
    Loc definition_loc;
    int nparams;
    Param *params;
    bool variadic, is_static, is_inline, passive;
    bool in_header;                      /* declared by something that the output includes */
    const char *prototype;               /* text of a declaration, without `;` */
    const char *custom_vjp, *custom_jvp; /* names of the user's rules */
    bool is_custom_rule;                 /* a derivative calls it as the rule of another function */
    Effect effect;
    const Rule *rule;     /* the row of rules.def that differentiates it, or NULL */
    bool has_body;        /* a definition is in reach */
    const char *obstacle; /* what is in the body that keeps it from being looked into, or NULL */
    Loc obstacle_loc;
    Block *body;       /* lowered on demand; yields the result where there is one. A record result is stored to the last
                          VAL_PARAM_OBJECT (index nparams) */
    Value *result_bar; /* of a derivative: the parameter with the adjoint of a record result, or NULL */
    Value *result_object; /* VAL_PARAM_OBJECT with index nparams, where a record result is stored; NULL otherwise */
    void *source;         /* the front end's declaration */
    const char *text;     /* of a static one that is called as it is: the definition, word for word; or NULL */
    const char *assembly; /* it stands for a statement of inline assembly, whose operands are the arguments: its text,
                             with ASSEMBLY_PLACE for what is at an address, ASSEMBLY_VALUE for a value; or NULL */
    VEC(struct Function *) names_functions; /* ... what is named in it */
    VEC(Global *) names_globals;
    unsigned next_id;
    bool pointers_stay; /* no pointer is written to memory that was there before the call (memory_mark_private) */
    /* of a derivative */
    Function *primal;
    Request *request;
    Function *workspace;      /* --workspace: says how many bytes it needs; takes the primal's parameters */
    VEC(Loc) loops;           /* of a derivative: the primal's, as differentiation finds them */
    VEC(Decision) decisions;  /* of a derivative, in the order of the decisions */
    const bool *written;      /* by parameter: does it write there? */
    VEC(History) histories;   /* of a derivative, while it is made */
    VEC(CopyLoad) copy_loads; /* likewise */
    VEC(Kept) kept;           /* likewise */
    VEC(ReadAgain) rereads;   /* likewise */
    const char *comment;      /* the contract, without comment marks, lines separated by '\n' */
    struct Function *twin;    /* of the user's: gives its struct by a pointer (into.c); NULL: not asked for */
    struct Function *twin_of; /* ... and back */
    bool results_given;       /* calls of such functions in the body are calls of their twins */
    bool *takes_members;      /* of a twin, by parameter of twin_of: it takes what is in the struct (members.c) */
    VEC(Variant) variants;    /* of a recursive one */
    int recursion;            /* of the user's: does it call itself? 0: not known yet, 1: no, 2: yes (split.c) */
    unsigned walk;            /* the last walk over calls that has come here (ir_first_visit) */
    unsigned first;           /* while that is searched for: the first function of the search that it leads to */
    unsigned leads_to;        /* what it, or what it calls, does (split_recursive.c) */
    bool writes_nothing;      /* of a recursive one: nor does what it calls, but its own variables */
    bool moves_pointers;      /* of a recursive one: it, or what it calls, puts pointers where others find them */
    bool gives_back;          /* ... or gives memory back to the heap */
    bool *reaches_written;    /* of a recursive one, by parameter: may what it leads to be written? NULL: not known */
    bool is_part;             /* made by split.c: the forward or the reverse half of a recursive function */
    bool is_reverse_part;     /* ... the reverse half */
    bool in_two_parts;        /* to be taken apart: its reverse sweep runs in another call than its primal */
    struct Split *split;      /* of a derivative: the recursive functions that it calls */
    Value *tape;              /* of a derivative: where those keep their values */
    Value *result_shadow;  /* of a recursive function, while its halves are made: where the shadow of the pointer that
                              it returns goes; or NULL */
    VEC(Function *) parts; /* of a derivative: the functions of the output that it calls */
};

typedef enum { MODE_GRAD, MODE_VJP, MODE_JVP, MODE_HVP, MODE_JAC, MODE_HESS } Mode;

/* One derivative that was asked for: `--grad=f:x,y` or ADGEN_GRAD(x, y) before f. */
struct Request {
    Mode mode;
    Function *function;
    Loc loc;                                      /* of the annotation, or line 0 for the command line */
    const char *text;                             /* "ADGEN_GRAD(x, y)" or "--grad=f:x,y", for messages */
    const char *name;                             /* of the function to make: f_grad */
    bool *wanted;                                 /* per parameter */
    bool wants_result;                            /* of a recursive function: the pointer that it gives has a shadow */
    const char *row, *row_extent, *column_extent; /* Jacobian: y, m, n as text; NULL where not given */
    Request *next;
};

/* A line of the main file: "#include ...", "#define ...". */
typedef struct {
    const char *text;
    bool defines; /* what is included there defines what others can see */
    bool once;    /* to be included once: it has no guard */
} Include;

/* struct point { ... }; or a typedef. */
typedef struct {
    const char *name; /* "struct point", or a typedef's; NULL where there is none */
    const char *text; /* complete with ';' */
    Loc loc;
} TypeDeclaration;

struct Module {
    const char *file; /* the source file as given */
    BasicTypes types;
    VEC(Include) includes;    /* of the main file, to be repeated, and "#define" lines that they may depend on */
    VEC(const char *) macros; /* names that macros of the user's own take */
    VEC(const char *) names;  /* ... that types, enumerators and variables outside functions do */
    bool defines_in_includes; /* one of them does */
    bool with_source;         /* the output includes the main file itself */
    VEC(TypeDeclaration) declarations;    /* of the types that the main file defines, in order */
    VEC(const char *) local_declarations; /* text of types that functions define, there and in what it includes */
    VEC(Function *) functions;            /* in order of declaration */
    VEC(Global *) globals;
    Request *requests;
    unsigned nwalks; /* over calls, so far (ir_new_walk) */
    /* Lowers the function's body when it is first asked for; NULL body where there is none. Set by the front end. */
    void (*lower_body)(Function *fn);
};

/* ---- building (ir.c) -------------------------------------------------------------------------------------------- */

/* Where new values go: at the end of `block`, or before `before` in it. */
/* Index of the VAL_PARAM_OBJECT that a record result is stored to, once parameters may follow the primal's. */
enum { RESULT_OBJECT = -1 };

typedef struct Builder {
    Function *function;
    Block *block;
    Value *before; /* NULL: at the end */
    Loc loc;
    const char *hint;
    bool adjoint;
} Builder;

Function *ir_new_function(Module *module, const char *name);
/*
 * Walks over functions by what calls what: each has a number, and knows where it has been. Where another one begins on
 * the way, as bodies are asked for, it may come to a function again: once for each such.
 */
unsigned ir_new_walk(Module *module);
bool ir_first_visit(Function *fn, unsigned walk);
Block *ir_new_block(Function *fn, Value *owner, Block *parent);

Value *ir_int(Builder *b, Type *type, int64_t i);
Value *ir_real(Builder *b, Type *type, long double x, const char *text);
Value *ir_string(Builder *b, Type *type, const char *text);
Value *ir_global(Builder *b, Global *g);
Value *ir_function_address(Builder *b, Function *f);
Value *ir_unary(Builder *b, ValueKind kind, Type *type, Value *x);
Value *ir_binary(Builder *b, ValueKind kind, Type *type, Value *x, Value *y);
Value *ir_plus(Builder *b, Value *x, int64_t constant); /* x itself, an integer, where that is 0 */
Value *ir_select(Builder *b, Value *condition, Value *x, Value *y);
Value *ir_cast(Builder *b, Type *type, Value *x); /* x itself where nothing changes */
Value *ir_math(Builder *b, const Rule *rule, Type *type, int nargs, Value **args);
Value *ir_pure_call(Builder *b, Type *type, Function *callee, const char *builtin, int nargs, Value **args);
Value *ir_ptradd(Builder *b, Value *pointer, Value *index, Value *scalars_per_element);
Value *ir_ptrdiff(Builder *b, Type *type, Value *p, Value *q, Value *scalars_per_element);
Value *ir_field(Builder *b, Value *record_address, int field); /* the record's type from the pointer's */
Value *ir_decay(Builder *b, Value *array_address);
Value *ir_sizeof(Builder *b, Type *of, uint64_t value);
Value *ir_local(Builder *b, Type *object, int nextents, Value **extents, const char *name);
Value *ir_load(Builder *b, Value *address);
Value *ir_store(Builder *b, Value *address, Value *x);
Value *ir_accum(Builder *b, Value *address, Value *x);
/* A read of what is volatile, or with x a write: a VAL_CALL with arguments (address, x), since each counts. */
Value *ir_volatile(Builder *b, Value *address, Value *x);
bool ir_is_volatile(const Value *v);
Value *ir_copy(Builder *b, Value *to, Value *from);
Value *ir_call(Builder *b, Type *result, Function *callee, int nargs, Value **args); /* callee NULL: args[0] */
/* Opens an if with empty blocks; fill then()/else() by setting the builder's block. Without results until ir_if_result.
 */
Value *ir_if(Builder *b, Value *condition);
/* Adds a result: `x` from blocks[0], `y` from blocks[1]. */
Value *ir_if_result(Value *region, Value *x, Value *y);
/* Opens a loop in while form with empty blocks and nothing carried. The condition goes to blocks[0] by
 * ir_set_condition. */
Value *ir_loop(Builder *b);
void ir_set_condition(Value *loop, Value *condition);
/* Opens a counted loop with an empty body and nothing carried: a counter from `from` by `step` while it is rel to `to`.
 */
Value *ir_count(Builder *b, Value *from, ValueKind rel, Value *to, int64_t step);
/* A builder like b, for the end of the loop's body. */
Builder ir_inside(const Builder *b, const Value *loop);
/* Adds a carried value: returns its VAL_CARRIED; set its next value with ir_set_next; its final value is
 * loop->results[index]. */
Value *ir_loop_carry(Value *loop, Value *init);
void ir_set_next(Value *loop, int index, Value *next);
void ir_set_yield(Block *block, int index, Value *x);

/* General insertion, for passes: a value of any kind, listed at the builder's place unless it is a leaf. */
Value *ir_new(Builder *b, ValueKind kind, Type *type, int nargs, Value **args);
void ir_remove(Value *v);                                        /* unlists it */
void ir_move(Value *v, Block *block, Value *before);             /* lists it there; `before` NULL: at the end */
void ir_replace_uses(Block *block, const Value *old, Value *by); /* in the block and all inside it */
/* How often each value is an operand, a loop's bound or a yield, by id. */
unsigned *ir_count_uses(const Function *fn);
/* A cast of an integer to a type that is as wide at least: the index that it stands for stays; narrower ones wrap
 * around.
 */
bool ir_is_wide_cast(const Value *v);
const Value *ir_without_wide_casts(const Value *v);
/* v = *of + the answer; *of is NULL for a constant. */
int64_t ir_split_offset(const Value *v, const Value **of);
bool ir_is_same(const Value *v, const Value *w); /* one value, or two constants of one number */
/* Is v, or what it is computed from by pure operations, there before the loop? */
bool ir_is_invariant(const Value *v, const Value *loop);
Value *ir_without_pointer_casts(const Value *pointer); /* what it is cast from, as a pointer to something else */
bool ir_is_in_loop(const Block *block);
/*
 * All values of the block and of the blocks in it, in the order of the program; of v and what is in it, v first:
 *
 *     for (Value *v = ir_first(block); v; v = ir_next(v, block))
 *     for (Value *w = v; w; w = ir_next_inside(w, v))
 */
Value *ir_first(const Block *block);
Value *ir_next(const Value *v, const Block *block);
Value *ir_next_inside(const Value *w, const Value *v);
/*
 * All uses in the block and in those in it, likewise; what a block hands on comes behind what is in it:
 *
 *     for (Use use = ir_first_use(block); use.block; use = ir_next_use(use, block))
 *         *ir_used(&use) = ...;
 */
Use ir_first_use(Block *block);
Use ir_next_use(Use use, const Block *block);
Value **ir_used(const Use *use);
/* Is there a loop within the block (NULL: anywhere) that runs both, its condition among them, again and again? */
bool ir_share_loop(const Block *a, const Block *b, const Block *within);
bool ir_is_comparison(ValueKind kind);
ValueKind ir_mirrored(ValueKind comparison);                  /* of y and x, where `comparison` is of x and y */
ValueKind ir_opposite(ValueKind comparison);                  /* which holds where `comparison` doesn't */
bool ir_has_opposite(const Value *comparison);                /* reals have none: with a NaN both are false */
bool ir_is_zero(const Value *v);                              /* the real constant 0, of either sign */
bool ir_have_one_name(const Value *v, const Value *w);        /* equal hints, or none */
bool ir_continues_address(const Value *v);                    /* an element, a row or a member of what is at args[0] */
bool ir_writes_value(const Value *v);                         /* args[1] at args[0]: a store or an addition */
const Type *ir_accessed_type(const Value *v);                 /* of what a load, a store or an addition is about */
bool ir_writes_memory(const Value *v);                        /* ... or a copy of bytes, or zeros, at args[0] */
const Value *ir_in_block(const Block *block, const Value *v); /* v, or the region in the block that v is in */
bool ir_is_behind(const Value *v, const Value *other);        /* further down in the same block */
bool ir_is_leaf(ValueKind kind);
bool ir_is_region(const Value *v);                            /* a branch or a loop */
bool ir_is_pure(ValueKind kind);                              /* leaves and pure operations */
const Block *ir_scope(const Value *v);                        /* from which v can be used; NULL: everywhere */
bool ir_visible(const Value *v, const Block *from);           /* may `from` use v, position in the block aside? */
bool ir_block_inside(const Block *inner, const Block *outer); /* equal counts */

/* The text of the IR, for --emit=ir and for people debugging. */
char *ir_dump(const Function *fn);
/* Checks every rule above; diag_internal on a breach. `stage` names the pass that ran. */
void ir_verify(const Function *fn, const char *stage);

#endif
