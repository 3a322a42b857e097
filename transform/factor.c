/*
 * factor.c: adjoints that pass through a linear map which a loop does not change are summed first, and mapped once,
 * behind the loop: the sum of all Q' g is Q' times the sum of all g.
 *
 *     for (p) {                                      for (p)
 *         for (j) g[j] = ...;                            for (j) g_sum[j] += g[j] = ...;
 *         for (i)                             →      for (i)
 *             for (j) x_bar[i] += q[j][i] * g[j];        for (j) x_bar[i] += q[j][i] * g_sum[j];
 *     }
 *
 * What is summed is an array of an iteration's own that is filled once, or a value. Between the loop over p and it
 * there may be others: then there are as many sums. It pays where the map takes more multiplications than it has
 * elements.
 */
#include "clone.h"
#include "flat.h"
#include "linear.h"
#include "passes.h"

enum { FEW_TRIPS = 4 };

/* What is summed, a VAL_LOCAL array or a value, and where its sums are. */
typedef struct {
    Value *value, *sums, *count;
} Source;

/* A block, and what is made of it behind the loop. */
typedef struct {
    const Block *from;
    Builder to;
} Level;

typedef struct {
    Function *function;
    Value *loop;
    Linear linear;
    VEC(Source) sources; /* of the loop */
    Value *behind;       /* where the maps go: the branch that asks whether the loop ran; NULL: not made yet */
    /* while a map is copied */
    CloneMap map;
    Loc loc;            /* of the addition */
    const Block *block; /* ... and its block: another one there shares what is made for this one */
    const Value *source;
    Value *row; /* where the source's sums are, in this iteration of the loops between */
    VEC(Level *) levels;
} Factor;

/* ---- the sums ---- */

static Type *size_type(const Factor *f)
{
    return f->function->module->types.size;
}

/* Which of the sums of g the iteration of the loops between adds to: the place of its first element. */
static Value *row_start(const Factor *f, Builder *b, const Source *s, const Block *block, CloneMap *map)
{
    Type *size = size_type(f);
    Value *number = ir_int(b, size, 0), *stride = s->count;
    for (; block != f->loop->blocks[1]; block = block->parent) {
        const Value *l = block->owner;
        Value *counter = map ? clone_lookup(map, b, l->counter) : l->counter;
        Value *step = ir_cast(b, size, trips_number(b, l, counter, f->loop->block));
        number = ir_binary(b, VAL_ADD, size, number, ir_binary(b, VAL_MUL, size, step, stride));
        if (block->parent != f->loop->blocks[1])
            stride = ir_binary(b, VAL_MUL, size, stride, trips_count(b, l, f->loop->block));
    }
    return number;
}

static void clear_sums(const Factor *f, Builder *b, Value *sums, Value *count)
{
    const Value *loop = ir_count(b, ir_int(b, size_type(f), 0), VAL_LT, count, 1);
    Builder inside = ir_inside(b, loop);
    inside.adjoint = true;
    ir_store(&inside, ir_ptradd(&inside, sums, loop->counter, NULL), ir_real(&inside, sums->type->to, 0, NULL));
}

/* g[j] = x;  g_sum[j] += x; */
static void add_elements(const Factor *f, const Source *s)
{
    Value *store = linear_only_store(&f->linear, s->value), *at[FLAT_MAX];
    Builder before = {.function = f->function, .block = s->value->block, .before = s->value, .loc = store->loc};
    Value *row = ir_ptradd(&before, s->sums, row_start(f, &before, s, s->value->block, NULL), NULL);
    if (row != s->sums)
        row->hint = "sum";
    Builder b = {
        .function = f->function, .block = store->block, .before = store->next, .loc = store->loc, .adjoint = true};
    const int rank = flat_indices(store->args[0], s->value, at);
    ir_accum(&b, ir_ptradd(&b, row, flat_index(&b, s->value, at, rank), NULL), store->args[1]);
}

