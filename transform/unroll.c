/*
 * unroll.c: short loops are written out where that turns memory into scalars. A loop with a small constant number of
 * iterations is replaced by so many copies of its body when its counter is all that keeps
 *
 *   - a small local array from being a handful of scalars:
 *
 *     for (i < 3) d[i] = a[i] - b[i];                   d0 = a[0] - b[0]; d1 = ...; d2 = ...
 *     r = sqrt(d[0] * d[0] + ...);                →     r = sqrt(d0 * d0 + ...);
 *
 *   - or a table of pointers, and of the steps between them, from being so many known pointers, whatever its length:
 *
 *     double **at[] = {&m->w, &m->b};                   m->w = memory;
 *     for (i < 2) {                                     m->b = memory + size0;
 *         *at[i] = memory;                        →
 *         memory += size[i];
 *     }
 *
 *   - or an element from being one that the loop around it leaves alone, which can then stay in a local, as can its
 *     adjoint:
 *
 *     for (j < n)                                       for (j < n) {
 *         for (k < 3) e += f(x[i][k], y[j][k]);   →         e += f(x[i][0], y[j][0]); ...
 *
 * A loop that runs exactly once is its body, however long that is.
 *
 * The copies stand in the loop's order, so that every value is what it was, to the last bit.
 */
#include "clone.h"
#include "passes.h"

enum {
    MAX_TRIPS = 4,
    MAX_SCALARS = 16, /* of an array that becomes scalars */
    MAX_TABLE = 64,   /* of a table of pointers, or of what goes with one */
    MAX_WORK = 64,    /* real operations and writes of a nest, when it is written out */
    MAX_TOTAL = 1024, /* of all nests together */
    MAX_DEPTH = 8
};

typedef VEC(Value *) Values;

typedef struct {
    Function *function;
    Values objects; /* candidates */
    Values *counts; /* by id of an object: the loops whose counters its indices are made of */
    bool *spoilt;   /* by id of an object: something else is done with its address */
    bool *chosen;   /* by id of a loop */
    int total;
    bool any;
    unsigned capacity;
    Value **stands_for; /* by id of a result */
    CloneMap map;
} Unroll;

/* ---- what a loop is, written out ---- */

static int small_trips(const Value *loop)
{
    return trips_constant(loop, MAX_TRIPS);
}

/* Those of tables run more often. */
static int table_trips(const Value *loop)
{
    return trips_constant(loop, MAX_TABLE);
}

static bool is_work(const Value *v)
{
    return v->kind == VAL_STORE || v->kind == VAL_ACCUM || v->kind == VAL_COPY || v->kind == VAL_CALL ||
           (type_is_real(v->type) && v->kind != VAL_LOAD && !ir_is_leaf(v->kind));
}

static bool will_unroll(const Unroll *u, const Value *loop, const Values *with)
{
    for (size_t k = 0; with && k < with->count; k++)
        if (with->at[k] == loop)
            return true;
    return u->chosen[loop->id];
}

/* Of one run of the block, with the chosen loops and those of `with` written out; other loops count as dear. */
static int work_of(const Unroll *u, const Block *block, const Values *with)
{
    int work = 0;
    for (const Value *v = block->first; v && work <= MAX_WORK; v = v->next) {
        work += is_work(v);
        int inside = 0;
        for (int k = 0; k < 2; k++)
            inside += v->blocks[k] ? work_of(u, v->blocks[k], with) : 0;
        if (v->kind == VAL_LOOP)
            inside = will_unroll(u, v, with) ? inside * table_trips(v) : inside + MAX_WORK / 4;
        work += inside;
    }
    return work;
}

/* The outermost loop that is written out with this one. */
static Value *nest_of(const Unroll *u, Value *loop, const Values *with)
{
    Value *outermost = loop;
    for (const Block *b = loop->block; b->owner; b = b->parent)
        if (b->owner->kind == VAL_LOOP && will_unroll(u, b->owner, with))
            outermost = b->owner;
    return outermost;
}

static void choose(Unroll *u, const Values *loops)
{
    int added = 0;
    for (size_t k = 0; k < loops->count; k++) {
        const Value *nest = nest_of(u, loops->at[k], loops);
        const int work = work_of(u, nest->blocks[1], loops) * table_trips(nest);
        if (work > MAX_WORK)
            return;
        if (nest == loops->at[k] && !u->chosen[nest->id])
            added += work;
    }
    if (u->total + added > MAX_TOTAL)
        return;
    u->total += added;
    for (size_t k = 0; k < loops->count; k++)
        u->chosen[loops->at[k]->id] = u->any = true;
}

/* ---- indices ---- */

