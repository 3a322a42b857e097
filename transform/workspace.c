/*
 * workspace.c: --workspace. What a derivative keeps at run time lies in storage that its caller gives it, and a
 * function beside it says how many bytes that takes.
 *
 *     before:  %5 = alloc %n ... %9 = alloc %m ... free %9 ... free %5
 *     after:   %5 = alloc %workspace ... %8 = %5 + %n, %9 = alloc %8
 *
 * The arrays lie one behind the other, in the order of the text; those of a branch behind those before the branch.
 * Where they are of different alignment, each is filled up to the largest. Nothing frees them, so none is made in a
 * loop.
 *
 * The size is a slice of the derivative: a copy of it that yields the sum of the counts and has lost its effects, so
 * that what the counts don't need is dead. A count that depends on such an effect is refused.
 */
#include "clone.h"
#include "passes.h"

enum { LARGEST_ALIGNMENT = 16 };

typedef VEC(Value *) Values;

/* An effect that the slice has lost. */
typedef struct {
    Value *effect;
    const Block *block;
    unsigned order;
} Lost;

typedef struct {
    Function *function; /* the derivative */
    Function *size;
    uint64_t alignment; /* of all arrays */
    unsigned *order;    /* in the slice, by id: place in the text */
    unsigned norder;
    VEC(Lost) lost;
} Workspace;

static const Loc nowhere;

/* ---- what cannot be done ---- */

/* h_was and h_tape keep h. */
static const char *kept_name(const Value *v)
{
    const char *end = v->hint ? strrchr(v->hint, '_') : NULL;
    return end ? arena_printf("'%.*s'", (int)(end - v->hint), v->hint) : "a value";
}

static bool same_place(Loc a, Loc b)
{
    return a.line == b.line && a.col == b.col && a.file == b.file;
}

/* Several values kept for one loop are one mistake. */
static void refuse(const Value *v, const char *what, Loc *last)
{
    if (same_place(v->loc, *last))
        return;
    *last = v->loc;
    diag_error(v->loc, "--workspace: %s %s", what, kept_name(v));
    diag_note(nowhere, "give the loop a number of iterations that is known before it begins, and before the loops and "
                       "branches around it, or leave --workspace out");
}

static bool is_freed_in_block(const Value *alloc)
{
    for (const Value *v = alloc->next; v; v = v->next)
        if (v->kind == VAL_FREE && v->args[0] == alloc)
            return true;
    return false;
}

/* heap.c: the adjoint of what the program allocates. */
static void refuse_heap(const Value *v)
{
    if (v->kind != VAL_CALL || !v->callee || strcmp(v->callee->name, "adgen_zeroed") != 0)
        return;
    diag_error(v->loc, "--workspace: the adjoint of what is allocated here is allocated too");
    diag_note(nowhere, "take this storage as a parameter, or leave --workspace out");
}

/* split.c: the halves of recursive functions share a tape. */
static void refuse_recursion(const Function *fn)
{
    if (!fn->tape)
        return;
    diag_error(fn->loc,
               "--workspace: how much storage the recursive calls of '%s' take is known only when they have run",
               fn->primal->name);
    diag_note(nowhere, "write the recursion as a loop, or leave --workspace out");
}

static void refuse_unsized(const Block *block, bool in_loop, Loc *last)
{
    for (const Value *v = block->first; v; v = v->next) {
        refuse_heap(v);
        if (v->kind == VAL_TAPE)
            refuse(v, "only when this loop has run is it known how much storage it takes to keep", last);
        else if (v->kind == VAL_ALLOC && (in_loop || (block->owner && !is_freed_in_block(v))))
            refuse(v, "only inside a loop or branch is it known how much storage it takes to keep", last);
        for (int k = 0; k < 2; k++)
            if (v->blocks[k])
                refuse_unsized(v->blocks[k], in_loop || v->kind == VAL_LOOP, last);
    }
}

/* ---- sizes ---- */

/* A type's alignment divides its size. */
static uint64_t alignment_of(const Type *type)
{
    uint64_t alignment = 1;
    while (alignment < LARGEST_ALIGNMENT && type->size % (2 * alignment) == 0)
        alignment *= 2;
    return alignment;
}

static uint64_t find_alignment(const Block *block)
{
    uint64_t largest = 1;
    for (const Value *v = block->first; v; v = v->next) {
        uint64_t alignment = v->kind == VAL_ALLOC ? alignment_of(type_scalar(v->type->to)) : 1;
        for (int k = 0; k < 2; k++) {
            const uint64_t inner = v->blocks[k] ? find_alignment(v->blocks[k]) : 1;
            alignment = inner > alignment ? inner : alignment;
        }
        largest = alignment > largest ? alignment : largest;
    }
    return largest;
}

