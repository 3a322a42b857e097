/*
 * emit_effect.c: statements that are no regions: stores, calls, tapes, and the declarations of objects.
 */
#include "emit.h"

#include <limits.h>

/* ---- single statements ---- */

/* -1 for what is no bit-field. */
static int64_t bit_width(const Value *address)
{
    return address->kind == VAL_FIELD ? address->args[0]->type->to->record->fields[address->i].bit_width : -1;
}

/* A bit-field takes what its width leaves of the value; the mask says so to the compiler. */
static void emit_bit_field_store(Emitter *e, const Value *v)
{
    const char *target = expr_lvalue(e, v->args[0]).text;
    const Value *x = v->args[1];
    const int64_t width = bit_width(v->args[0]);
    const char *text = expr_assigned(e, x, v->args[0]->type->to);
    if (x->kind != VAL_INT && !x->type->is_signed && !x->type->is_bool && width < 32)
        text = arena_printf("%s & %lluu", wrapped(expr(e, x), PREC_UNARY), (1ULL << width) - 1);
    emit_line(e, arena_printf("%s = %s;", target, text));
}

static void emit_store(Emitter *e, const Value *v)
{
    if (bit_width(v->args[0]) >= 0) {
        emit_bit_field_store(e, v);
        return;
    }
    const Piece target = expr_lvalue(e, v->args[0]);
    const char *text = emit_compound(e, v->args[1], NULL, target.text, false);
    if (text && target.text[0] == '*' && strstr(text + strlen(text) - 2, "++"))
        text = NULL; /* *p++ is another thing */
    emit_line(e, text ? arena_printf("%s;", text)
                      : arena_printf("%s = %s;", target.text, expr_given(e, v->args[1], v->args[0]->type->to)));
}

static void emit_accum(Emitter *e, const Value *v)
{
    const Piece target = expr_lvalue(e, v->args[0]);
    const bool is_real = v->args[1]->type->kind == TYPE_REAL;
    emit_line(e, is_real || v->args[1]->kind != VAL_INT
                     ? arena_printf("%s;", emit_compound_text(e, target.text, VAL_ADD, v->args[1]))
                     : arena_printf("%s += %s;", target.text, expr_assigned(e, v->args[1], v->args[1]->type)));
}

bool is_scalar(const Type *type)
{
    return type->kind == TYPE_REAL || type->kind == TYPE_INT || type->kind == TYPE_COMPLEX ||
           type->kind == TYPE_POINTER;
}

const char *zero_of(const Type *type)
{
    return type->kind == TYPE_REAL ? real_text(type, 0, NULL, false) : "0";
}

static void emit_clear(Emitter *e, const Value *object)
{
    const Type *type = object->type->to;
    const char *name = expr_lvalue(e, object).text;
    if (is_scalar(type)) {
        emit_line(e, arena_printf("%s = %s;", name, zero_of(type)));
        return;
    }
    e->needs->string = true;
    emit_line(e, arena_printf("memset(%s%s, 0, sizeof %s);", type->kind == TYPE_ARRAY ? "" : "&", name, name));
}

static void emit_call(Emitter *e, const Value *v)
{
    const Function *callee = v->callee;
    const char *text = expr_call(e, v);
    if (callee && callee->result && callee->result->kind == TYPE_RECORD && v->nargs > callee->nparams)
        text = arena_printf("%s = %s", expr_lvalue(e, v->args[v->nargs - 1]).text, text);
    emit_line(e, arena_printf("%s;", text));
}

/* The address of a restrict pointer is passed as one of bytes. */
static const char *unrestricted(Emitter *e, const Value *v)
{
    const Web *web = is_folded(e->plan, v) ? NULL : web_of(e->plan, v);
    return web && web->param && web->type->kind == TYPE_POINTER ? "(void *)" : "";
}

/* What is pushed is a variable, a location, or a constant in a literal of its own. */
static void emit_push(Emitter *e, const Value *v)
{
    const Value *pushed = v->args[1];
    const char *tape = expr(e, v->args[0]).text;
    if (is_literal(pushed)) {
        const char *type = declare(pushed->type, "", NULL);
        emit_line(e, arena_printf("adgen_push(%s, &(%s){%s}, sizeof(%s));", tape, type,
                                  expr_assigned(e, pushed, pushed->type), type));
        return;
    }
    const char *text = expr(e, pushed).text;
    const char *address = text[0] == '*' ? text + 1 : arena_printf("%s&%s", unrestricted(e, pushed), text);
    emit_line(e, arena_printf("adgen_push(%s, %s, sizeof %s);", tape, address, text));
}

