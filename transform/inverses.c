/*
 * inverses.c: adjoints are divided by the elements of an array again and again, for each iteration of a loop around;
 * the elements are inverted once instead, as a division costs ten multiplications.
 *
 *                                             for (j < n - 1)
 *                                                 inverse_l[j] = 1.0 / l[j][j];
 *     for (i < n)                             for (i < n)
 *         for (j < i)                  →          for (j < i)
 *             x_bar[j] += g / l[j][j];                x_bar[j] += g * inverse_l[j];
 *
 * The loop in front counts as the longest of the inner loops does, and runs where the outer one does: it reads what the
 * program reads. Nothing in the outer loop writes there. That one is in no other loop, so that there is one allocation
 * a call.
 *
 * As in divide.c, the primal's own divisions stay as they were written, also where the reverse sweep computes them
 * again: conditions come out as they did.
 */
#include "clone.h"
#include "passes.h"
#include "storage.h"

enum { FEW_TRIPS = 4, MAX_LOCAL = 64 };

typedef struct {
    Function *function;
    Value *outer, *loop, *load; /* the divisor */
    Value *from, *inverses;
} Inverses;

/* ---- which divisors ---- */

static bool is_division_by_element(const Value *v)
{
    return v->kind == VAL_DIV && v->rounds_freely && v->args[1]->kind == VAL_LOAD;
}

static bool counts_up(const Value *loop)
{
    return loop->kind == VAL_LOOP && loop->counted && !loop->snapshots && loop->step == 1 && loop->rel == VAL_LT;
}

/* The same in each iteration of the outer loop, ... */
static bool stays(const Inverses *d, const Value *bound)
{
    return ir_visible(bound, d->outer->block);
}

/* ... or that one's counter, and so much more. */
static bool moves(const Inverses *d, const Value *bound)
{
    const Value *of;
    ir_split_offset(bound, &of);
    return of == d->outer->counter && of->type->is_signed;
}

/* The longest of the inner loops has all the iterations of the others, and is the first or the last. */
static bool has_longest(const Inverses *d)
{
    const Value *from = d->loop->from, *to = d->loop->to;
    return (stays(d, from) && (stays(d, to) || moves(d, to))) || (moves(d, from) && stays(d, to));
}

/* An address that only the inner loop's counter moves. */
static bool follows_counter(const Inverses *d, const Value *v)
{
    if (v == d->loop->counter || stays(d, v))
        return true;
    if (ir_is_leaf(v->kind) || !ir_is_pure(v->kind) || v->kind == VAL_MATH || v->kind == VAL_PURE_CALL)
        return false;
    for (int k = 0; k < v->nargs; k++)
        if (!follows_counter(d, v->args[k]))
            return false;
    return true;
}

static bool is_wanted(const Inverses *d)
{
    return counts_up(d->outer) && counts_up(d->loop) && !trips_constant(d->outer, FEW_TRIPS) && has_longest(d) &&
           d->load->block == d->loop->blocks[1] && follows_counter(d, d->load->args[0]) &&
           !memory_writes_ever(d->outer, d->load->args[0]);
}

/* ---- inverses ---- */

/* A bound of the longest inner loop. */
static Value *bound_of_longest(const Inverses *d, Builder *b, Value *bound)
{
    if (stays(d, bound))
        return bound;
    const Value *of;
    const int64_t offset = ir_split_offset(bound, &of);
    return bound == d->loop->from ? ir_plus(b, d->outer->from, offset) : ir_plus(b, d->outer->to, offset - 1);
}

/* The longest inner loop has nothing to read where the outer loop does not run. */
static bool is_empty_without(const Inverses *d)
{
    const Value *of, *from = d->loop->from, *first = d->outer->from;
    return moves(d, d->loop->to) && from->kind == VAL_INT && first->kind == VAL_INT &&
           first->i - 1 + ir_split_offset(d->loop->to, &of) <= from->i;
}

static bool reads_safely(const Inverses *d)
{
    return trips_for_sure(d->outer) || is_empty_without(d) || fill_is_inside(d->load->args[0]);
}