static void add_value(const Factor *f, const Source *s)
{
    const Value *place = s->value->kind == VAL_RESULT ? s->value->region : s->value;
    Builder b = {
        .function = f->function, .block = place->block, .before = place->next, .loc = place->loc, .adjoint = true};
    ir_accum(&b, ir_ptradd(&b, s->sums, row_start(f, &b, s, place->block, NULL), NULL), s->value);
}

static bool is_one(const Value *v)
{
    return v->kind == VAL_INT && v->i == 1;
}

/* Memory for the sums, cleared; one sum is a variable. */
static Value *new_sums(const Factor *f, Builder *b, Type *type, Value *count)
{
    if (!is_one(count)) {
        Value *sums = ir_new(b, VAL_ALLOC, type_pointer(type), 1, &count);
        clear_sums(f, b, sums, count);
        return sums;
    }
    Value *sum = ir_new(b, VAL_LOCAL, type_pointer(type), 0, NULL);
    ir_store(b, sum, ir_real(b, type, 0, NULL));
    return sum;
}

static Value *loop_runs(const Factor *f, Builder *b)
{
    return ir_binary(b, f->loop->rel, f->function->module->types.int_, f->loop->from, f->loop->to);
}

/* Extents of an array that is never made mean nothing. */
static Value *none_without_loop(const Factor *f, Builder at, Value *count)
{
    at.hint = "runs";
    Value *runs = loop_runs(f, &at);
    at.hint = NULL;
    return ir_select(&at, runs, count, ir_int(&at, count->type, 0));
}

static Source new_source(const Factor *f, Value *v)
{
    Builder b = {.function = f->function, .block = f->loop->block, .before = f->loop, .loc = v->loc};
    const bool array = v->kind == VAL_LOCAL;
    Source s = {.value = v, .count = array ? flat_count(&b, v) : ir_int(&b, size_type(f), 1)};
    Value *all = s.count;
    for (const Block *block = linear_block_of(v); block != f->loop->blocks[1]; block = block->parent)
        all = ir_binary(&b, VAL_MUL, all->type, all, trips_count(&b, block->owner, f->loop->block));
    if (array && v->nargs > 0)
        all = none_without_loop(f, b, all);
    s.sums = new_sums(f, &b, array ? type_scalar(v->type->to) : v->type, all);
    s.sums->hint = v->hint ? arena_printf("%s_sum", v->hint) : is_one(all) ? "sum" : "sums";
    s.sums->is_private = true;
    if (array)
        add_elements(f, &s);
    else
        add_value(f, &s);
    return s;
}

static Source *source_of(Factor *f, Value *v)
{
    for (size_t k = 0; k < f->sources.count; k++)
        if (f->sources.at[k].value == v)
            return &f->sources.at[k];
    const Source s = new_source(f, v);
    vec_push(&f->sources, s);
    vec_push(&f->linear.summed, v);
    vec_push(&f->function->decisions,
             ((Decision){.kind = DECIDED_SUMS, .region = f->loop->loc, .what = v->hint, .where = v->loc}));
    return &f->sources.at[f->sources.count - 1];
}

/* ---- the map, once more behind the loop ---- */

static Value *made(Factor *f, Value *v);

static Builder *builder_for(const Factor *f, const Block *block)
{
    size_t k = f->levels.count - 1;
    while (f->levels.at[k]->from != block)
        k--;
    return &f->levels.at[k]->to;
}

static void open_level(Factor *f, const Block *from, Block *to)
{
    Level *level = ARENA_NEW(Level);
    *level = (Level){from, {.function = f->function, .block = to, .loc = f->loc, .adjoint = true}};
    vec_push(&f->levels, level);
}

static Value *copy_counting(Factor *f, Value *loop)
{
    made(f, loop->from);
    made(f, loop->to);
    return clone_counting(&f->map, builder_for(f, loop->block), loop);
}

/* The loops between the blocks. What is made later for an outer one comes before the inner one. */
static void copy_loops(Factor *f, const Block *inner, const Block *outer)
{
    if (inner == outer)
        return;
    copy_loops(f, inner->parent, outer);
    Value *copy = copy_counting(f, inner->owner);
    builder_for(f, inner->parent)->before = copy;
    open_level(f, inner, copy->blocks[1]);
}