/* The number of elements whose bytes are a multiple of the alignment. */
static Value *filled_up(const Workspace *w, Builder *b, Value *count, const Type *element)
{
    if (element->size % w->alignment == 0)
        return count;
    Type *size = b->function->module->types.size;
    const int64_t group = (int64_t)(w->alignment % element->size ? w->alignment : w->alignment / element->size);
    Value *groups = ir_binary(b, VAL_ADD, size, count, ir_int(b, size, group - 1));
    groups = ir_binary(b, VAL_DIV, size, groups, ir_int(b, size, group));
    return ir_binary(b, VAL_MUL, size, groups, ir_int(b, size, group));
}

/* ---- the size function ---- */

static Builder builder_at(Block *block, Value *before, Loc loc)
{
    return (Builder){.function = block->function, .block = block, .before = before, .loc = loc};
}

static Value *larger(Builder *b, Value *x, Value *y)
{
    return ir_select(b, ir_binary(b, VAL_GT, b->function->module->types.int_, x, y), x, y);
}

/* `used` bytes are in use when the block begins; the most that are in use in it. */
static Value *add_up(const Workspace *w, Block *block, Value *used)
{
    Type *size = w->size->module->types.size;
    Value *most = used;
    for (Value *v = block->first; v; v = v->next) {
        Builder b = builder_at(block, v->next, v->loc);
        if (v->kind == VAL_ALLOC) {
            Type *scalar = type_scalar(v->type->to);
            Value *bytes = filled_up(w, &b, v->args[0], scalar);
            bytes = ir_binary(&b, VAL_MUL, size, bytes, ir_sizeof(&b, scalar, scalar->size));
            Value *sum = ir_binary(&b, VAL_ADD, size, used, bytes);
            most = most == used ? sum : larger(&b, most, sum);
            used = sum;
        } else if (v->kind == VAL_IF) {
            Value *then = add_up(w, v->blocks[0], used), *otherwise = add_up(w, v->blocks[1], used);
            Value *branch = then == otherwise ? then : ir_if_result(v, then, otherwise);
            most = branch == used ? most : most == used ? branch : larger(&b, most, branch);
        }
    }
    return most;
}

static bool is_own_object(const Value *base)
{
    return base->kind == VAL_LOCAL || base->kind == VAL_ALLOC;
}

static bool is_lost(const Value *v)
{
    if (ir_is_region(v) || !memory_has_effect(v))
        return false;
    return v->kind == VAL_CALL || v->kind == VAL_FREE || !is_own_object(memory_base(v->args[0]));
}

static void lose_effects(Workspace *w, Block *block)
{
    for (Value *v = block->first, *next; v; v = next) {
        next = v->next;
        w->order[v->id] = ++w->norder;
        for (int k = 0; k < 2; k++)
            if (v->blocks[k])
                lose_effects(w, v->blocks[k]);
        if (!is_lost(v))
            continue;
        vec_push(&w->lost, ((Lost){v, block, w->order[v->id]}));
        ir_remove(v);
    }
}

/* Does the slice read at the address, in v, what an effect that it has lost has written? */
static bool reads_lost(const Workspace *w, const Value *v, const Value *address)
{
    for (size_t k = 0; k < w->lost.count; k++) {
        const Lost *lost = &w->lost.at[k];
        if ((lost->order < w->order[v->id] || ir_share_loop(lost->block, v->block, NULL)) &&
            lost->effect->kind != VAL_FREE && memory_clobbers(lost->effect, address))
            return true;
    }
    return false;
}

static bool uses_lost(const Workspace *w, const Value *v)
{
    for (size_t k = 0; k < w->lost.count; k++)
        for (int a = 0; a < v->nargs; a++)
            if (v->args[a] == w->lost.at[k].effect)
                return true;
    if (v->kind == VAL_LOAD)
        return reads_lost(w, v, v->args[0]);
    return v->kind == VAL_COPY && reads_lost(w, v, v->args[1]);
}

static const Value *find_lost(const Workspace *w, const Block *block)
{
    for (const Value *v = block->first; v; v = v->next) {
        if (v->kind == VAL_ALLOC || uses_lost(w, v))
            return v;
        for (int k = 0; k < 2; k++) {
            const Value *inner = v->blocks[k] ? find_lost(w, v->blocks[k]) : NULL;
            if (inner)
                return inner;
        }
    }
    return NULL;
}

