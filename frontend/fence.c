/*
 * fence.c: what the language does not cover is refused here, at its place, with what to do instead. Behind the fence
 * code assumes that it is not there; after an error lowering goes on with anything of the right type, to find the next
 * one.
 */
#include "lower.h"

#include <string.h>

static const Loc no_place;

/* One construct is met several times on its line, by its operands and by what uses it. */
static bool is_repeated(Loc loc, const char *what)
{
    static Loc last;
    static const char *last_what = "";
    const bool repeated =
        last.file && strcmp(last.file, loc.file) == 0 && last.line == loc.line && strcmp(last_what, what) == 0;
    last = loc;
    last_what = what;
    return repeated;
}

void fence_refuse(Loc loc, const char *what, const char *way_out)
{
    if (loc.file && is_repeated(loc, what))
        return;
    diag_error(loc, "adgen cannot handle %s", what);
    diag_note(no_place, "%s", way_out);
}

/* ---- constructs that the tree names ---- */

static const struct {
    const char *part; /* of the tree's text */
    const char *way_out;
} ways_out[] = {
    {"assembly", "write the computation in C; or put it into a function of its own, with a rule (ADGEN_CUSTOM_VJP) "
                 "where derivatives "
                 "pass through"},
    {"asm", "write the computation in C; or put it into a function of its own, with a rule (ADGEN_CUSTOM_VJP) where "
            "derivatives "
            "pass through"},
    {"goto", "use a loop, a switch, or a goto to a label of the function"},
    {"va_arg", "pass the values in an array, or as named parameters"},
    {"atomic", "use a plain variable in the function that is differentiated"},
    {"vector", "write the loop over the elements: the C compiler vectorises it"},
    {"_Generic", "call the function that it selects by its name"},
};

void fence_unsupported(Loc loc, const char *text)
{
    const char *way_out = "rewrite it in plain C, or put it into a function with a rule of its own (ADGEN_CUSTOM_VJP)";
    for (size_t k = 0; text && k < sizeof ways_out / sizeof ways_out[0]; k++)
        if (strstr(text, ways_out[k].part))
            way_out = ways_out[k].way_out;
    fence_refuse(loc, text ? text : "this construct", way_out);
}

/* ---- types ---- */

bool fence_type(const Type *type, Loc loc)
{
    switch (type->kind) {
    case TYPE_OPAQUE:
        fence_refuse(loc, arena_printf("values of type '%s'", type->name ? type->name : "this kind"),
                     "move their use into a function that is not differentiated");
        return false;
    default:
        return true;
    }
}

bool fence_object(const Type *type, Loc loc)
{
    while (type->kind == TYPE_ARRAY && !type->is_volatile)
        type = type->to;
    const Type *scalar = type_scalar((Type *)(uintptr_t)type);
    if (!type->is_volatile || scalar->kind == TYPE_REAL || !type_has_real(scalar))
        return fence_type(type, loc);
    fence_refuse(loc, arena_printf("a volatile %s", scalar->kind == TYPE_POINTER ? "pointer" : "struct"),
                 "use a plain one in what is differentiated");
    return false;
}

bool fence_access(const Value *address, Loc loc)
{
    return type_is_pointer(address->type) && fence_object(address->type->to, loc); /* no pointer: reported before */
}

/* ---- calls ---- */

static const struct {
    const char *name;
    const char *way_out;
} refused[] = {
    {"setjmp", "return an error code"},
    {"_setjmp", "return an error code"},
    {"sigsetjmp", "return an error code"},
    {"__sigsetjmp", "return an error code"},
    {"alloca", "use a variable-length array"},
    {"__builtin_alloca", "use a variable-length array"},
    {"__builtin_va_start", "pass the values in an array, or as named parameters"},
    {"__builtin_va_end", "pass the values in an array, or as named parameters"},
    {"__builtin_va_copy", "pass the values in an array, or as named parameters"},
    {"__builtin_setjmp", "return an error code"},
};

/* NULL where the function may be called. */
static const char *way_out_of_call(const Function *callee)
{
    for (size_t k = 0; k < sizeof refused / sizeof refused[0]; k++)
        if (strcmp(callee->name, refused[k].name) == 0)
            return refused[k].way_out;
    return NULL;
}

/* <tgmath.h> calls functions with names of the compiler's own, of which those of reals have others (module.c). */
static bool is_complex_of_tgmath(const Function *callee)
{
    return strncmp(callee->name, "__tg_", 5) == 0;
}

bool fence_call(const Function *callee, Loc loc)
{
    if (is_complex_of_tgmath(callee)) {
        fence_refuse(loc, "a function of <tgmath.h> for complex numbers", "call that of <complex.h> by its name");
        return false;
    }
    const char *way_out = way_out_of_call(callee);
    if (way_out)
        fence_refuse(loc, arena_printf("a call of '%s'", callee->name), way_out);
    return way_out == NULL;
}

/* ---- bodies that are left alone ---- */

typedef struct {
    const char *what;
    Loc loc;
} Obstacle;

/* Assembly over numbers that never carry derivatives is copied wherever it stands. */
static bool is_open_assembly(const Expr *assembly)
{
    for (int k = 0; k < assembly->nkids; k++)
        if (assembly->kids[k]->type->kind != TYPE_INT)
            return false;
    return true;
}

static bool is_obstacle(const Expr *e, const void *found)
{
    Obstacle obstacle = {.loc = e->loc};
    if (e->kind == EXPR_UNSUPPORTED)
        obstacle.what = e->text ? e->text : "something that adgen cannot handle";
    else if (e->kind == EXPR_ASSEMBLY && !is_open_assembly(e))
        obstacle.what = "inline assembly (asm)";
    else if (e->kind == EXPR_CALL && e->function && way_out_of_call(e->function))
        obstacle.what = arena_printf("a call of '%s'", e->function->name);
    else if (e->kind == EXPR_CALL && e->function && is_complex_of_tgmath(e->function))
        obstacle.what = "complex arithmetic";
    else if (e->type->kind == TYPE_OPAQUE)
        obstacle.what = arena_printf("values of type '%s'", e->type->name ? e->type->name : "another kind");
    if (obstacle.what)
        **(Obstacle *const *)found = obstacle;
    return obstacle.what != NULL;
}

bool fence_stops(const Stmt *body, const char **what, Loc *loc)
{
    Obstacle obstacle = {0}, *found = &obstacle;
    const Stmt *s = scan_find(body, STMT_UNSUPPORTED);
    if (s)
        obstacle = (Obstacle){s->text ? s->text : "something that adgen cannot handle", s->loc};
    else
        scan_any(body, is_obstacle, &found);
    *what = obstacle.what;
    *loc = obstacle.loc;
    return obstacle.what != NULL;
}

Value *fence_anything(Lower *lo, Type *type)
{
    switch (type->kind) {
    case TYPE_VOID:
        return NULL;
    case TYPE_RECORD:
    case TYPE_ARRAY:
        return lower_temporary(lo, type, NULL);
    case TYPE_REAL:
        return ir_real(&lo->b, type, 0, NULL);
    case TYPE_POINTER:
    case TYPE_INT:
        return ir_int(&lo->b, type, 0);
    default:
        return ir_int(&lo->b, lo->types->int_, 0);
    }
}