static void forget_copies(Factor *f, const Block *block)
{
    for (const Value *v = block->first; v; v = v->next) {
        clone_set(&f->map, v, NULL);
        for (int k = 0; k < v->nresults; k++)
            clone_set(&f->map, v->results[k], NULL);
    }
}

static bool is_summed(const Factor *f, const Value *loop, int k)
{
    return f->linear.kind[loop->carried[k]->id] == LINEAR_YES;
}

/* The sums of a loop, all of them that are linear. */
static void make_sums(Factor *f, Value *loop)
{
    Builder *b = builder_for(f, loop->block);
    forget_copies(f, loop->blocks[1]); /* of other sums of the loop */
    for (int k = 0; k < loop->nresults; k++)
        if (is_summed(f, loop, k))
            made(f, loop->args[k]);
    Value *copy = copy_counting(f, loop), *const before = b->before;
    for (int k = 0; k < loop->nresults; k++) {
        if (!is_summed(f, loop, k))
            continue;
        Value *carried = ir_loop_carry(copy, clone_lookup(&f->map, b, loop->args[k]));
        carried->hint = copy->results[carried->i]->hint = loop->carried[k]->hint;
        clone_set(&f->map, loop->carried[k], carried);
        clone_set(&f->map, loop->results[k], copy->results[carried->i]);
    }
    b->before = copy;
    open_level(f, loop->blocks[1], copy->blocks[1]);
    for (int k = 0; k < loop->nresults; k++)
        if (is_summed(f, loop, k))
            ir_set_next(copy, (int)f->map.to[loop->carried[k]->id]->i, made(f, loop->blocks[1]->yields[k]));
    f->levels.count--;
    b->before = before;
}

/* The sum that stands for the element that `access` loads or stores. */
static Value *make_element(Factor *f, const Value *access)
{
    Value *at[FLAT_MAX];
    const int rank = flat_indices(access->args[0], f->source, at);
    for (int k = 0; k < rank; k++)
        at[k] = at[k] ? made(f, at[k]) : NULL;
    Builder *b = builder_for(f, access->block);
    return ir_load(b, ir_ptradd(b, f->row, flat_index(b, f->source, at, rank), NULL));
}

static Value *make_stored(Factor *f, StoredElement stored)
{
    Value *element = make_element(f, stored.store);
    Builder *b = builder_for(f, stored.store->block);
    return stored.negative ? ir_unary(b, VAL_NEG, element->type, element) : element;
}

static void make_write(Factor *f, Value *write, const Block *outer)
{
    Builder *b = builder_for(f, outer);
    Value *const before = b->before;
    const size_t levels = f->levels.count;
    copy_loops(f, write->block, outer);
    for (int k = 0; k < write->nargs; k++)
        made(f, write->args[k]);
    clone_value(&f->map, builder_for(f, write->block), write);
    f->levels.count = levels;
    b->before = before;
}

/* A work array on the way, and all that is written to it. */
static void make_array(Factor *f, Value *array)
{
    clone_value(&f->map, builder_for(f, array->block), array);
    AccessWalk walk = linear_writes(&f->linear, array);
    for (Value *w; (w = linear_next_write(&walk, array));)
        make_write(f, w, array->block);
}

static void make(Factor *f, Value *v)
{
    const StoredElement stored = linear_stored(&f->linear, f->source, v);
    if (stored.store)
        clone_set(&f->map, v, make_stored(f, stored));
    else if (v == f->source)
        clone_set(&f->map, v, ir_load(builder_for(f, linear_block_of(v)), f->row));
    else if (v->kind == VAL_LOAD && memory_base(v->args[0]) == f->source)
        clone_set(&f->map, v, make_element(f, v));
    else if (v->kind == VAL_LOCAL)
        make_array(f, v);
    else if (v->kind == VAL_RESULT)
        make_sums(f, v->region);
    else {
        for (int k = 0; k < v->nargs; k++)
            made(f, v->args[k]);
        clone_value(&f->map, builder_for(f, v->block), v);
    }
}

