/*
 * emit_copy.c: loops that do nothing but copy one element after the other between an array of adgen's and another
 * object, in which it cannot lie, are calls of memcpy:
 *
 *     for (size_t i = 0; i < n; i++)        →        memcpy(u_was + k, u, n * sizeof *u);
 *         u_was[k + i] = u[i];
 *
 * and those that do nothing but clear such an array are calls of memset.
 */
#include "../transform/simplify.h"
#include "emit.h"

/* The statement, if there is no other in the loop. */
static const Value *only_store(const Plan *plan, const Value *loop)
{
    const Value *store = NULL;
    for (const Value *v = loop->blocks[1]->first; v; v = v->next) {
        if (v->kind == VAL_STORE && !store)
            store = v;
        else if (note_of(plan, v)->place != PLACE_FOLD && note_of(plan, v)->place != PLACE_NONE)
            return NULL;
    }
    return store;
}

static bool varies(const Value *v, const Value *loop)
{
    if (v == loop->counter || (v->block == loop->blocks[1] && v->kind == VAL_LOAD))
        return true;
    for (int k = 0; v->block == loop->blocks[1] && k < v->nargs; k++)
        if (varies(v->args[k], loop))
            return true;
    return false;
}

/* In each iteration the address is the next one; *offset gets what is added to the counter, or NULL. */
static bool goes_along(const Value *address, const Value *loop, const Value **offset)
{
    *offset = NULL;
    if (address->kind != VAL_PTRADD || address->nargs != 2 || varies(address->args[0], loop))
        return false;
    const Value *index = ir_without_wide_casts(address->args[1]);
    if (index == loop->counter)
        return true;
    if (index->kind != VAL_ADD)
        return false;
    const bool is_first = ir_without_wide_casts(index->args[0]) == loop->counter;
    *offset = index->args[is_first];
    return (is_first || ir_without_wide_casts(index->args[1]) == loop->counter) && !varies(*offset, loop);
}

static bool is_object(const Value *base)
{
    return base->kind == VAL_LOCAL || base->kind == VAL_ALLOC || base->kind == VAL_PARAM;
}

/*
 * An array of what is kept is private: nothing of any other object is in it, whichever of them the pointer leads to.
 * One that is chosen among parameters may be NULL (is_never_null).
 */
static bool is_apart(const Value *kept, const Value *pointer)
{
    const Value *roots[MEMORY_MAX_ROOTS];
    if (!kept->is_kept || !is_object(kept) || kept->kind == VAL_PARAM)
        return false;
    const int n = memory_roots(pointer, roots);
    for (int k = 0; k < n; k++)
        if (!is_object(roots[k]) || roots[k] == kept ||
            (roots[k]->kind == VAL_PARAM && roots[k] != memory_base((Value *)(uintptr_t)pointer)))
            return false;
    return n > 0;
}

static bool are_apart(Value *to, Value *from)
{
    const Value *x = memory_base(to), *y = memory_base(from);
    return is_apart(x, y) || is_apart(y, x);
}

/* Where nothing is copied, a parameter may be NULL, which memcpy must not be given. */
static bool is_never_null(Value *to, Value *from, const Value *loop)
{
    const bool param = memory_base(to)->kind == VAL_PARAM || memory_base(from)->kind == VAL_PARAM;
    return !param || trips_for_sure(loop);
}

static const char *row_text(Emitter *e, const Value *address, const Value *offset)
{
    const char *row = wrapped(expr(e, address->args[0]), PREC_ADD);
    return offset ? arena_printf("%s + %s", row, expr_index(e, offset)) : row;
}

/* The array that is copied from its first element to its last, by its name; NULL: it is less, or more. */
static const char *whole_array(Emitter *e, const Value *address, const Value *offset, const Value *count)
{
    Value *array = address->args[0]->kind == VAL_DECAY ? address->args[0]->args[0] : NULL;
    const Type *type = array ? array->type->to : NULL;
    if (offset || !type || type->kind != TYPE_ARRAY || memory_base(array)->kind == VAL_ALLOC)
        return NULL;
    const bool is_local = array->kind == VAL_LOCAL && array->nargs == 1 && type->count == ARRAY_VARIABLE;
    if (!(is_local && ir_without_wide_casts(array->args[0]) == ir_without_wide_casts(count)) &&
        !(count->kind == VAL_INT && type->count == count->i))
        return NULL;
    const char *name = expr_lvalue(e, array).text;
    return strcmp(expr(e, address->args[0]).text, name) == 0 ? name : NULL; /* or it is known by a pointer */
}

static const char *size_text(Emitter *e, const Value *row, const Value *count)
{
    const char *times =
        count->kind == VAL_INT ? arena_printf("%lld", (long long)count->i) : wrapped(expr(e, count), PREC_MUL);
    return arena_printf("%s * sizeof *%s", times, wrapped(expr(e, row), PREC_UNARY));
}

static bool is_counted_from_zero(const Value *loop)
{
    return loop->counted && !loop->nresults && !loop->over_lanes && loop->step == 1 && loop->rel == VAL_LT &&
           loop->from->kind == VAL_INT && loop->from->i == 0 && !loop->counter->type->is_signed &&
           loop->counter->type->size == sizeof(uint64_t) && type_same(loop->counter->type, loop->to->type);
}

static bool emit_clear_loop(Emitter *e, const Value *loop, const Value *store)
{
    const Value *offset;
    if (!simplify_is_real_constant(store->args[1], 0) || memory_base(store->args[0])->kind != VAL_ALLOC ||
        !goes_along(store->args[0], loop, &offset))
        return false;
    e->needs->string = true;
    emit_line(e, arena_printf("memset(%s, 0, %s);", row_text(e, store->args[0], offset),
                              size_text(e, store->args[0]->args[0], loop->to)));
    return true;
}

bool emit_copy_loop(Emitter *e, const Value *loop)
{
    const Value *store = is_counted_from_zero(loop) ? only_store(e->plan, loop) : NULL;
    if (store && emit_clear_loop(e, loop, store))
        return true;
    const Value *load = store ? store->args[1] : NULL;
    if (!load || load->kind != VAL_LOAD || load->block != store->block || !is_folded(e->plan, load))
        return false;
    Value *to = store->args[0], *from = load->args[0];
    const Value *to_offset, *from_offset;
    if (!type_same(to->type->to, from->type->to) || !goes_along(to, loop, &to_offset) ||
        !goes_along(from, loop, &from_offset) || !are_apart(to, from) || !is_never_null(to, from, loop))
        return false;
    const char *array = whole_array(e, to, to_offset, loop->to);
    if (!array)
        array = whole_array(e, from, from_offset, loop->to);
    const char *size = array ? arena_printf("sizeof %s", array) : size_text(e, from->args[0], loop->to);
    e->needs->string = true;
    emit_quote(e, store);
    emit_line(e, arena_printf("memcpy(%s, %s, %s);", row_text(e, to, to_offset), row_text(e, from, from_offset), size));
    return true;
}