static Value *compute(const Inverses *d, CloneMap *map, Builder *b, Value *v)
{
    if (!stays(d, v) && !map->to[v->id]) {
        for (int k = 0; k < v->nargs; k++)
            compute(d, map, b, v->args[k]);
        clone_value(map, b, v);
    }
    return clone_lookup(map, b, v);
}

static Value *place_of(const Inverses *d, Builder *b, const Value *loop)
{
    return ir_ptradd(b, d->inverses, trips_between(b, loop, d->from, loop->counter), NULL);
}

static void new_array(Inverses *d, Builder *b, Value *count)
{
    Type *type = d->load->type;
    const char *place = storage_name_of_place(d->load->args[0]);
    const char *name = place && *place ? arena_printf("inverse_%s", place) : "inverses";
    if (count->kind == VAL_INT && count->i > 0 && count->i <= MAX_LOCAL) {
        d->inverses = ir_decay(b, ir_local(b, type_array(type, count->i), 0, NULL, name));
        return;
    }
    d->inverses = ir_new(b, VAL_ALLOC, type_pointer(type), 1, &count);
    d->inverses->hint = name;
    d->inverses->is_private = true;
    Builder behind = *b;
    behind.before = d->outer->next;
    ir_new(&behind, VAL_FREE, b->function->module->types.void_, 1, &d->inverses);
}

static void invert(Inverses *d)
{
    Type *type = d->load->type;
    Builder b = {
        .function = d->function, .block = d->outer->block, .before = d->outer, .loc = d->load->loc, .adjoint = true};
    d->from = bound_of_longest(d, &b, d->loop->from);
    Value *to = bound_of_longest(d, &b, d->loop->to);
    CloneMap map = {.share_outside = true};
    clone_map_init(&map, d->function);

    Builder before = b;
    if (!reads_safely(d)) {
        Value *runs = ir_binary(&b, VAL_LT, b.function->module->types.int_, d->outer->from, d->outer->to);
        before.block = ir_if(&b, runs)->blocks[0];
        before.before = NULL;
    }
    Value *fill = ir_count(&before, d->from, VAL_LT, to, 1);
    fill->counter->hint = d->loop->counter->hint;
    b.before = before.block == b.block ? fill : before.block->owner;
    new_array(d, &b, trips_count(&b, fill, b.block));

    Builder in = ir_inside(&before, fill);
    clone_set(&map, d->loop->counter, fill->counter);
    Value *divisor = compute(d, &map, &in, d->load);
    Value *inverse = ir_new(&in, VAL_DIV, type, 2, (Value *[]){ir_real(&in, type, 1, NULL), divisor});
    ir_store(&in, place_of(d, &in, fill), inverse);
}

/* Of this inner loop: divisions behind the first one by the same element use its inverse. */
static bool replace_in(Function *fn, Value *outer, Value *loop)
{
    VEC(Inverses) made = {0};
    for (Value *v = loop->blocks[1]->first; v; v = v->next) {
        Inverses d = {
            .function = fn, .outer = outer, .loop = loop, .load = is_division_by_element(v) ? v->args[1] : NULL};
        if (!d.load || !is_wanted(&d))
            continue;
        size_t k = 0;
        while (k < made.count && !memory_same_address(made.at[k].load->args[0], d.load->args[0]))
            k++;
        if (k == made.count) {
            invert(&d);
            vec_push(&made, d);
        }
        Builder here = {.function = fn, .block = v->block, .before = v, .loc = v->loc, .adjoint = true};
        v->kind = VAL_MUL;
        v->args[1] = ir_load(&here, place_of(&made.at[k], &here, loop));
    }
    return made.count > 0;
}

static bool visit_block(Function *fn, Block *block)
{
    bool any = false;
    for (Value *v = block->first; v; v = v->next) {
        for (Value *w = v->kind == VAL_LOOP ? v->blocks[1]->first : NULL; w; w = w->next)
            any |= w->kind == VAL_LOOP && replace_in(fn, v, w);
        for (int k = 0; k < 2 && v->kind == VAL_IF; k++)
            any |= visit_block(fn, v->blocks[k]);
    }
    return any;
}

bool divisors_invert(Function *fn)
{
    memory_mark_private(fn);
    return !fn->in_two_parts && visit_block(fn, fn->body);
}