static void emit_pop(Emitter *e, const Value *v)
{
    Web *web = web_of(e->plan, v);
    if (!web->declared && !web->param)
        emit_bare(e, web);
    emit_line(e, arena_printf("adgen_pop(%s, %s&%s, sizeof %s);", expr(e, v->args[0]).text, unrestricted(e, v),
                              web->name, web->name));
}

/* What the count of an array is about. */
static const char *scalar_of(const Web *web)
{
    const bool leads_to_arrays = web->type->to->kind == TYPE_ARRAY;
    return leads_to_arrays ? arena_printf("(%s)", declare(type_scalar(web->type->to), "", NULL))
                           : arena_printf(" *%s", web->name);
}

static void emit_alloc(Emitter *e, const Value *v)
{
    Web *web = web_of(e->plan, v);
    const bool is_given = type_is_pointer(v->args[0]->type); /* in the caller's workspace */
    const char *text = expr_assigned(e, v->args[0], is_given ? v->args[0]->type : e->module->types.size);
    const char *storage = is_given ? text : arena_printf("adgen_alloc(%s, sizeof%s)", text, scalar_of(web));
    const bool may_differ = v->args[0]->kind == VAL_PTRADD && web->type->to->kind == TYPE_POINTER; /* in const */
    if (may_differ || (v->args[0]->kind == VAL_CAST && is_given && web->type->to->kind == TYPE_ARRAY))
        storage = arena_printf("(void *)%s", wrapped(expr(e, v->args[0]), PREC_UNARY));
    const bool declares = !web->declared && !web->bare && !web->param;
    web->declared = true;
    emit_line(e, arena_printf("%s = %s;", declares ? emit_declarator(e, web, web->name) : web->name, storage));
}

static void emit_free(Emitter *e, const Value *v)
{
    emit_line(e, arena_printf("adgen_free(%s);", expr(e, v->args[0]).text));
}

static void emit_tape(Emitter *e, const Value *v)
{
    const char *name = note_of(e->plan, v)->name;
    emit_line(e, arena_printf("adgen_tape %s = ADGEN_TAPE_INIT;", name));
}

void emit_effect(Emitter *e, const Value *v)
{
    e->needs->tape |= v->kind >= VAL_ALLOC && v->kind <= VAL_TAPE_FREE;
    if (v->kind != VAL_LOCAL && v->kind != VAL_TAPE && v->kind != VAL_ALLOC)
        emit_quote(e, v);
    switch (v->kind) {
    case VAL_LOCAL:
        break; /* declared before its first use */
    case VAL_STORE:
        emit_store(e, v);
        break;
    case VAL_ACCUM:
        emit_accum(e, v);
        break;
    case VAL_COPY:
        emit_line(e, arena_printf("%s = %s;", expr_lvalue(e, v->args[0]).text, expr_lvalue(e, v->args[1]).text));
        break;
    case VAL_ZERO:
        emit_clear(e, v->args[0]);
        break;
    case VAL_FREE:
        emit_free(e, v);
        break;
    case VAL_TAPE:
        emit_tape(e, v);
        break;
    case VAL_PUSH:
        emit_push(e, v);
        break;
    case VAL_TAPE_FREE:
        emit_line(e, arena_printf("adgen_tape_free(%s);", expr(e, v->args[0]).text));
        break;
    case VAL_CALL:
        emit_call(e, v);
        break;
    default:
        diag_internal(v->loc, "value %u of kind %d is no statement", v->id, (int)v->kind);
    }
}

void emit_named(Emitter *e, const Value *v)
{
    e->needs->tape |= v->kind == VAL_POP || (v->kind == VAL_ALLOC && !type_is_pointer(v->args[0]->type));
    if (v->kind == VAL_ALLOC) {
        emit_alloc(e, v);
        return;
    }
    emit_quote(e, v);
    if (v->kind == VAL_POP)
        emit_pop(e, v);
    else
        emit_assign(e, web_of(e->plan, v), v, true);
}