static void add_loop(Values *loops, Value *loop)
{
    for (size_t k = 0; k < loops->count; k++)
        if (loops->at[k] == loop)
            return;
    vec_push(loops, loop);
}

/*
 * Is the index the same whenever `outside` runs it, or always (NULL), once some short loops are written out? Their
 * number goes to `loops`.
 */
static bool becomes_fixed(const Value *index, const Block *outside, Values *loops)
{
    if (index->kind == VAL_INT || (outside && ir_visible(index, outside)))
        return true;
    if (index->kind == VAL_COUNTER) {
        if (!table_trips(index->region))
            return false;
        add_loop(loops, index->region);
        return true;
    }
    if (!type_is_int(index->type) || !ir_is_pure(index->kind) || ir_is_leaf(index->kind))
        return false;
    for (int k = 0; k < index->nargs; k++)
        if (!becomes_fixed(index->args[k], outside, loops))
            return false;
    return true;
}

/* The same for an address. */
static bool address_becomes_fixed(const Value *address, const Block *outside, Values *loops)
{
    for (; !ir_visible(address, outside); address = address->args[0]) {
        if (address->kind != VAL_PTRADD && address->kind != VAL_DECAY && address->kind != VAL_FIELD)
            return false;
        for (int k = 1; k < address->nargs; k++)
            if (!becomes_fixed(address->args[k], outside, loops))
                return false;
    }
    return true;
}

/* ---- arrays that become scalars ---- */

static bool is_small_array(const Value *v)
{
    if (v->kind != VAL_LOCAL || v->nargs || v->type->to->kind != TYPE_ARRAY)
        return false;
    const int64_t count = type_scalar_count(v->type->to);
    const Type *scalar = type_scalar(v->type->to);
    return count > 0 && count <= (type_is_real(scalar) ? MAX_SCALARS : MAX_TABLE) &&
           (type_is_real(scalar) || type_is_int(scalar) || type_is_pointer(scalar));
}

static bool is_table_of_pointers(const Value *object)
{
    return type_is_pointer(type_scalar(object->type->to));
}

static Value *small_array(Value *v)
{
    Value *base = type_is_pointer(v->type) ? memory_base(v) : v;
    return is_small_array(base) ? base : NULL;
}

static void scan_step(Unroll *u, Value *v)
{
    Value *object = small_array(v);
    if (object == v) {
        vec_push(&u->objects, v);
        return;
    }
    if (!object)
        return;
    if (v->kind == VAL_PTRADD)
        u->spoilt[object->id] |= v->nargs > 2 || !becomes_fixed(v->args[1], NULL, &u->counts[object->id]);
    else if (v->kind != VAL_DECAY)
        u->spoilt[object->id] = true;
}

static void scan_uses(Unroll *u, const Value *v)
{
    const bool accesses = v->kind == VAL_LOAD || v->kind == VAL_STORE || v->kind == VAL_ACCUM;
    for (int k = 0; k < v->nargs; k++) {
        Value *object = small_array(v->args[k]);
        const bool follows = k == 0 && (accesses || v->kind == VAL_PTRADD || v->kind == VAL_DECAY);
        if (object && !follows)
            u->spoilt[object->id] = true;
    }
}

static void scan_block(Unroll *u, const Block *block)
{
    for (Value *v = block->first; v; v = v->next) {
        scan_step(u, v);
        scan_uses(u, v);
        for (int k = 0; k < 2; k++)
            if (v->blocks[k])
                scan_block(u, v->blocks[k]);
    }
    for (int k = 0; k < block->nyields; k++)
        if (small_array(block->yields[k]))
            u->spoilt[small_array(block->yields[k])->id] = true;
}

static bool all_are_short(const Values *loops)
{
    for (size_t k = 0; k < loops->count; k++)
        if (!small_trips(loops->at[k]))
            return false;
    return true;
}

static bool any_is_chosen(const Unroll *u, const Values *loops)
{
    for (size_t k = 0; k < loops->count; k++)
        if (u->chosen[loops->at[k]->id])
            return true;
    return false;
}

/* Tables of pointers first: the steps in them may then be taken from tables of integers. */
static void choose_for_arrays(Unroll *u, bool tables)
{
    for (size_t k = 0; k < u->objects.count; k++) {
        const Value *object = u->objects.at[k];
        const Values *loops = &u->counts[object->id];
        if (u->spoilt[object->id] || !loops->count || is_table_of_pointers(object) != tables)
            continue;
        const bool few = type_scalar_count(object->type->to) <= MAX_SCALARS && all_are_short(loops);
        if (tables || few || (type_is_int(type_scalar(object->type->to)) && any_is_chosen(u, loops)))
            choose(u, loops);
    }
}