static Value *made(Factor *f, Value *v)
{
    if (ir_visible(v, f->loop->block))
        return v;
    if (v->id >= f->map.count || !f->map.to[v->id]) {
        make(f, v);
        f->map.to[v->id]->hint = v->hint;
    }
    return f->map.to[v->id];
}

/* Where the loop has not run, what the map is made of may not be there. */
static Block *block_behind(Factor *f)
{
    Builder b = {.function = f->function,
                 .block = f->loop->block,
                 .before = f->loop->next,
                 .loc = f->loop->loc,
                 .adjoint = true};
    if (!f->behind)
        f->behind = ir_if(&b, loop_runs(f, &b));
    return f->behind->blocks[0];
}

/* The loops around the addition, and where the source's sums are. */
static void begin_map(Factor *f, const Value *accum, const Source *s)
{
    const Block *block = f->block = accum->block;
    f->loc = accum->loc;
    f->source = s->value;
    f->levels.count = 0;
    clone_map_init(&f->map, f->function);
    open_level(f, f->loop->blocks[1], block_behind(f));
    copy_loops(f, block, f->loop->blocks[1]);
    Builder *b = builder_for(f, linear_block_of(s->value));
    f->row = ir_ptradd(b, s->sums, row_start(f, b, s, linear_block_of(s->value), &f->map), NULL);
    if (s->sums->kind == VAL_ALLOC)
        f->row->hint = s->value->hint;
}

static void move_behind(Factor *f, Value *accum)
{
    const Source *s = source_of(f, f->linear.source);
    if (f->block != accum->block || f->source != s->value)
        begin_map(f, accum, s);
    made(f, accum->args[1]);
    made(f, accum->args[0]);
    clone_value(&f->map, builder_for(f, accum->block), accum);
    ir_remove(accum);
}

/* ---- all of it ---- */

static void free_sums(const Factor *f)
{
    for (size_t k = 0; k < f->sources.count; k++) {
        Builder b = {
            .function = f->function, .block = f->behind->block, .before = f->behind->next, .loc = f->behind->loc};
        if (f->sources.at[k].sums->kind == VAL_ALLOC)
            ir_new(&b, VAL_FREE, f->function->module->types.void_, 1, &f->sources.at[k].sums);
    }
}

static void visit_inside(Factor *f, const Block *block)
{
    for (Value *v = block->first, *next; v; v = next) {
        next = v->next;
        if (v->kind == VAL_ACCUM && linear_can_leave(&f->linear, v))
            move_behind(f, v);
        if (v->kind == VAL_LOOP)
            visit_inside(f, v->blocks[1]);
    }
}

static bool runs_often(const Value *loop)
{
    return loop->counted &&
           (loop->from->kind != VAL_INT || loop->to->kind != VAL_INT || loop->to->i - loop->from->i > FEW_TRIPS);
}

static void visit_loops(Factor *f)
{
    for (const Value *v = f->loop->blocks[1]->first; v; v = v->next)
        if (v->kind == VAL_LOOP)
            visit_inside(f, v->blocks[1]);
}

/* Answers whether any additions left the loop. */
static bool factor_loop(Factor *f, Value *loop)
{
    f->loop = loop;
    f->behind = NULL;
    f->block = NULL;
    f->sources.count = 0;
    linear_begin(&f->linear, loop);
    visit_loops(f);
    if (!f->behind)
        return false;
    visit_loops(f); /* those that alone were not worth a sum follow those that were */
    free_sums(f);
    return true;
}

bool maps_factor(Function *fn)
{
    bool changed = false;
    memory_mark_private(fn);
    Factor f = {.function = fn, .map.share_outside = true};
    f.linear = (Linear){.accesses = accesses_find(fn), .uses = ir_count_uses(fn), .count = fn->next_id + 1};
    f.linear.kind = ARENA_ARRAY(LinearKind, f.linear.count);
    for (Value *v = fn->body->first, *next; v; v = next) {
        next = v->next;
        if (v->kind == VAL_LOOP && runs_often(v))
            changed |= factor_loop(&f, v);
    }
    return changed;
}