/* ---- objects ---- */

static const char *object_declaration(Emitter *e, const Value *local)
{
    return declare(local->type->to, note_of(e->plan, local)->name, emit_extents(e, local->args, local->nargs));
}

static bool mentions(const Plan *plan, const Value *v, const Value *object)
{
    if (v == object)
        return true;
    if (is_operator_result(plan, v) && is_folded(plan, v))
        return true; /* not looked into */
    for (int k = 0; is_folded(plan, v) && k < v->nargs; k++)
        if (mentions(plan, v->args[k], object))
            return true;
    return false;
}

enum { SMALL_ARRAY = 16, LARGE_ARRAY = 256 };

/* The first thing that the region does with the object, in the order of the program; NULL: nothing. */
static const Value *first_access(const Value *region, const Value *local)
{
    for (const Value *v = region; (v = ir_next_inside(v, region));) {
        const bool is_path = ir_continues_address(v);
        for (int k = 0; k < v->nargs && !is_path; k++)
            if (type_is_pointer(v->args[k]->type) && memory_base(v->args[k]) == local)
                return v;
    }
    return NULL;
}

/* A checkpoint keeps all that a step might find, also what it will not look at. */
static bool is_read_first(const Value *region, const Value *local)
{
    const Value *access = first_access(region, local);
    return access && access->kind == VAL_LOAD;
}

/*
 * A small array that is first set in a loop that may not come to all of it, or in a branch: for gcc, at -O2, what is
 * read from it later may be uninitialized. Clearing it costs less than the reader's doubt.
 */
static bool looks_unset(const Value *local, const Value *next)
{
    const int64_t count = type_scalar_count(local->type->to);
    const int64_t limit = loop_around(next->block) ? SMALL_ARRAY : LARGE_ARRAY;
    const TypeKind kind = type_scalar(local->type->to)->kind;
    const bool is_user_array = !local->adjoint && local->type->to->kind == TYPE_ARRAY;
    return is_user_array && (kind == TYPE_REAL || kind == TYPE_RECORD) && count > 0 && count <= limit &&
           ir_is_region(next) && (trips_constant(next, INT_MAX) < local->type->to->count || is_read_first(next, local));
}

/* What an object begins with, where the statement behind its declaration says that; or NULL. */
static const char *initialiser(Emitter *e, const Value *local, const Value *next)
{
    Type *type = local->type->to;
    const bool clears = note_of(e->plan, local)->cleared_late || (next->kind == VAL_ZERO && next->args[0] == local);
    if (clears && !type_is_variable_array(type))
        return is_scalar(type) ? zero_of(type) : "{0}";
    if (looks_unset(local, next))
        return "{0}";
    if ((next->kind != VAL_STORE && next->kind != VAL_COPY) || next->args[0] != local ||
        mentions(e->plan, next->args[1], local))
        return NULL;
    return next->kind == VAL_STORE ? expr_given(e, next->args[1], type) : expr_lvalue(e, next->args[1]).text;
}

/* Declares an object; true where `next`, which clears it or sets it, is its initialiser. */
static bool emit_object(Emitter *e, const Value *local, const Value *next)
{
    const Note *note = note_of(e->plan, local);
    const char *declaration = object_declaration(e, local);
    const char *init = initialiser(e, local, next);
    if (init) {
        emit_line(e, arena_printf("%s = %s;", declaration, init));
        return !note->cleared_late && !ir_is_region(next);
    }
    emit_line(e, arena_printf("%s;", declaration));
    if (note->cleared_late)
        emit_clear(e, local);
    return false;
}

/* What is declared before the statement; true where the statement has become an initialiser. */
bool emit_declarations_before(Emitter *e, const Value *v)
{
    const Note *note = note_of(e->plan, v);
    bool done = false;
    for (size_t k = 0; k < note->bare.count; k++) {
        Web *web = web_find(note->bare.at[k]);
        if (!web->declared)
            emit_bare(e, web);
    }
    for (size_t k = 0; k < note->locals.count; k++)
        done |= emit_object(e, note->locals.at[k], v);
    return done;
}