/* ---- elements that the loop around leaves alone ---- */

/* The innermost loop around the access that is not short; NULL where a condition in it has a say whether it reads. */
static const Value *long_loop_around(const Value *access)
{
    for (const Block *b = access->block; b->owner && b->owner->kind == VAL_LOOP; b = b->parent)
        if (!small_trips(b->owner))
            return b->owner;
    return NULL;
}

static void choose_for_element(Unroll *u, const Value *load)
{
    const Value *loop = long_loop_around(load);
    Values short_loops = {0};
    if (!loop || !type_is_real(load->type) || !address_becomes_fixed(load->args[0], loop->block, &short_loops) ||
        !short_loops.count || !all_are_short(&short_loops) || memory_region_writes(loop, load->args[0]))
        return;
    for (size_t k = 0; k < short_loops.count; k++) /* those around the long loop stay what they are */
        if (ir_block_inside(loop->block, short_loops.at[k]->blocks[1]))
            return;
    choose(u, &short_loops);
}

static void choose_for_elements(Unroll *u, const Block *block)
{
    for (const Value *v = ir_first(block); v; v = ir_next(v, block))
        if (v->kind == VAL_LOAD)
            choose_for_element(u, v);
}

/* ---- loops that run once ---- */

static void choose_single(Unroll *u)
{
    for (const Value *v = ir_first(u->function->body); v; v = ir_next(v, u->function->body))
        if (small_trips(v) == 1)
            u->chosen[v->id] = u->any = true;
}

/* ---- writing out ---- */

static Value *resolve(const Unroll *u, Value *v)
{
    return v->id < u->capacity && u->stands_for[v->id] ? u->stands_for[v->id] : v;
}

static void resolve_operands(const Unroll *u, Value *v)
{
    for (int k = 0; k < v->nargs; k++)
        v->args[k] = resolve(u, v->args[k]);
    if (v->counted) {
        v->from = resolve(u, v->from);
        v->to = resolve(u, v->to);
    }
}

/* One map serves all copies: what a body uses of its own has been copied, and mapped anew, before. */
static void write_out(Unroll *u, Value *loop)
{
    const int trips = table_trips(loop), n = loop->nresults;
    Value **now = ARENA_ARRAY(Value *, n + 1);
    for (int k = 0; k < n; k++)
        now[k] = loop->args[k];
    Builder b = {.function = u->function, .block = loop->block, .before = loop, .loc = loop->loc};
    for (int trip = 0; trip < trips; trip++) {
        clone_set(&u->map, loop->counter, ir_int(&b, loop->counter->type, loop->from->i + trip * loop->step));
        for (int k = 0; k < n; k++)
            clone_set(&u->map, loop->carried[k], now[k]);
        clone_block(&u->map, &b, loop->blocks[1]);
        for (int k = 0; k < n; k++)
            now[k] = clone_lookup(&u->map, &b, loop->blocks[1]->yields[k]);
    }
    for (int k = 0; k < n; k++)
        u->stands_for[loop->results[k]->id] = now[k];
    ir_remove(loop);
    vec_push(&u->function->decisions, (Decision){.kind = DECIDED_WRITTEN_OUT, .region = loop->loc});
}

/* Inner loops first: what is copied is written out already. */
static void write_out_chosen(Unroll *u, Block *block)
{
    for (Value *v = block->first, *next; v; v = next) {
        next = v->next;
        resolve_operands(u, v);
        for (int k = 0; k < 2; k++)
            if (v->blocks[k])
                write_out_chosen(u, v->blocks[k]);
        if (v->kind == VAL_LOOP && u->chosen[v->id])
            write_out(u, v);
    }
    for (int k = 0; k < block->nyields; k++)
        block->yields[k] = resolve(u, block->yields[k]);
}

bool unroll_loops(Function *fn)
{
    const size_t n = fn->next_id + 1;
    Unroll u = {.function = fn, .capacity = (unsigned)n, .map = {.share_outside = true}};
    u.counts = ARENA_ARRAY(Values, n);
    u.spoilt = ARENA_ARRAY(bool, n);
    u.chosen = ARENA_ARRAY(bool, n);
    u.stands_for = ARENA_ARRAY(Value *, n);
    clone_map_init(&u.map, fn);
    memory_mark_private(fn);
    scan_block(&u, fn->body);
    choose_for_arrays(&u, true);
    choose_for_arrays(&u, false);
    choose_for_elements(&u, fn->body);
    choose_single(&u);
    if (u.any)
        write_out_chosen(&u, fn->body);
    return u.any;
}