static Function *new_size_function(Workspace *w, int nprimal)
{
    const Function *fn = w->function;
    Function *size = ir_new_function(fn->module, arena_printf("%s_workspace", fn->name));
    size->result = fn->module->types.size;
    size->result_text = "size_t";
    size->loc = fn->loc;
    size->definition_loc = fn->definition_loc;
    size->is_static = fn->is_static;
    size->has_body = true;
    size->body = ir_new_block(size, NULL, NULL);
    size->nparams = nprimal;
    size->params = arena_grow(fn->params, sizeof(Param) * (size_t)nprimal, sizeof(Param) * (size_t)nprimal);
    size->comment =
        arena_printf("Bytes of workspace that %s needs when it is called with the same arguments.", fn->name);
    return size;
}

/* NULL, with the reason reported, where the size is not to be had without the effects. */
static Function *make_size_function(Workspace *w, int nprimal)
{
    Function *size = w->size = new_size_function(w, nprimal);
    Builder b = builder_at(size->body, NULL, size->loc);
    CloneMap map = {0};
    clone_map_init(&map, w->function);
    for (int k = 0; k < nprimal; k++) {
        size->params[k].value = clone_lookup(&map, &b, size->params[k].value);
        size->params[k].bar = NULL;
    }
    clone_block(&map, &b, w->function->body);
    b = builder_at(size->body, size->body->first, size->loc);
    ir_set_yield(size->body, 0, add_up(w, size->body, ir_int(&b, size->result, 0)));
    memory_mark_private(size);
    w->order = ARENA_ARRAY(unsigned, size->next_id + 1);
    lose_effects(w, size->body);
    dead_remove(size);
    const Value *lost = find_lost(w, size->body);
    if (lost) {
        diag_error(lost->loc, "--workspace: the size of the workspace depends on what '%s' has changed here by then",
                   w->function->primal->name);
        diag_note(nowhere, "let it depend on the arguments alone, or leave --workspace out");
        return NULL;
    }
    values_number(size);
    dead_remove(size);
    return size;
}

/* ---- the derivative ---- */

/* Where storage begins, or where it ends: behind `count` elements of `array`. */
typedef struct {
    Value *workspace, *array, *count;
} Place;

static Value *address_of(const Workspace *w, Builder *b, const Place *place, Type *type)
{
    if (!place->array)
        return place->workspace;
    Type *scalar = type_scalar(place->array->type->to);
    Value *first = ir_cast(b, type_pointer(scalar), place->array);
    return ir_cast(b, type, ir_ptradd(b, first, filled_up(w, b, place->count, scalar), NULL));
}

static void place_arrays(const Workspace *w, Block *block, Place place)
{
    for (Value *v = block->first, *next; v; v = next) {
        next = v->next;
        if (v->kind == VAL_FREE) {
            ir_remove(v);
        } else if (v->kind == VAL_ALLOC) {
            Builder b = builder_at(block, v, v->loc);
            Value *count = v->args[0];
            v->args[0] = address_of(w, &b, &place, v->type);
            place.array = v;
            place.count = count;
        }
        for (int k = 0; k < 2; k++)
            if (v->blocks[k])
                place_arrays(w, v->blocks[k], place);
    }
}

static Value *workspace_param(Function *fn)
{
    Type *type = type_pointer(fn->module->types.void_);
    for (int k = 0; k < fn->nparams; k++)
        if (strcmp(fn->params[k].name, "workspace") == 0) {
            diag_error(fn->params[k].loc, "--workspace needs the name 'workspace', which is a parameter's already");
            diag_note(nowhere, "rename the parameter");
        }
    return signature_add_param(fn, (Param){.name = "workspace",
                                           .type = type,
                                           .declared = type,
                                           .before = "void *restrict ",
                                           .before_mutable = "void *restrict ",
                                           .after = "",
                                           .loc = fn->loc});
}

static void describe(Function *fn)
{
    const char *name = fn->workspace->name;
    const Value *size = fn->workspace->body->yields[0];
    const char *text =
        arena_printf("workspace is as many bytes as %s says for the same arguments, aligned for any type. "
                     "It\nmay not overlap another argument; what it holds on entry does not matter.\n",
                     name);
    if (size->kind == VAL_INT && size->i == 0)
        text = arena_printf("Does without workspace, which may be NULL: %s gives 0.\n", name);
    fn->comment = arena_printf("%s%s", fn->comment, text);
}

bool workspace_use(Function *fn)
{
    const unsigned errors = diag_error_count();
    const int nprimal = fn->primal->nparams;
    Loc last = {0};
    refuse_unsized(fn->body, false, &last);
    refuse_recursion(fn);
    if (diag_error_count() != errors)
        return false;
    Workspace w = {.function = fn, .alignment = find_alignment(fn->body)};
    fn->workspace = make_size_function(&w, nprimal);
    Value *workspace = workspace_param(fn);
    if (diag_error_count() != errors)
        return false;
    place_arrays(&w, fn->body, (Place){.workspace = workspace});
    dead_remove(fn);
    describe(fn);
    return true;
}
