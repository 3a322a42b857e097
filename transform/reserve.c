/*
 * reserve.c: the C library hears how much memory a run of arrays takes together before the first of them is made.
 *
 *                                                     adgen_reserve((n + n * m) * sizeof(double));
 *     double *h_was = adgen_alloc(n, ...);        →   double *h_was = adgen_alloc(n, ...);
 *     double *w_was = adgen_alloc(n * m, ...);        double *w_was = adgen_alloc(n * m, ...);
 *
 * glibc decides by the largest block that it has seen freed how much it keeps for the next call (adgen_tape.h). The
 * arrays stay blocks of their own, so that compilers know that no two of them overlap. The sum is a hint: nothing
 * depends on it.
 */
#include "heap.h"
#include "passes.h"

enum { SMALL = 1 << 16 }; /* as in adgen_tape.h */

typedef struct {
    Function *function;
    VEC(Value *) arrays;
    unsigned *place; /* by id, in the block that is looked at; 0 before it */
} Reserve;

static bool is_array(const Value *v)
{
    return v->kind == VAL_ALLOC && !type_is_pointer(v->args[0]->type);
}

static bool is_behind(const Reserve *r, const Value *v)
{
    return r->place[v->id] > r->place[r->arrays.at[0]->id];
}

/* Is v known in front of the first array, or can it be computed there? */
static bool is_known_early(const Reserve *r, const Value *v, int *visits)
{
    if (!is_behind(r, v))
        return true;
    const bool may_divide_by_zero = (v->kind == VAL_DIV || v->kind == VAL_REM) && v->args[1]->kind != VAL_INT;
    if (ir_is_leaf(v->kind) || !ir_is_pure(v->kind) || may_divide_by_zero || --*visits < 0)
        return false;
    for (int k = 0; k < v->nargs; k++)
        if (!is_known_early(r, v->args[k], visits))
            return false;
    return true;
}

static void move_to_first(const Reserve *r, Value *v)
{
    Value *first = r->arrays.at[0];
    if (!is_behind(r, v))
        return;
    for (int k = 0; k < v->nargs; k++)
        move_to_first(r, v->args[k]);
    ir_move(v, first->block, first);
    r->place[v->id] = 0;
}

/* ---- the sum ---- */

/* Of which there are as many as the count says. */
static Type *scalar_of(const Value *array)
{
    return type_scalar(array->type->to);
}

static bool are_alike(const Value *a, const Value *b)
{
    return type_same(scalar_of(a), scalar_of(b)) && a->args[0] == b->args[0];
}

/* How many of the arrays from `index` on are like that one; 0 where one before it is. */
static int64_t count_alike(const Reserve *r, size_t index)
{
    const Value *array = r->arrays.at[index];
    int64_t alike = 0;
    for (size_t k = 0; k < r->arrays.count; k++) {
        if (!are_alike(r->arrays.at[k], array))
            continue;
        if (k < index)
            return 0;
        alike++;
    }
    return alike;
}

static bool is_first_of_type(const Reserve *r, size_t index)
{
    for (size_t k = 0; k < index; k++)
        if (type_same(scalar_of(r->arrays.at[k]), scalar_of(r->arrays.at[index])))
            return false;
    return true;
}

static Value *plus(Builder *b, Value *sum, Value *x)
{
    return sum ? ir_binary(b, VAL_ADD, x->type, sum, x) : x;
}

/* The sum of the counts of the arrays of one type, equal ones as a product. */
static Value *count_of_type(const Reserve *r, Builder *b, const Type *type)
{
    Type *size = b->function->module->types.size;
    Value *sum = NULL;
    for (size_t k = 0; k < r->arrays.count; k++) {
        const int64_t alike = type_same(scalar_of(r->arrays.at[k]), type) ? count_alike(r, k) : 0;
        Value *count = r->arrays.at[k]->args[0];
        if (alike > 0)
            sum = plus(b, sum, alike == 1 ? count : ir_binary(b, VAL_MUL, size, ir_int(b, size, alike), count));
    }
    return sum;
}

static Value *sum_of_bytes(const Reserve *r, Builder *b)
{
    Type *size = b->function->module->types.size;
    Value *sum = NULL;
    for (size_t k = 0; k < r->arrays.count; k++) {
        Type *scalar = scalar_of(r->arrays.at[k]);
        if (!is_first_of_type(r, k))
            continue;
        Value *one = ir_sizeof(b, scalar, scalar->size);
        sum = plus(b, sum, ir_binary(b, VAL_MUL, size, count_of_type(r, b, scalar), one));
    }
    return sum;
}

/* ---- the arrays of a block ---- */

/* Few enough bytes for sure that the C library would have kept them anyway. */
static bool are_small(const Reserve *r)
{
    uint64_t bytes = 0;
    for (size_t k = 0; k < r->arrays.count && bytes <= SMALL; k++) {
        const Value *count = r->arrays.at[k]->args[0];
        const uint64_t size = scalar_of(r->arrays.at[k])->size;
        if (count->kind != VAL_INT || (size && (uint64_t)count->i > SMALL / size))
            return false;
        bytes += (uint64_t)count->i * size;
    }
    return bytes <= SMALL;
}

static void reserve_arrays(Reserve *r)
{
    if (r->arrays.count > 1 && !are_small(r)) {
        Value *first = r->arrays.at[0];
        for (size_t k = 0; k < r->arrays.count; k++)
            move_to_first(r, r->arrays.at[k]->args[0]);
        Builder b = {
            .function = r->function, .block = first->block, .before = first, .loc = first->loc, .adjoint = true};
        Value *bytes = sum_of_bytes(r, &b);
        ir_call(&b, r->function->module->types.void_, heap_reserve(r->function->module), 1, &bytes);
    }
    r->arrays.count = 0;
}

static void add_array(Reserve *r, Value *array)
{
    int visits = 64;
    if (r->arrays.count > 0 && !is_known_early(r, array->args[0], &visits))
        reserve_arrays(r);
    vec_push(&r->arrays, array);
}

/* Arrays that are there at the same time: none is made when another has been freed. */
static void reserve_in(Reserve *r, Block *block)
{
    unsigned place = 0;
    for (Value *v = block->first; v; v = v->next) {
        for (int k = 0; k < 2; k++)
            if (v->blocks[k])
                reserve_in(r, v->blocks[k]);
    }
    for (Value *v = block->first; v; v = v->next) {
        r->place[v->id] = ++place;
        for (int k = 0; k < v->nresults; k++)
            r->place[v->results[k]->id] = place;
        if (v->kind == VAL_FREE)
            reserve_arrays(r);
        else if (is_array(v))
            add_array(r, v);
    }
    reserve_arrays(r);
}

void arrays_reserve(Function *fn)
{
    Reserve r = {.function = fn, .place = ARENA_ARRAY(unsigned, fn->next_id + 1)};
    reserve_in(&r, fn->body);
}
